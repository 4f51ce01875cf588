package data;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import data.DatabaseFile.Unfit;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Optional;

/// Generated databases in a folder: each made once, by one process, and there either whole or not at all.
final class CachedDatabase {
    private static final String PART = ".part";

    private CachedDatabase() {}

    /// The database of that scale and seed, made if it is not there or not whole.
    ///
    /// @throws Fault (usage) if the folder cannot be written or is full
    static Path get(Path folder, Scale scale, long seed) {
        Path file = folder.resolve("flughafendb-" + scale.name() + "-" + Generator.fingerprint(scale, seed) + ".db");
        return unfit(file, folder).isEmpty() ? file : make(file, folder, scale, seed);
    }

    /// One thread at a time: a lock on a file is the whole process's.
    private static synchronized Path make(Path file, Path folder, Scale scale, long seed) {
        try (FileChannel channel = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
                FileLock _ = lock(channel)) {
            Optional<String> why = unfit(file, folder);
            if (why.isEmpty()) return file; // another process made it meanwhile
            if (Files.exists(file)) System.err.println(file + " " + why.get() + ": it is made anew");
            removeLeftovers(folder);
            Path part = folder.resolve(file.getFileName() + PART);
            part.toFile().deleteOnExit(); // Ctrl-C in the middle
            try (var progress = new MakingProgress(scale, file)) {
                Generator.generate(part, scale, seed, progress::at);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                progress.done(DatabaseFile.noteNew(file, folder).description());
            } finally {
                Files.deleteIfExists(part);
            }
            return file;
        } catch (IOException | SQLException | Unfit e) {
            String reason = e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
            throw new Fault(Fault.USAGE, ("cannot make the FlughafenDB in %s (%s); "
                    + "it needs %d MB in a folder that you may write: make room, or set XDG_CACHE_HOME to another")
                    .formatted(folder, reason, scale.megabytes()), e);
        }
    }

    /// Why the file has to be made, empty if it need not be.
    private static Optional<String> unfit(Path file, Path folder) {
        try {
            DatabaseFile.examine(file, folder);
            return Optional.empty();
        } catch (Unfit e) {
            return Optional.of(e.getMessage());
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock != null) return lock;
        System.err.println("Waiting for another process that makes the FlughafenDB");
        return channel.lock();
    }

    /// What a killed process left: whoever holds the lock is the only one that makes anything.
    private static void removeLeftovers(Path folder) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*" + PART + "*")) {
            for (Path part : parts) Files.delete(part);
        }
    }
}
