package engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lab.Event;

/// Says whether a script did what is expected of it, and if not, where and why.
record Verdict(Path source, Role role, Transcript transcript) {
    private static final int SETUP = 2; // the exit code of a script that found no Valkey or no database

    /// A line per reason, `file:line: step X: reason`; empty if all went well.
    Optional<String> failure(Execution execution, Duration limit) {
        List<String> reasons = reasons(execution, limit);
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", reasons));
    }

    private List<String> reasons(Execution execution, Duration limit) {
        if (execution.exit().isEmpty()) {
            return List.of("%s: did not end within %d s, %s".formatted(source, limit.toSeconds(), where()));
        }
        int exit = execution.exit().getAsInt();
        List<String> thrown = thrown().toList();
        if (!thrown.isEmpty()) return thrown;
        if (exit == SETUP && !execution.stderr().isBlank()) {
            return List.of(execution.stderr().strip().lines().toList().getLast());
        }
        if (transcript.ended().isEmpty()) {
            return List.of("%s: ended with exit code %d %s%s"
                    .formatted(source, exit, where(), because(execution.stderr())));
        }
        if (transcript.steps().isEmpty()) return List.of("%s: has no step".formatted(source));
        return role == Role.EXERCISE ? unsolved() : broken(exit);
    }

    private List<String> unsolved() {
        List<Event.Checked> checks = transcript.all(Event.Checked.class).toList();
        if (checks.isEmpty()) return List.of("%s: has no check".formatted(source));
        return checks.stream().allMatch(Event.Checked::holds)
                ? List.of(source + ": starts solved: every check holds; an exercise must fail one until it is solved")
                : List.of();
    }

    private List<String> broken(int exit) {
        List<String> broken = new ArrayList<>();
        for (Transcript.Step step : transcript.steps()) {
            step.all(Event.Checked.class).filter(check -> !check.holds())
                    .map(check -> at(check.file(), check.line(), step.name(), "check failed: '" + check.claim() + "'"))
                    .forEach(broken::add);
        }
        if (broken.isEmpty() && exit != 0) {
            broken.add("%s: ended with exit code %d after its last step".formatted(source, exit));
        }
        return broken;
    }

    private Stream<String> thrown() {
        return transcript.steps().stream().flatMap(step -> step.all(Event.Failed.class)
                .map(failed -> at(failed.file(), failed.line(), step.name(), failed.message())));
    }

    private String at(String file, int line, String step, String reason) {
        boolean own = file == null || file.equals(source.getFileName().toString());
        return "%s:%d: step %s: %s".formatted(own ? source : file, line, step, reason);
    }

    private String where() {
        List<Transcript.Step> steps = transcript.steps();
        return steps.isEmpty() ? "before its first step" : "in step " + steps.getLast().name();
    }

    private static String because(String stderr) {
        return stderr.isBlank() ? " (System.exit?)" : ": " + stderr.strip().lines().findFirst().orElseThrow();
    }
}
