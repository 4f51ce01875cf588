package lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a lesson shows in tables and charts, and how numbers are written.
public final class Figures {
    private Figures() {}

    /// A row of a table: texts, numbers, and in the first row [Measured] names.
    public record Row(List<Object> cells) {}

    /// The name of a column whose values differ from run to run; the golden file leaves such a column out.
    public record Measured(String name) {}

    /// A bar of a chart.
    public record Bar(String label, double value) {}

    /// A line of a chart; `x` and `y` have the same length.
    public record Line(String name, double[] x, double[] y) {}

    /// A row of a grid: a cell per thing, some of them marked.
    public record Cells(String name, boolean[] marked) {}

    /// A box that holds others; one with a `mark` stands out.
    public record Box(String label, String mark, List<Box> inner) {}

    static Event.Table table(String title, Row header, List<Row> rows) {
        var columns = new ArrayList<Event.Column>();
        for (int c = 0; c < header.cells().size(); c++) {
            int column = c;
            boolean number = rows.stream().allMatch(row -> row.cells().get(column) instanceof Number
                    || header.cells().get(column) instanceof Measured);
            columns.add(header.cells().get(c) instanceof Measured(String name) ? new Event.Column(name, true, number)
                    : new Event.Column(header.cells().get(c).toString(), false, number));
        }
        for (Row row : rows) {
            if (row.cells().size() != columns.size()) {
                throw new IllegalArgumentException("table '%s' has %d columns, but a row of %d: %s"
                        .formatted(title, columns.size(), row.cells().size(), row.cells()));
            }
        }
        return new Event.Table(title, columns,
                rows.stream().map(row -> row.cells().stream().map(Figures::text).toList()).toList());
    }

    static Event.Chart bars(String title, String unit, List<Bar> bars) {
        var points = new ArrayList<Event.Point>();
        for (Bar bar : bars) points.add(new Event.Point(bar.label(), points.size(), bar.value()));
        return new Event.Chart(title, Event.Chart.Kind.BARS, "", unit, List.of(new Event.Series("", points)));
    }

    static Event.Chart lines(String title, String xAxis, String yAxis, List<Line> lines) {
        return new Event.Chart(title, Event.Chart.Kind.LINES, xAxis, yAxis,
                lines.stream().map(Figures::series).toList());
    }

    private static Event.Series series(Line line) {
        var points = new ArrayList<Event.Point>();
        for (int i = 0; i < line.x().length; i++) points.add(new Event.Point("", line.x()[i], line.y()[i]));
        return new Event.Series(line.name(), points);
    }

    static Event.Grid grid(String title, String marked, List<Cells> rows) {
        return new Event.Grid(title, marked, rows.stream().map(Figures::cells).toList());
    }

    private static Event.Cells cells(Cells row) {
        var marks = new StringBuilder();
        for (boolean marked : row.marked()) marks.append(marked ? Event.Cells.MARKED : '.');
        return new Event.Cells(row.name(), marks.toString());
    }

    static List<Event.Box> boxes(List<Box> boxes) {
        return boxes.stream().map(box -> new Event.Box(box.label(), box.mark(), boxes(box.inner()))).toList();
    }

    /// A cell as text: whole numbers with thousands separators, others with three significant digits.
    static String text(Object cell) {
        return switch (cell) {
            case null -> "";
            case Integer i -> String.format(Locale.ROOT, "%,d", i);
            case Long l -> String.format(Locale.ROOT, "%,d", l);
            case Double d -> number(d);
            case Float f -> number(f);
            default -> cell.toString();
        };
    }

    /// Three significant digits: 12,345 · 12.3 · 0.123.
    static String number(double d) {
        if (d == Math.rint(d) || Math.abs(d) >= 100) return String.format(Locale.ROOT, "%,.0f", d);
        int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(Math.abs(d))));
        return String.format(Locale.ROOT, "%." + Math.min(6, decimals) + "f", d);
    }

    /// A duration given in µs, in the unit that reads best.
    static String micros(double micros) {
        if (micros < 1_000) return number(micros) + " µs";
        return micros < 1_000_000 ? number(micros / 1e3) + " ms" : number(micros / 1e6) + " s";
    }

}
