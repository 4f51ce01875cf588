package lab;

import data.Fault;
import data.Folders;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Valkey server of one's own, on a free port of 127.0.0.1, in a folder of its own, with no persistence unless asked for.
///
/// It is gone, with its folder, when it is closed or when this process ends: by itself, by an exception, by Ctrl-C or
/// SIGTERM. After a kill -9 the next process that starts a server ends it (see [Scratch]).
public final class PrivateValkey implements AutoCloseable {
    private static final int ATTEMPTS = 5;
    private static final int HIGHEST_PORT = 65_535 - 10_000; // a cluster's bus listens 10,000 above
    private static final Set<PrivateValkey> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Scratch.atEnd(() -> OPEN.forEach(PrivateValkey::close));
    }

    private final ValkeyBinary binary;
    private final Path folder = Scratch.folder();
    private int port;
    private Process process;
    private boolean closed;

    private PrivateValkey(ValkeyBinary binary) {
        this.binary = binary;
    }

    /// Starts a server and returns when it answers. An option is a line of valkey.conf, with or without leading dashes:
    /// `--maxmemory 8mb`.
    ///
    /// @throws Fault (usage) if there is no Valkey to be had, or it ends at once, as over an option it does not know
    static PrivateValkey start(String... options) {
        return start(ValkeyBinary.find(), options);
    }

    static PrivateValkey start(ValkeyBinary binary, String... options) {
        var server = new PrivateValkey(binary);
        OPEN.add(server);
        try {
            server.startOnFreePort(Stream.of(options).map(option -> option.replaceFirst("^--", "")).collect(Collectors.joining("\n")));
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    public synchronized int port() {
        return port;
    }

    /// The process's id; another one after [#restart()].
    public synchronized long pid() {
        return process.pid();
    }

    public Version version() {
        return binary.version();
    }

    /// `redis://127.0.0.1:41234`, as Jedis takes it.
    public URI uri() {
        return URI.create("redis://127.0.0.1:" + port());
    }

    /// Its working folder, where snapshots and append-only files are.
    public Path folder() {
        return folder;
    }

    /// SIGKILL: what was not on disk is lost. Folder and port are kept for [#restart()].
    public synchronized void kill() {
        Scratch.end(process.toHandle());
    }

    /// SIGSTOP: connections stay open, and nothing answers until [#resume()].
    public synchronized void pause() {
        signal("STOP");
    }

    /// SIGCONT.
    public synchronized void resume() {
        signal("CONT");
    }

    /// Starts it again on its port and in its folder. One that still runs is shut down, and saves what it was told to save.
    public synchronized void restart() {
        if (process.isAlive()) {
            resume(); // a paused process does not hear SIGTERM
            process.destroy();
            process.onExit().join();
        }
        process = ServerProcess.start(binary, folder, port)
                .orElseThrow(() -> ServerProcess.failure(binary, "another program took port " + port));
    }

    /// Ends it and deletes its folder.
    @Override public synchronized void close() {
        if (closed) return;
        closed = true;
        OPEN.remove(this);
        if (process != null) kill();
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            // it goes with the folder of this process, or in the next one's sweep
        }
    }

    private synchronized void startOnFreePort(String options) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (closed) throw new Fault(Fault.FAILED, "this process is ending");
            port = freePort();
            configure(options);
            Optional<Process> started = ServerProcess.start(binary, folder, port);
            if (started.isPresent()) {
                process = started.get();
                return;
            }
        }
        throw ServerProcess.failure(binary, "other programs took each of the " + ATTEMPTS + " ports tried");
    }

    private void configure(String options) {
        try {
            Files.writeString(folder.resolve("valkey.conf"), """
                    bind 127.0.0.1
                    port %d
                    save ""
                    # DEBUG OBJECT and DIGEST-VALUE look at a key without counting as a keyspace hit
                    enable-debug-command local
                    %s
                    """.formatted(port, options));
        } catch (IOException e) {
            throw ServerProcess.failure(binary, e.getMessage());
        }
    }

    /// A port that is free now. Another program may take it before our server does.
    private int freePort() {
        while (true) {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (socket.getLocalPort() <= HIGHEST_PORT) return socket.getLocalPort();
            } catch (IOException e) {
                throw ServerProcess.failure(binary, "no free port: " + e.getMessage());
            }
        }
    }

    private void signal(String name) {
        try { // the shell has kill built in; as a program it is missing on small systems
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new Fault(Fault.FAILED, "cannot send SIG%s to the private server: %s".formatted(name, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
