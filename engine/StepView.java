package engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lab.Event;

/// What a step said and did, as a page shows it.
///
/// @param summary `1 SQL · 2 commands · 1 key added · 84 ms`
/// @param skipped the step was not run here, and why
/// @param cut     the lesson ended within the step
public record StepView(String name, List<Said> said, String summary, Optional<Event.Skipped> skipped, boolean cut,
        Optional<Hood> hood) {

    /// Something that a step said; neighbours of a kind stand together.
    public sealed interface Said {
        /// The macro of `step.ftlh` that draws it.
        default String kind() {
            return getClass().getSimpleName().toLowerCase(Locale.ROOT);
        }
    }

    public record Printed(List<Line> lines) implements Said {}

    /// @param actor who printed it, empty for the lesson's own process
    public record Line(String actor, String text) {}

    public record Table(Event.Table table) implements Said {}

    public record Chart(ChartView chart) implements Said {}

    public record Measured(List<Timing> timings) implements Said {}

    public record Timing(String name, String samples, String p50, String p99, String max) {}

    public record Checks(List<Check> checks) implements Said {}

    /// @param where `lesson02.java:44`
    public record Check(String anchor, String claim, boolean holds, String where) {}

    public record Failed(String message, String where, String trace) implements Said {}

    /// @param anchor what its checks' anchors begin with
    static StepView of(Transcript.Step step, String anchor) {
        return new StepView(step.name(), said(step, anchor), step.ended().map(ended -> Summary.of(step, ended)).orElse(""), step.skipped(),
                step.ended().isEmpty() && step.skipped().isEmpty(), step.ended().map(ended -> Hood.of(step, ended)));
    }

    private static List<Said> said(Transcript.Step step, String anchor) {
        List<Said> said = new ArrayList<>();
        int checks = 0;
        for (Event.Entry entry : step.entries()) {
            Said last = said.isEmpty() ? null : said.getLast();
            switch (entry.what()) {
                case Event.Printed printed -> {
                    var lines = last instanceof Printed p ? p.lines() : add(said, new Printed(new ArrayList<>())).lines();
                    lines.add(new Line(entry.actor().equals("main") ? "" : entry.actor(), printed.text()));
                }
                case Event.Checked check -> {
                    var list = last instanceof Checks c ? c.checks() : add(said, new Checks(new ArrayList<>())).checks();
                    list.add(new Check("%s-check-%d".formatted(anchor, ++checks), check.claim(), check.holds(),
                            where(check.file(), check.line())));
                }
                case Event.Measured m -> {
                    var list = last instanceof Measured t ? t.timings() : add(said, new Measured(new ArrayList<>())).timings();
                    list.add(new Timing(m.name(), Units.count(m.samples()), Units.micros(m.p50()), Units.micros(m.p99()),
                            Units.micros(m.max())));
                }
                case Event.Table table -> said.add(new Table(table));
                case Event.Chart chart -> said.add(new Chart(ChartView.of(chart)));
                case Event.Failed f -> said.add(new Failed(f.message(), where(f.file(), f.line()), f.trace()));
                default -> { } // what went over the wire is under the hood
            }
        }
        return said;
    }

    private static <T extends Said> T add(List<Said> said, T what) {
        said.add(what);
        return what;
    }

    private static String where(String file, int line) {
        return file == null || file.isEmpty() ? "" : file + ":" + line;
    }
}
