package engine;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a lesson ran, with its exercise and its solution.
public record Run(Lesson lesson, Outcome main, Optional<Outcome> exercise, Optional<Outcome> solution) {

    /// What the lesson itself did and said.
    public Transcript transcript() {
        return main.transcript();
    }

    /// Whether any of it ran just now.
    public boolean fresh() {
        return outcomes().anyMatch(Outcome::fresh);
    }

    /// How long the lesson itself took.
    public long millis() {
        return main.millis();
    }

    /// Why it failed, a line per reason; empty if all of it went as it should.
    public Optional<String> failure() {
        String lines = outcomes().flatMap(o -> o.failure().stream()).collect(Collectors.joining("\n"));
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
    }

    /// The same run, failed for this reason.
    Run failed(String reason) {
        var failed = new Outcome(main.why(), main.transcript(), main.fresh(), main.millis(), Optional.of(reason));
        return new Run(lesson, failed, exercise, solution);
    }

    /// The same run, as the next build will remember it.
    public Run remembered() {
        return new Run(lesson, main.remembered(), exercise.map(Outcome::remembered), solution.map(Outcome::remembered));
    }

    private Stream<Outcome> outcomes() {
        return Stream.of(Stream.of(main), exercise.stream(), solution.stream()).flatMap(s -> s);
    }
}
