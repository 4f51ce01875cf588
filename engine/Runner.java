package engine;

import data.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/// Runs lessons as a learner would, each script in a process of its own, and remembers the runs that went well.
///
/// @param bench what the lessons stand on
/// @param limit how long a script may take
/// @param again lessons to run although nothing changed
public record Runner(Bench bench, Duration limit, Collection<Lesson> again, RunCache cache, Digests digests) {
    /// No lesson needs more; one that hangs is ended.
    private static final Duration LIMIT = Duration.ofSeconds(60);

    public Runner(Bench bench, Collection<Lesson> again) {
        this(bench, LIMIT, again, new RunCache(), new Digests());
    }

    /// Runs a lesson, its exercise and its solution, or remembers how they ran.
    ///
    /// The lesson goes first: it measures. Exercise and solution run beside each other. An interrupt ends them all.
    public Run run(Lesson lesson) {
        boolean rerun = again.contains(lesson);
        Outcome main = run(lesson.source(), Role.LESSON, rerun);
        CompletableFuture<Optional<Outcome>> exercise;
        Optional<Outcome> solution;
        try (var beside = Executors.newSingleThreadExecutor()) { // its close waits, and hands an interrupt on
            exercise = CompletableFuture.supplyAsync(
                    () -> lesson.exercise().map(e -> run(e, Role.EXERCISE, rerun)), beside);
            solution = lesson.solution().map(s -> run(s, Role.SOLUTION, rerun));
        }
        return new Run(lesson, main, exercise.join(), solution);
    }

    private Outcome run(Path script, Role role, boolean rerun) {
        try {
            Inputs inputs = Inputs.of(script, role, bench, digests);
            Optional<Transcript> known = rerun ? Optional.empty() : cache.find(inputs.key());
            return known.map(run -> new Outcome("nothing changed", run, false, millis(run), Optional.empty()))
                    .orElseGet(() -> runNow(script, inputs, rerun ? "--rerun" : why(script, inputs)));
        } catch (Fault fault) { // it does not compile, or a file of it is missing: the other lessons go on
            return new Outcome("it cannot run", Transcript.EMPTY, true, 0, Optional.of(fault.getMessage()));
        }
    }

    /// Why a script must run that no run is known of.
    private String why(Path script, Inputs now) {
        return cache.last(script, now.role()).map(now::changesSince)
                .map(changes -> changes.isEmpty() ? "its last run failed" : changes).orElse("never ran here");
    }

    private Outcome runNow(Path script, Inputs inputs, String why) {
        var command = Script.command(script);
        Path file = cache.start(script, inputs);
        try {
            Path folder = script.toAbsolutePath().getParent();
            Execution execution = Execution.of(command, folder, environment(file), limit);
            Transcript transcript = Transcript.read(file);
            Optional<String> failure = new Verdict(script, inputs.role(), transcript).failure(execution, limit);
            if (failure.isEmpty()) cache.keep(inputs.key(), file);
            return new Outcome(why, transcript, true, millis(transcript), failure);
        } finally {
            cache.drop(file);
        }
    }

    private Map<String, String> environment(Path transcript) {
        var environment = new HashMap<>(bench.environment());
        environment.put("LAB_TRANSCRIPT", transcript.toString());
        environment.put("NO_COLOR", "1");
        return environment;
    }

    private static long millis(Transcript transcript) {
        return transcript.ended().map(ended -> ended.micros() / 1_000).orElse(0L);
    }
}
