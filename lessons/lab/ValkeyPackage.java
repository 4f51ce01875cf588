package lab;

import data.Folders;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Valkey from Debian's or Ubuntu's packages, unpacked in `cache` without root by `valkey-package.sh`.
///
/// One process fetches at a time. It unpacks into a folder of its own and renames that when all is there.
record ValkeyPackage(Path cache, String searchPath) {
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofDays(7);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int SIGNALLED = 128; // a shell's exit code for a signal is this and its number
    private static final String UNFINISHED = "fetch-";

    /// The package's Valkey, fetched now or by another process meanwhile; none, and a line in `why`, where it fails.
    ///
    /// @param haveOlder an 8.x is at hand: then a search for a 9.x that found none is repeated only a week later
    List<ValkeyBinary> fetch(boolean haveOlder, List<String> why) {
        if (ValkeyBinary.programs("apt-get", searchPath).isEmpty()) return List.of();
        try {
            Path looked = cache.resolve("looked");
            if (haveOlder && isRecent(looked)) return List.of();
            Path lock = cache.resolve("lock");
            try (FileChannel file = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = file.lock()) {
                List<ValkeyBinary> kept = ValkeyBinary.keptIn(cache);
                if (kept.stream().anyMatch(ValkeyBinary::isPreferred)) return kept;
                sweep();
                Files.writeString(looked, "");
                System.err.println("fetching Valkey from the distribution's packages (once, about 25 MB) ...");
                return List.of(unpack());
            }
        } catch (IOException e) {
            why.add("the distribution's package: " + e.getMessage());
            return List.of();
        }
    }

    private ValkeyBinary unpack() throws IOException {
        Path work = Files.createTempDirectory(cache, UNFINISHED);
        try {
            Path unpacked = work.resolve("valkey");
            run(script(work), unpacked, work.resolve("log"));
            Version version = ValkeyBinary.unpackedIn(unpacked);
            Path home = cache.resolve(version.toString());
            Folders.delete(home); // a damaged copy: a sound one would have been found
            Files.move(unpacked, home);
            return new ValkeyBinary(version, home.resolve("bin/valkey-server"));
        } finally {
            Folders.delete(work);
        }
    }

    /// The script travels with the lessons as a resource: a lesson that runs from a URL has no folder beside it.
    private static Path script(Path work) throws IOException {
        Path script = work.resolve("valkey-package.sh");
        try (InputStream resource = ValkeyPackage.class.getResourceAsStream("valkey-package.sh")) {
            Files.copy(resource, script);
        }
        return script;
    }

    private void run(Path script, Path folder, Path log) throws IOException {
        var builder = new ProcessBuilder("sh", script.toString(), folder.toString())
                .redirectInput(new File("/dev/null")).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("PATH", searchPath);
        Process process = builder.start();
        var abandon = new Thread(() -> abandon(process, log.getParent()));
        Runtime.getRuntime().addShutdownHook(abandon);
        try {
            boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (!ended) throw new IOException("not fetched within " + PATIENCE.toMinutes() + " minutes");
            if (process.exitValue() >= SIGNALLED) throw new IOException("interrupted");
            if (process.exitValue() != 0) throw new IOException(complaint(log));
            Runtime.getRuntime().removeShutdownHook(abandon);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            end(process);
        }
    }

    /// When this process is ended while it fetches: neither processes nor a half copy stay behind.
    private static void abandon(Process process, Path work) {
        end(process);
        try {
            process.onExit().join();
            Folders.delete(work);
        } catch (IOException e) {
            // the next fetch sweeps it
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /// The last error that apt names, else its last line.
    private static String complaint(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
        return lines.stream().filter(line -> line.startsWith("E: ")).reduce((_, last) -> last)
                .orElse(lines.isEmpty() ? "it failed without a word" : lines.getLast());
    }

    /// What fetches left that were ended the hard way.
    private void sweep() throws IOException {
        List<Path> unfinished;
        try (Stream<Path> all = Files.list(cache)) {
            unfinished = all.filter(path -> path.getFileName().toString().startsWith(UNFINISHED)).toList();
        }
        for (Path path : unfinished) Folders.delete(path);
    }

    private static boolean isRecent(Path file) throws IOException {
        return Files.exists(file)
                && Files.getLastModifiedTime(file).toInstant().isAfter(Instant.now().minus(LOOK_AGAIN_AFTER));
    }
}
