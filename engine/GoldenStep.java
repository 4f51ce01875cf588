package engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lab.Event;

/// A step as its golden file has it: all that a run repeats, and nothing that is measured.
final class GoldenStep {
    /// A section per step; printed text is indented, so that it cannot look like one.
    static final String HEADING = "## ";

    /// How often it did what, over the wire.
    static final String DID = "did: ";

    private static final String MAIN = "main";
    private static final String INDENT = "    ";

    private GoldenStep() {}

    /// The lines of a step's section. What each process says stands together: which speaks first need not repeat.
    static List<String> lines(Transcript.Step step) {
        List<String> lines = new ArrayList<>();
        lines.add(HEADING + step.name());
        Map<String, List<Event.Entry>> byActor = step.entries().stream().collect(Collectors.groupingBy(
                entry -> entry.actor().equals(MAIN) ? "" : entry.actor(), TreeMap::new, Collectors.toList()));
        byActor.forEach((actor, entries) -> {
            List<String> said = entries.stream().flatMap(entry -> lines(entry.what()).stream()).toList();
            if (!actor.isEmpty() && !said.isEmpty()) lines.add(actor + ":");
            lines.addAll(said);
        });
        step.ended().ifPresent(ended -> lines.add(DID + (ended.varies() ? "varies" : did(step))));
        return lines;
    }

    private static String did(Transcript.Step step) {
        return step.did().isEmpty() ? "nothing" : step.did().entrySet().stream()
                .map(count -> count.getKey() + " " + count.getValue()).collect(Collectors.joining(", "));
    }

    private static List<String> lines(Event event) {
        return switch (event) {
            case Event.Printed printed -> List.of((INDENT + printed.text()).stripTrailing());
            case Event.Checked check -> List.of((check.holds() ? "✔ " : "✘ ") + check.claim());
            case Event.Failed failed -> List.of("✘ " + failed.message());
            case Event.Measured measured -> List.of("measured: " + measured.name());
            case Event.Chart chart -> List.of("chart: " + chart.title());
            case Event.Grid grid -> List.of("chart: " + grid.title());
            case Event.Boxes boxes -> boxes(boxes);
            case Event.Table table -> table(table);
            default -> List.of(); // the wire is in the counts
        };
    }

    private static List<String> table(Event.Table table) {
        List<Event.Column> columns = table.columns();
        int[] kept = IntStream.range(0, columns.size()).filter(c -> !columns.get(c).measured()).toArray();
        List<String> lines = new ArrayList<>();
        lines.add("table: " + table.title());
        lines.add(row(kept, c -> columns.get(c).name()));
        lines.add(row(kept, c -> columns.get(c).number() ? "---:" : "---"));
        for (List<String> row : table.rows()) lines.add(row(kept, row::get));
        return lines;
    }

    private static List<String> boxes(Event.Boxes boxes) {
        List<String> lines = new ArrayList<>();
        lines.add("boxes: " + boxes.title());
        boxes.boxes().forEach(box -> add(box, INDENT, lines));
        return lines;
    }

    private static void add(Event.Box box, String indent, List<String> lines) {
        lines.add(indent + box.label() + (box.mark().isEmpty() ? "" : ": " + box.mark()));
        box.inner().forEach(inner -> add(inner, indent + "  ", lines));
    }

    private static String row(int[] columns, Function<Integer, String> cell) {
        return IntStream.of(columns).mapToObj(cell::apply).collect(Collectors.joining(" | ", "| ", " |"));
    }
}
