package lab;

import data.Fault;
import data.Folders;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import redis.clients.jedis.UnifiedJedis;

/// A Valkey server of one's own: a free port of 127.0.0.1, a folder of its own, no persistence unless asked for.
///
/// It is gone, with its folder, when it is closed or when this process ends: by itself, by an exception, by Ctrl-C or
/// SIGTERM. After a kill -9 the next process that starts a server ends it (see [Scratch]).
public final class PrivateValkey implements AutoCloseable {
    private static final Set<PrivateValkey> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Scratch.atEnd(() -> OPEN.forEach(PrivateValkey::close));
    }

    private final ValkeyBinary binary;
    private final Path folder = Scratch.folder();
    private ServerProcess server;
    private UnifiedJedis client;
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
        var valkey = new PrivateValkey(binary);
        OPEN.add(valkey);
        try {
            valkey.open(Stream.of(options).map(option -> option.replaceFirst("^--", "")).toList());
            return valkey;
        } catch (RuntimeException e) {
            valkey.close();
            throw e;
        }
    }

    private synchronized void open(List<String> options) {
        if (closed) throw new Fault(Fault.FAILED, "no server is started while this process ends");
        server = ServerProcess.startOnFreePort(binary, folder, options);
    }

    /// On loopback; the same one after [#restart()].
    public synchronized int port() {
        return server.port();
    }

    /// The process's id; another one after [#restart()].
    public synchronized long pid() {
        return server.process().pid();
    }

    /// That of its program, such as `9.1.2`.
    public Version version() {
        return binary.version();
    }

    /// A program that comes with the server, such as `valkey-benchmark`: where it would be. Some systems package it
    /// apart.
    public Path program(String name) {
        return binary.path().resolveSibling(name);
    }

    /// `redis://127.0.0.1:41234`, as Jedis takes it.
    public URI uri() {
        return URI.create("redis://127.0.0.1:" + port());
    }

    /// A pooled, recorded client; the same one at each call, also after [#restart()], and closed with the server.
    ///
    /// @throws Fault (usage) if the server asks for more than to connect, such as a password, or is down at the first
    ///         call
    public synchronized UnifiedJedis client() {
        if (client == null) client = ValkeyServer.at(ValkeyUrl.parse(uri().toString())).client(Recorder.get(), "");
        return client;
    }

    /// Its working folder, where snapshots and append-only files are.
    public Path folder() {
        return folder;
    }

    /// SIGKILL: what was not on disk is lost. Folder and port are kept for [#restart()].
    public synchronized void kill() {
        Scratch.end(server.process().toHandle());
    }

    /// SIGSTOP: connections stay open, and nothing answers until [#resume()].
    public synchronized void pause() {
        server.signal("STOP");
    }

    /// SIGCONT.
    public synchronized void resume() {
        server.signal("CONT");
    }

    /// Starts it again on its port and in its folder. One that still runs is shut down, and saves what it is to save.
    ///
    /// @throws Fault (usage) if another program took the port meanwhile
    public synchronized void restart() {
        if (closed) throw new Fault(Fault.FAILED, "a closed server cannot be restarted: its folder is gone");
        if (server.process().isAlive()) {
            resume(); // a paused process does not hear SIGTERM
            server.process().destroy();
            server.process().onExit().join();
        }
        server = ServerProcess.start(binary, folder, server.port())
                .orElseThrow(() -> ServerProcess.failure(binary, "another program took port " + server.port()));
    }

    /// Ends it and deletes its folder.
    @Override public synchronized void close() {
        if (closed) return;
        closed = true;
        OPEN.remove(this);
        if (client != null) client.close();
        if (server != null) kill();
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            // it goes with the folder of this process, or in the next one's sweep
        }
    }
}
