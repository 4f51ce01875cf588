package bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How long a program took.
///
/// @param seconds by the clock on the wall
/// @param cpu     seconds of all its processes: what a busy machine changes least
/// @param load    the machine's load average as it began: above 0 others are at work, too
record Timed(double seconds, double cpu, double load) {
    private static final Pattern MINUTES_SECONDS = Pattern.compile("(\\d+)m([\\d.]+)s");

    /// Runs a program to its end; it fails as [Shell#run] does.
    static Timed run(Shell.Command command, Duration limit) throws IOException {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        long start = System.nanoTime();
        String said = Shell.run(counted(command), limit);
        return new Timed((System.nanoTime() - start) / 1e9, cpu(said), load);
    }

    /// The same command, which at its end prints the times of its processes as the shell's `times` does.
    private static Shell.Command counted(Shell.Command command) {
        List<String> words = Stream.concat(Stream.of("sh", "-c", "\"$@\" || exit; times", "sh"),
                command.words().stream()).toList();
        return new Shell.Command(command.folder(), command.environment(), words);
    }

    /// The last line is `1m2.34s 0m0.56s`: user's and system's time.
    private static double cpu(String said) {
        String times = said.lines().reduce("", (_, last) -> last);
        return MINUTES_SECONDS.matcher(times).results()
                .mapToDouble(time -> 60 * Integer.parseInt(time.group(1)) + Double.parseDouble(time.group(2))).sum();
    }
}
