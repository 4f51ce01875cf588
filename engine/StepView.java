package engine;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lab.Event;

/// What a step said and did, as a page shows it.
///
/// @param summary `1 SQL · 2 commands · 1 key added · 84 ms`
/// @param skipped the step was not run here, and why
/// @param cut     the lesson ended before the step did
public record StepView(List<Said> said, String summary, Optional<Event.Skipped> skipped, boolean cut,
        Optional<Hood> hood) {

    /// A step that the run did not come to.
    static final StepView MISSING = new StepView(List.of(), "", Optional.empty(), true, Optional.empty());

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

    public record Table(Event.Table table) implements Said {
        /// The classes that set columns of numbers to the right: `n2 n3`.
        public String numbers() {
            return IntStream.rangeClosed(1, table.columns().size()).filter(i -> table.columns().get(i - 1).number())
                    .mapToObj(i -> "n" + i).collect(Collectors.joining(" "));
        }
    }

    public record Chart(ChartView chart) implements Said {}

    public record Boxes(Event.Boxes boxes) implements Said {}

    /// @param folded a table or chart right after it shows the same figures
    public record Measured(List<Timing> timings, boolean folded) implements Said {}

    public record Timing(String name, String samples, String p50, String p99, String max) {}

    public record Checks(List<Check> checks) implements Said {}

    /// @param where `lesson02.java:44`
    public record Check(String anchor, String claim, boolean holds, String where) {}

    public record Failed(String message, String where, String trace) implements Said {}

    /// @param anchor       what its checks' anchors begin with
    /// @param queriesShown what the page shows so far; those of this step are added
    static StepView of(Transcript.Step step, String anchor, Set<String> queriesShown) {
        return new StepView(new Sayings(anchor).all(step.entries()),
                step.ended().map(ended -> Summary.of(step, ended)).orElse(""), step.skipped(),
                step.ended().isEmpty() && step.skipped().isEmpty(),
                step.ended().map(ended -> Hood.of(step, ended, queriesShown)));
    }
}
