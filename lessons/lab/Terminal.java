package lab;

import data.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Draws what happens for whoever looks at a terminal; plain text when nobody does, or when `NO_COLOR` is set.
final class Terminal {
    private static final int WIDTH = 78;
    private static final int BAR = 40; // the longest bar, in columns

    private final boolean colour;

    Terminal(boolean colour) {
        this.colour = colour;
    }

    /// A terminal with colour where one is looked at and nobody asked for none (no-color.org).
    static Terminal standard() {
        String noColour = System.getenv("NO_COLOR");
        boolean seen = System.console() != null && System.console().isTerminal();
        return new Terminal(seen && (noColour == null || noColour.isEmpty()) && !"dumb".equals(System.getenv("TERM")));
    }

    String heading(int number, String step) {
        String title = "%d  %s ".formatted(number, step);
        return "\n" + style("1;36", "── " + title + "─".repeat(Math.max(3, WIDTH - 3 - title.length())));
    }

    String check(Event.Checked check) {
        return check.holds() ? style("32", "  ✓ ") + check.claim()
                : style("1;31", "  ✗ ") + style("1", check.claim())
                        + style("31", "   %s:%d".formatted(check.file(), check.line()));
    }

    String failed(Event.Failed failed) {
        return style("1;31", "  ✗ %s:%d: %s".formatted(failed.file(), failed.line(), failed.message()));
    }

    /// A fault of the set-up, which no line of the lesson can mend.
    String failed(Fault fault) {
        return style("1;31", "  ✗ " + fault.getMessage());
    }

    String skipped(Event.Skipped skipped) {
        return style("33", "  ○ skipped: needs %s. %s".formatted(skipped.needs(), skipped.shows())).stripTrailing();
    }

    String quiet(String text) {
        return style("2", text);
    }

    /// A step's one line: `1 SQL · 2 commands · 1 key added · 84 ms`.
    String summary(Event.StepEnded step) {
        return quiet("  " + String.join(" · ", summaryParts(step)));
    }

    private static List<String> summaryParts(Event.StepEnded step) {
        var parts = new ArrayList<String>();
        long requests = calls(step, HttpExchange.NAME);
        long sql = calls(step, "SQL");
        long commands = step.did().stream().filter(Event.Count::ofValkey).mapToLong(Event.Count::calls).sum();
        if (requests > 0) parts.add("%,d HTTP".formatted(requests));
        if (sql > 0) parts.add("%,d SQL".formatted(sql));
        if (commands > 0) parts.add(count(commands, "command"));
        if (step.keys() != null) {
            Event.Keyspace keys = step.keys();
            if (keys.sampled()) parts.add("%,d keys before, %,d after".formatted(keys.before(), keys.after()));
            else {
                if (!keys.added().isEmpty()) parts.add(count(keys.added().size(), "key") + " added");
                if (!keys.changed().isEmpty()) parts.add(count(keys.changed().size(), "key") + " changed");
                if (!keys.gone().isEmpty()) parts.add(count(keys.gone().size(), "key") + " gone");
            }
        }
        parts.add(Figures.micros(step.micros()));
        return parts;
    }

    private static long calls(Event.StepEnded step, String name) {
        return step.did().stream().filter(c -> c.name().equals(name)).mapToLong(Event.Count::calls).sum();
    }

    private static String count(long n, String noun) {
        return "%,d %s%s".formatted(n, noun, n == 1 ? "" : "s");
    }

