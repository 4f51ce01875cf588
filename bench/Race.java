package bench;

import data.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
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

    /// How a contestant fared.
    sealed interface Result {
        String name();

        record Finished(String name, String version, Timed timed) implements Result {}

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
                Timed timed = Timed.run(command, LIMIT);
                int published = published(folder);
                return published == pages ? new Result.Finished(contestant.name(), version, timed)
                        : new Result.Failed(contestant.name(), version, "published %d pages".formatted(published));
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            return new Result.Failed(contestant.name(), version, e.getMessage());
        }
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
