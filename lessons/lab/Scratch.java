package lab;

import data.Fault;
import data.Folders;
import data.UserCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The folder of this process, for what must not outlive it: private servers, copies of the database.
///
/// This process locks a file in its folder as long as it lives, and the kernel frees that lock however it ends. So a
/// folder whose lock is free has no owner: whoever comes next ends the servers that run there, and deletes it.
final class Scratch {
    private static final String LOCK = "lock";
    /// Where a server's process writes its id before it becomes the server.
    static final String PID = "pid";
    private static final Duration CLOCK_TICK = Duration.ofSeconds(1); // process start times are no finer on Linux
    private static final int SECONDS_TO_END = 5;

    private static final Deque<Runnable> AT_END = new ConcurrentLinkedDeque<>();

    private static Path home;
    private static FileChannel held; // keeps the lock: closed, it would be free
    private static int folders;
    private static final CountDownLatch ENDING = new CountDownLatch(1);

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Scratch::endAll));
    }

    private Scratch() {}

    /// A new folder in that of this process. The first sweeps what dead processes left.
    static synchronized Path folder() {
        try {
            if (ENDING.getCount() == 0) throw new Fault(Fault.FAILED, "this process is ending");
            if (home == null) home = open(UserCache.folder("servers"));
            return Files.createDirectory(home.resolve(String.valueOf(++folders)));
        } catch (IOException e) {
            throw new Fault(Fault.USAGE, "cannot make a folder in the user's cache: " + e.getMessage(), e);
        }
    }

    /// When this process ends, however it does but for kill -9, runs `action`; the last one given goes first.
    static void atEnd(Runnable action) {
        AT_END.push(action);
    }

    /// Whether this process is ending, or begins to within `patience`: a Ctrl-C may reach its servers a moment earlier.
    static boolean endsWithin(Duration patience) {
        try {
            return ENDING.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void endAll() {
        synchronized (Scratch.class) {
            ENDING.countDown();
        }
        AT_END.forEach(Runnable::run);
        try {
            if (home != null) Folders.delete(home);
        } catch (IOException e) {
            // the next process's sweep deletes it
        }
    }

    private static Path open(Path all) throws IOException {
        // nobody sweeps mine meanwhile
        try (FileChannel guard = channel(all.resolve(LOCK)); FileLock _ = guard.lock()) {
            sweep(all);
            Path mine = Files.createTempDirectory(all, ProcessHandle.current().pid() + "-");
            held = channel(mine.resolve(LOCK));
            held.lock();
            return mine;
        }
    }

    static void sweep(Path all) throws IOException {
        List<Path> owned;
        try (Stream<Path> paths = Files.list(all)) {
            owned = paths.filter(Files::isDirectory).toList();
        }
        for (Path folder : owned) {
            try (FileChannel file = channel(folder.resolve(LOCK)); FileLock free = file.tryLock()) {
                if (free != null) bury(folder);
            } catch (NoSuchFileException | DirectoryNotEmptyException | UncheckedIOException e) {
                // its owner is ending, and deletes it just now
            }
        }
    }

    private static void bury(Path folder) throws IOException {
        List<Path> records;
        try (Stream<Path> paths = Files.walk(folder, 2)) {
            records = paths.filter(path -> path.endsWith(PID)).toList();
        }
        for (Path record : records) endServer(record);
        Folders.delete(folder);
    }

    /// Ends the process that wrote `record`. An id is not used again while its process lives: one that has the id and
    /// started before the record was written is the one that wrote it, one that started later is a stranger.
    private static void endServer(Path record) throws IOException {
        String id = Files.readString(record).strip();
        if (!id.matches("\\d+")) return;
        Instant written = Files.getLastModifiedTime(record).toInstant();
        ProcessHandle.of(Long.parseLong(id))
                .filter(process -> process.info().startInstant().orElse(Instant.MAX).isBefore(written.plus(CLOCK_TICK)))
                .ifPresent(Scratch::end);
    }

    /// Ends a server at once, and what it forked to save a snapshot; returns when it has ended.
    static void end(ProcessHandle server) {
        List<ProcessHandle> forked = server.descendants().toList();
        server.destroyForcibly();
        forked.forEach(ProcessHandle::destroyForcibly);
        server.onExit().completeOnTimeout(server, SECONDS_TO_END, TimeUnit.SECONDS).join(); // an orphan may be a zombie
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