    /// A table with its columns aligned, numbers to the right.
    String table(Event.Table table) {
        int columns = table.columns().size();
        int[] width = new int[columns];
        for (int c = 0; c < columns; c++) {
            int column = c;
            width[c] = Math.max(table.columns().get(c).name().length(),
                    table.rows().stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
        }
        var out = new StringBuilder("\n  ").append(style("1", table.title())).append('\n');
        out.append(quiet(line(table, width, table.columns().stream().map(Event.Column::name).toList())));
        for (List<String> row : table.rows()) out.append('\n').append(line(table, width, row));
        return out.toString();
    }

    private static String line(Event.Table table, int[] width, List<String> cells) {
        var line = new StringBuilder();
        for (int c = 0; c < cells.size(); c++) {
            boolean right = table.columns().get(c).number();
            line.append("  ").append(("%" + (right ? "" : "-") + width[c] + "s").formatted(cells.get(c)));
        }
        return line.toString().stripTrailing();
    }

    String chart(Event.Chart chart) {
        var out = new StringBuilder("\n  ").append(style("1", chart.title()));
        return (chart.kind() == Event.Chart.Kind.BARS ? bars(chart, out) : lines(chart, out)).toString();
    }

    private StringBuilder bars(Event.Chart chart, StringBuilder out) {
        List<Event.Point> points = chart.series().getFirst().points();
        int label = points.stream().mapToInt(p -> p.label().length()).max().orElse(0);
        double top = points.stream().mapToDouble(Event.Point::y).max().orElse(0);
        for (Event.Point point : points) {
            int eighths = top <= 0 ? 0 : (int) Math.round(point.y() / top * BAR * 8);
            String bar = "█".repeat(eighths / 8)
                    + (eighths % 8 == 0 ? "" : String.valueOf((char) ('▏' - eighths % 8 + 1)));
            out.append(("\n  %-" + label + "s  ").formatted(point.label())).append(style("36", bar))
                    .append(bar.isEmpty() ? "" : " ").append(Figures.number(point.y()))
                    .append(' ').append(chart.yAxis());
        }
        return out;
    }

    /// A line chart as a spark line per series, between its lowest and highest value.
    private StringBuilder lines(Event.Chart chart, StringBuilder out) {
        int label = chart.series().stream().mapToInt(s -> s.name().length()).max().orElse(0);
        double top = chart.series().stream().flatMap(s -> s.points().stream()).mapToDouble(Event.Point::y).max()
                .orElse(1);
        for (Event.Series series : chart.series()) {
            var spark = new StringBuilder();
            int count = series.points().size();
            for (int i = 0; i < Math.min(count, BAR); i++) {
                double y = series.points().get(count <= BAR ? i : (int) ((long) i * (count - 1) / (BAR - 1))).y();
                spark.append((char) ('▁' + (int) Math.round(Math.clamp(y / top, 0, 1) * 7)));
            }
            out.append(("\n  %-" + label + "s  ").formatted(series.name())).append(style("36", spark.toString()))
                    .append(String.format(Locale.ROOT, "  last %s", Figures.number(series.points().getLast().y())));
        }
        return out.append('\n').append(quiet("  %s, against %s".formatted(chart.yAxis(), chart.xAxis())));
    }

    /// A grid as a strip per row: the fuller a place, the more of the cells that it stands for are marked.
    String grid(Event.Grid grid) {
        int label = grid.rows().stream().mapToInt(row -> row.name().length()).max().orElse(0);
        var out = new StringBuilder("\n  ").append(style("1", grid.title()));
        for (Event.Cells row : grid.rows()) {
            int count = row.marks().length();
            int places = Math.min(count, BAR);
            var strip = new StringBuilder();
            for (int i = 0; i < places; i++) {
                int from = (int) ((long) i * count / places);
                int to = (int) ((i + 1L) * count / places);
                long marked = row.marked(from, to);
                strip.append(marked == 0 ? '·' : (char) ('▁' + Math.max(0, marked * 8 / (to - from) - 1)));
            }
            out.append(("\n  %-" + label + "s  ").formatted(row.name())).append(style("36", strip.toString()))
                    .append(String.format(Locale.ROOT, "  %,d of %,d %s", row.marked(), count, grid.marked()));
        }
        return out.toString();
    }

    String boxes(Event.Boxes boxes) {
        var out = new StringBuilder("\n  ").append(style("1", boxes.title()));
        boxes.boxes().forEach(box -> box(box, "\n  ", out));
        return out.toString();
    }

    private void box(Event.Box box, String begin, StringBuilder out) {
        out.append(begin).append(box.mark().isEmpty() ? "□ " + box.label()
                : style("36", "■ ") + box.label() + "  " + style("1", box.mark()));
        box.inner().forEach(inner -> box(inner, begin + "  ", out));
    }

    String verdict(Event.Ended ended) {
        String counts = ended.broken() == 0 ? style("1;32", "%s held".formatted(count(ended.held(), "check")))
                : style("1;31", "%s held, %d did not".formatted(count(ended.held(), "check"), ended.broken()));
        return "\n" + counts + quiet(" · " + Figures.micros(ended.micros()));
    }

    private String style(String code, String text) {
        return colour ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
