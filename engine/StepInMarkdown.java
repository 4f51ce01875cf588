package engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lab.Event;

/// What a step said and did, in Markdown.
final class StepInMarkdown {
    /// So many exchanges show what a step asks; the counts say the rest.
    private static final int EXCHANGES = 8;

    private StepInMarkdown() {}

    static String of(StepView step) {
        List<String> pieces = new ArrayList<>();
        step.skipped().ifPresent(skipped -> pieces.add("Skipped in this build: it needs %s. %s".formatted(
                MarkdownText.line(skipped.needs()), MarkdownText.line(skipped.shows()))));
        step.said().forEach(said -> pieces.add(said(said)));
        if (step.cut()) pieces.add("Cut short: the run ended before this step did.");
        if (!step.summary().isEmpty()) pieces.add("Under the hood: " + MarkdownText.line(step.summary()));
        step.hood().ifPresent(hood -> hood(hood, pieces));
        return pieces.stream().map(String::strip).collect(Collectors.joining("\n\n"));
    }

    private static String said(StepView.Said said) {
        return switch (said) {
            case StepView.Printed(List<StepView.Line> lines) -> MarkdownText.fence("text", lines.stream()
                    .map(line -> (line.actor().isEmpty() ? "" : line.actor() + " │ ") + line.text())
                    .collect(Collectors.joining("\n")));
            case StepView.Table(var table) -> MarkdownText.table(table.title(),
                    table.columns().stream().map(column -> column.name()).toList(),
                    table.columns().stream().map(column -> column.number()).toList(), table.rows());
            case StepView.Chart(ChartView chart) -> MarkdownText.figures(chart.title(), chart.header(), chart.rows());
            case StepView.Boxes(var boxes) -> "*%s*\n\n".formatted(MarkdownText.line(boxes.title()))
                    + boxes.boxes().stream().map(box -> box(box, "")).collect(Collectors.joining());
            case StepView.Measured measured -> MarkdownText.figures("Measured",
                    List.of("what", "samples", "p50", "p99", "max"), measured.timings().stream()
                            .map(t -> List.of(t.name(), t.samples(), t.p50(), t.p99(), t.max())).toList());
            case StepView.Checks(List<StepView.Check> checks) ->
                    checks.stream().map(StepInMarkdown::check).collect(Collectors.joining("\n"));
            case StepView.Failed failed -> "Failed at %s:\n\n%s".formatted(MarkdownText.line(failed.where()),
                    MarkdownText.fence("text", failed.message()));
        };
    }

    private static String box(Event.Box box, String indent) {
        String mark = box.mark().isEmpty() ? "" : ": **%s**".formatted(MarkdownText.line(box.mark()));
        return "%s- %s%s\n".formatted(indent, MarkdownText.line(box.label()), mark)
                + box.inner().stream().map(inner -> box(inner, indent + "  ")).collect(Collectors.joining());
    }

    private static String check(StepView.Check check) {
        return "- [%s] %s (%s)".formatted(check.holds() ? "x" : " ", MarkdownText.line(check.claim()),
                MarkdownText.line(check.where()));
    }

    private static void hood(Hood hood, List<String> pieces) {
        List<String> asked = hood.sequence().rows().stream().filter(row -> !row.to().isEmpty()).limit(EXCHANGES)
                .map(row -> exchange(row, hood.sequence().lanes())).toList();
        if (!asked.isEmpty()) pieces.add(MarkdownText.fence("text", String.join("\n", asked)));
        if (!hood.counts().isEmpty()) pieces.add(MarkdownText.figures("How often",
                List.of("what", "calls", "hits", "misses", "bytes", "time", "half within", "99 % within"),
                hood.counts().stream().map(c -> List.of(c.name(), c.calls(), c.hits(), c.misses(), c.bytes(), c.time(),
                        c.half(), c.most()))
                        .toList()));
    }

    /// `reader → Valkey: GET flight:7 → (nil), miss, 60 µs`; where others came between, a line for each half.
    private static String exchange(Sequence.Row row, List<String> lanes) {
        String who = lanes.size() > 1 ? lanes.get(row.lane() - 1) + " " : "";
        String way = row.kind().equals("reply") ? "← " : "→ ";
        String to = Sequence.NAMES.get(row.to()) + ": ";
        String reply = row.kind().equals("call") ? "" : Stream.of(Words.of(row.reply()), row.found(), row.took())
                .filter(part -> !part.isEmpty()).collect(Collectors.joining(", ", " → ", ""));
        return MarkdownText.oneLine(who + way + to + Words.of(row.call()) + reply);
    }
}
