package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Other people's programs.
final class Shell {
    private Shell() {}

    /// A program to be run.
    ///
    /// @param environment what it is told beside what this process was told
    record Command(Path folder, Map<String, String> environment, List<String> words) {
        Command(Path folder, String... words) {
            this(folder, Map.of(), List.of(words));
        }

        Command with(Map<String, String> more) {
            return new Command(folder, more, words);
        }
    }

    /// Runs a program to its end.
    ///
    /// @return what it printed
    /// @throws IOException with the last line it printed, if it is not there, fails, or takes longer than `limit`;
    ///                     in that case it is ended with its children
    static String run(Command command, Duration limit) throws IOException {
        Path log = Files.createTempFile("bench-", ".log");
        var builder = new ProcessBuilder(command.words()).directory(command.folder().toFile())
                .redirectInput(Path.of("/dev/null").toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(command.environment());
        try {
            Process process = builder.start();
            try {
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                    throw new IOException("not done within %d s".formatted(limit.toSeconds()));
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            String said = Files.readString(log).strip();
            if (process.exitValue() != 0) throw new IOException("exit code %d: %s".formatted(process.exitValue(),
                    said.lines().reduce("", (_, last) -> last)));
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.delete(log);
        }
    }
}
