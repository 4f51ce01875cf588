package data.dump;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import data.Fault;
import data.UserCache;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Where a database goes: written beside it under another name, and there at once when it is whole. One process at a
/// time; what a killed one left is removed.
final class OutputFile implements AutoCloseable {
    private final Path file;
    private final Path part;
    private final FileChannel lock;

    /// @throws Fault (usage) if another process writes the same file, or it cannot be written
    OutputFile(Path wanted) throws IOException {
        Path folder = wanted.toAbsolutePath().normalize().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(wanted)) {
            throw new Fault(Fault.USAGE, wanted + ": not a file in a folder that is there; name another with --output");
        }
        file = folder.toRealPath().resolve(wanted.getFileName());
        part = file.resolveSibling(file.getFileName() + ".part");
        lock = FileChannel.open(UserCache.folder("imported").resolve("lock"), CREATE, WRITE);
        if (!locked()) {
            lock.close();
            throw new Fault(Fault.USAGE, file + ": another import is writing it; wait, or name another with --output");
        }
        Files.deleteIfExists(part);
        part.toFile().deleteOnExit(); // Ctrl-C in the middle
    }

    /// One lock file for all outputs: each locks a byte of its own, and nothing is left beside it.
    private boolean locked() throws IOException {
        try {
            FileLock held = lock.tryLock(Integer.toUnsignedLong(file.toString().hashCode()), 1, false);
            return held != null;
        } catch (OverlappingFileLockException e) {
            return false; // a thread of this process has it
        }
    }

    /// Where to write.
    Path part() {
        return part;
    }

    /// It is whole: it takes the place of what was there.
    ///
    /// @return the file's real path
    Path commit() throws IOException {
        return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override public void close() throws IOException {
        Files.deleteIfExists(part);
        lock.close();
    }
}
