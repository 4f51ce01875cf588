package data;

import data.Rules.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Holds a database against its rules, and says so on stdout: a line for each when it is known.
final class Verification {
    private Verification() {}

    /// Whether nothing was found that breaks a rule.
    static boolean run(Path database) {
        List<Result> results = new ArrayList<>();
        IO.println(database + ", " + Flughafen.describe(database));
        IO.println("%10s  %8s  %s".formatted("violations", "seconds", "rule"));
        long begun = System.nanoTime();
        Rules.check(database, result -> {
            results.add(result);
            IO.println(line(result));
        });
        IO.println(summary(results, Duration.ofNanos(System.nanoTime() - begun)));
        return results.stream().noneMatch(Result::broken);
    }

    private static String line(Result result) {
        if (result.violations().isEmpty()) {
            return "%10s  %8s  %s: not checked: %s".formatted("-", "-", result.rule().name(), result.reason());
        }
        return String.format(Locale.ROOT, "%,10d  %8.2f  %s", result.violations().getAsLong(),
                seconds(result.took()), result.rule().name());
    }

    private static String summary(List<Result> results, Duration took) {
        long broken = results.stream().filter(Result::broken).count();
        long notChecked = results.stream().filter(result -> result.violations().isEmpty()).count();
        return String.format(Locale.ROOT, "%d rules hold, %d broken, %d not checked, in %.1f s",
                results.size() - broken - notChecked, broken, notChecked, seconds(took));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
