package bench;

import data.Folders;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Lets contestants do the same job, one after the other, and holds each to having done all of it.
///
/// @param pages how many pages the job has
/// @param mark  what each published page says that no other says, its number as a group; see [Pages]
record Race(int pages, Pattern mark) {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Pattern MINUTES_SECONDS = Pattern.compile("(\\d+)m([\\d.]+)s");

    /// How a contestant fared.
    sealed interface Result {
        String name();

        /// @param seconds by the clock on the wall
        /// @param cpu     seconds of all its processes: what a busy machine changes least
        /// @param load    the machine's load average as it began: above 0 others are at work, too
        record Finished(String name, String version, double seconds, double cpu, double load) implements Result {}

        record Missing(String name, String why) implements Result {}

        record Failed(String name, String version, String why) implements Result {}
    }

    Result run(Contestant contestant) {
        String version;
        try {
            version = contestant.version();
        } catch (IOException e) {
            return new Result.Missing(contestant.name(), e.getMessage());
        }
        try {
            Path folder = Files.createTempDirectory("bench-");
            try {
                Shell.Command command = contestant.prepare(folder, pages);
                double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
                long start = System.nanoTime();
                String said = Shell.run(counted(command), LIMIT);
                double seconds = (System.nanoTime() - start) / 1e9;
                int published = published(folder);
                return published == pages ? new Result.Finished(contestant.name(), version, seconds, cpu(said), load)
                        : new Result.Failed(contestant.name(), version, "published %d pages".formatted(published));
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            return new Result.Failed(contestant.name(), version, e.getMessage());
        }
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

    /// How many of the pages say what they must.
    private int published(Path folder) throws IOException {
        Set<String> said = new HashSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Race::mayBePublished).toList()) {
                Matcher marks = mark.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
                while (marks.find()) said.add(marks.group(1));
            }
        }
        return said.size();
    }

    private static boolean mayBePublished(Path file) {
        return file.toString().matches(".*\\.(html|txt)") && Files.isRegularFile(file);
    }
}
