package engine;

import data.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Runs lessons as a learner would, each script in a process of its own, and remembers the runs that went well.
///
/// @param bench what the lessons stand on
/// @param limit how long a script may take
/// @param again lessons to run although nothing changed
public record Runner(Bench bench, Duration limit, Collection<Lesson> again, RunCache cache, RunKey keys) {
    /// No lesson needs more; one that hangs is ended.
    private static final Duration LIMIT = Duration.ofSeconds(60);

    public Runner(Bench bench, Collection<Lesson> again) {
        this(bench, LIMIT, again, new RunCache(), new RunKey(bench));
    }

    /// Runs a lesson, its exercise and its solution, or remembers how they ran.
    ///
    /// The lesson has the machine to itself: it measures. Exercise and solution run beside each other.
    public Run run(Lesson lesson) {
        boolean rerun = again.contains(lesson);
        Outcome main = run(lesson.source(), Role.LESSON, rerun);
        var exercise = CompletableFuture.supplyAsync(() -> lesson.exercise().map(e -> run(e, Role.EXERCISE, rerun)));
        Optional<Outcome> solution = lesson.solution().map(s -> run(s, Role.SOLUTION, rerun));
        return new Run(lesson, main, exercise.join(), solution);
    }

    private Outcome run(Path script, Role role, boolean rerun) {
        try {
            String key = keys.of(script, role);
            Optional<Transcript> known = rerun ? Optional.empty() : cache.find(key);
            return known.map(transcript -> new Outcome(key, transcript, false, millis(transcript), Optional.empty()))
                    .orElseGet(() -> runNow(script, role, key));
        } catch (Fault fault) { // it does not compile, or a file of it is missing: the other lessons go on
            return new Outcome("", Transcript.EMPTY, true, 0, Optional.of(fault.getMessage()));
        }
    }

    private Outcome runNow(Path script, Role role, String key) {
        var command = Script.command(script);
        Path file = cache.start(key);
        try {
            Path folder = script.toAbsolutePath().getParent();
            Execution execution = Execution.of(command, folder, environment(file), limit);
            Transcript transcript = Transcript.read(file);
            Optional<String> failure = new Verdict(script, role, transcript).failure(execution, limit);
            if (failure.isEmpty()) cache.keep(key, file);
            return new Outcome(key, transcript, true, millis(transcript), failure);
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
