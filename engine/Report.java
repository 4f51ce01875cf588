package engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lab.Event;
import picocli.CommandLine.Help.Ansi;

/// What a build says at its end: why a lesson failed, what was skipped, and a line per lesson.
public final class Report {
    private static final List<String> HEADER = List.of("lesson", "status", "checks", "ms", "commands", "SQL", "run");
    private static final int STATUS = 1;
    private static final int FIRST_NUMBER = 2;
    private static final int LAST_NUMBER = 5;

    private Report() {}

    /// Prints why runs failed.
    static void printFailures(List<Run> runs) {
        runs.stream().flatMap(run -> run.failure().stream()).forEach(failure -> IO.println(failure + "\n"));
    }

    /// Prints why each script ran, or why it did not run again.
    static void printReasons(List<Run> runs) {
        runs.forEach(run -> {
            reason(run.lesson().source(), run.main());
            run.exercise().ifPresent(exercise -> reason(run.lesson().exercise().orElseThrow(), exercise));
            run.solution().ifPresent(solution -> reason(run.lesson().solution().orElseThrow(), solution));
        });
        IO.println();
    }

    private static void reason(Path script, Outcome outcome) {
        IO.println("%s %s: %s".formatted(script, outcome.fresh() ? "ran" : "did not run", outcome.why()));
    }

    /// Prints a summary. Its lines hold picocli's marks for colours, which become colours on a terminal.
    public static void printSummary(List<String> summary) {
        summary.forEach(line -> IO.println(Ansi.AUTO.string(line)));
    }

    /// A line per lesson, and one for each step that was skipped.
    public static List<String> summary(List<Run> runs) {
        return Stream.concat(table(runs).stream(), runs.stream().flatMap(Report::skipped)).toList();
    }

    private static Stream<String> skipped(Run run) {
        return run.transcript().steps().stream().flatMap(step -> step.skipped().stream())
                .map(step -> "%s: step %s was skipped: it needs %s"
                        .formatted(run.lesson().id(), step.step(), step.needs()));
    }

    private static List<String> table(List<Run> runs) {
        List<List<String>> rows = new ArrayList<>(List.of(HEADER));
        runs.forEach(run -> rows.add(row(run)));
        int[] widths = IntStream.range(0, HEADER.size())
                .map(c -> rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0)).toArray();
        return rows.stream().map(row -> IntStream.range(0, widths.length)
                .mapToObj(c -> cell(row.get(c), c, widths[c]))
                .collect(Collectors.joining("  ")).stripTrailing()).toList();
    }

    private static String cell(String text, int column, int width) {
        boolean number = column >= FIRST_NUMBER && column <= LAST_NUMBER;
        String padded = String.format("%" + (number ? "" : "-") + width + "s", text);
        return column != STATUS ? padded : switch (text) {
            case "passed" -> "@|green " + padded + "|@";
            case "failed" -> "@|red " + padded + "|@";
            default -> padded;
        };
    }

    private static List<String> row(Run run) {
        Transcript transcript = run.transcript();
        List<Event.Checked> checks = transcript.all(Event.Checked.class).toList();
        return List.of(run.lesson().id(), run.failure().isEmpty() ? "passed" : "failed",
                checks.stream().filter(Event.Checked::holds).count() + "/" + checks.size(), number(run.millis()),
                number(transcript.commands()), number(transcript.statements()), run.fresh() ? "now" : "cached");
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
