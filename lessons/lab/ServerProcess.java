package lab;

import data.Fault;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A running valkey-server on a port of 127.0.0.1, started in a folder that holds its `valkey.conf`.
record ServerProcess(Process process, int port) {
    private static final int ATTEMPTS = 5;
    private static final int HIGHEST_PORT = 65_535 - 10_000; // a cluster's bus listens 10,000 above
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int POLL_MILLIS = 5;
    private static final int CONNECTION_MILLIS = 1_000;

    /// Starts a server with these lines in its `valkey.conf` and returns when it answers.
    ///
    /// @throws Fault (usage) if it ends, with the last words of its log, or does not answer
    static ServerProcess startOnFreePort(ValkeyBinary binary, Path folder, List<String> options) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                int port = freePort();
                Files.writeString(folder.resolve("valkey.conf"), """
                        bind 127.0.0.1
                        port %d
                        save ""
                        # DEBUG OBJECT and DIGEST-VALUE look at a key without counting as a keyspace hit
                        enable-debug-command local
                        %s
                        """.formatted(port, String.join("\n", options)));
                Optional<ServerProcess> started = start(binary, folder, port);
                if (started.isPresent()) return started.get();
            } catch (IOException e) {
                throw failure(binary, e.getMessage());
            }
        }
        throw failure(binary, "other programs took each of the " + ATTEMPTS + " ports tried");
    }

    /// Starts a server whose `valkey.conf` is there, and returns when it answers; empty if its port was taken.
    static Optional<ServerProcess> start(ValkeyBinary binary, Path folder, int port) {
        try {
            Path log = folder.resolve("log");
            Process process = launch(binary, folder, log);
            boolean ready = false;
            try {
                ready = answers(binary, process, port, log);
            } finally {
                if (!ready) Scratch.end(process.toHandle());
            }
            return ready ? Optional.of(new ServerProcess(process, port)) : Optional.empty();
        } catch (IOException e) {
            throw failure(binary, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(binary, "interrupted");
        }
    }

    void signal(String name) {
        try { // the shell has kill built in; as a program it is missing on small systems
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new Fault(Fault.FAILED, "cannot send SIG" + name + " to a server: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Fault failure(ValkeyBinary binary, String why) {
        return new Fault(Fault.USAGE, "%s (%s) did not start: %s".formatted(binary.path(), binary.version(), why));
    }

    /// A shell notes its own id and becomes the server: the server never runs without its id on record.
    private static Process launch(ValkeyBinary binary, Path folder, Path log) throws IOException {
        String becomeServer = "echo $$ >" + Scratch.PID + "; exec \"$0\" valkey.conf";
        var builder = new ProcessBuilder("sh", "-c", becomeServer, binary.path().toString()).directory(folder.toFile())
                .redirectInput(new File("/dev/null")).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("LC_ALL", "C"); // a package that brought its own libc knows no other locale
        return builder.start();
    }

    /// Waits until the server answers: true; or until it is clear that another program has the port: false.
    private static boolean answers(ValkeyBinary binary, Process process, int port, Path log)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            String answer = ask(port);
            if (!process.isAlive()) {
                if (Files.readString(log, StandardCharsets.ISO_8859_1).contains("Address already in use")) return false;
                throw failure(binary, lastWords(log));
            }
            if (answer.startsWith("-NOAUTH")) return true; // up, and has a password
            if (answer.startsWith("+PONG")) return answer.contains("\nprocess_id:" + process.pid() + "\r");
            Thread.sleep(POLL_MILLIS);
        }
        throw failure(binary, "no answer within " + PATIENCE.toSeconds() + " s");
    }

    /// What a server on `port` says to PING, and then who it is; empty while none listens. While it loads, PING fails.
    private static String ask(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECTION_MILLIS);
            socket.setSoTimeout(CONNECTION_MILLIS);
            socket.getOutputStream().write("PING\r\nINFO server\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /// A port that is free now. Another program may take it before our server does.
    private static int freePort() throws IOException {
        while (true) {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (socket.getLocalPort() <= HIGHEST_PORT) return socket.getLocalPort();
            }
        }
    }

    /// The log's last line; of a refused configuration, which line of it was refused as well.
    private static String lastWords(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
                .filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty()) return "it ended without a word";
        boolean refused = lines.size() > 1 && lines.get(lines.size() - 2).startsWith(">>> ");
        return (refused ? lines.get(lines.size() - 2).substring(4) + ": " : "") + lines.getLast();
    }
}
