package lab;

import data.Fault;
import data.Folders;
import data.UserCache;
import java.io.IOException;
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

/// The folders of private servers: one for this process, in it one for each of its servers.
///
/// This process locks a file in its folder as long as it lives, and the kernel frees that lock however it ends. So a folder
/// whose lock is free has no owner any more: whoever starts its first server ends what still runs there, and deletes it.
final class ServerFolders {
    private static final String LOCK = "lock";
    /// Where a server's process writes its id before it becomes the server.
    static final String PID = "pid";
    private static final Duration CLOCK_TICK = Duration.ofSeconds(1); // process start times are no finer on Linux

    private static final int SECONDS_TO_END = 5;

    private static Path home;
    private static FileChannel held; // keeps the lock: closed, it would be free
    private static int servers;
    private static boolean ending;

    private ServerFolders() {}

    /// A new folder for a server of this process. The first sweeps what dead processes left.
    static synchronized Path create() {
        try {
            if (ending) throw new Fault(Fault.FAILED, "no server is started while this process ends");
            if (home == null) home = open(UserCache.folder("servers"));
            return Files.createDirectory(home.resolve(String.valueOf(++servers)));
        } catch (IOException e) {
            throw new Fault(Fault.USAGE, "cannot make a folder for a private server: " + e.getMessage(), e);
        }
    }

    /// Deletes the folder of this process, which is ending; its servers have ended.
    static synchronized void delete() throws IOException {
        ending = true;
        if (home != null) Folders.delete(home);
    }

    private static Path open(Path all) throws IOException {
        try (FileChannel guard = channel(all.resolve(LOCK)); FileLock _ = guard.lock()) { // a folder not locked yet is no prey
            sweep(all);
            Path mine = Files.createTempDirectory(all, ProcessHandle.current().pid() + "-");
            held = channel(mine.resolve(LOCK));
            held.lock();
            return mine;
        }
    }

    static void sweep(Path all) throws IOException {
        List<Path> folders;
        try (Stream<Path> paths = Files.list(all)) {
            folders = paths.filter(Files::isDirectory).toList();
        }
        for (Path folder : folders) {
            try (FileChannel file = channel(folder.resolve(LOCK)); FileLock free = file.tryLock()) {
                if (free != null) bury(folder);
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

    /// Ends the process that wrote `record`. Ids are not used again while their process lives, so one that has the id and
    /// started before the record was written is the one that wrote it; one that started later is a stranger.
    private static void endServer(Path record) throws IOException {
        String id = Files.readString(record).strip();
        if (!id.matches("\\d+")) return;
        Instant written = Files.getLastModifiedTime(record).toInstant();
        ProcessHandle.of(Long.parseLong(id))
                .filter(process -> process.info().startInstant().filter(start -> start.isBefore(written.plus(CLOCK_TICK))).isPresent())
                .ifPresent(ServerFolders::end);
    }

    /// Ends a server at once, and what it forked to save a snapshot; returns when it has ended.
    static void end(ProcessHandle server) {
        List<ProcessHandle> forked = server.descendants().toList();
        server.destroyForcibly();
        forked.forEach(ProcessHandle::destroyForcibly);
        server.onExit().completeOnTimeout(server, SECONDS_TO_END, TimeUnit.SECONDS).join(); // an orphan may stay a zombie
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
