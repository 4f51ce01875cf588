package engine;

import data.Fault;
import data.UserCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What builds keep in the user's cache, and what they leave there when they are killed.
public record Leftovers(List<Path> folders) {

    /// Cached runs, and notes on the sites built.
    public Leftovers() {
        this(List.of(UserCache.folder("runs"), UserCache.folder("sites")));
    }

    /// Deletes them, but for what a build writes right now.
    ///
    /// @return how much that was: `31 runs, 3.1 MB`
    public String forget() {
        long runs = 0;
        long bytes = 0;
        for (Path folder : folders) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(file -> !isBeingWritten(file)).toList()) {
                    bytes += Files.size(file);
                    if (file.toString().endsWith(RunCache.RUN)) runs++;
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new Fault(Fault.USAGE, "cannot delete all in %s: %s".formatted(folder, e.getMessage()), e);
            }
        }
        return "%s, %s".formatted(Units.count(runs, "run"), Units.bytes(bytes));
    }

    private static boolean isBeingWritten(Path file) {
        String name = file.getFileName().toString();
        return name.matches("\\d{1,18}-.*\\" + RunCache.RUNNING) && isAlive(name.substring(0, name.indexOf('-')));
    }

    private static boolean isAlive(String process) {
        return ProcessHandle.of(Long.parseLong(process)).isPresent();
    }
}
