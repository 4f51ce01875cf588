package lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/// A valkey-server of a test's own, with a folder of its own.
record TestValkey(Process process, Path folder, int port) implements AutoCloseable {

    static TestValkey start(String... options) {
        try {
            int port = freePort();
            Path folder = Files.createTempDirectory("valkey");
            var command = new ArrayList<>(List.of("valkey-server", "--port", "" + port, "--bind", "127.0.0.1", "--save", "",
                    "--dir", folder.toString()));
            command.addAll(List.of(options));
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
            var server = new TestValkey(process, folder, port);
            server.awaitAnswer();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ValkeyUrl url() {
        return ValkeyUrl.parse("valkey://127.0.0.1:" + port);
    }

    ValkeyServer server() {
        return ValkeyServer.at(url());
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /// An error reply will do: it may want a password.
    private void awaitAnswer() throws IOException {
        while (process.isAlive()) {
            try (var connection = new Connection(new HostAndPort("127.0.0.1", port))) {
                connection.sendCommand(Command.PING);
                connection.getOne();
                return;
            } catch (JedisException e) {
                if (!(e.getMessage().startsWith("Failed to connect"))) return;
                Thread.onSpinWait();
            }
        }
        throw new IOException(Files.readString(folder.resolve("log")));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try (var files = Files.walk(folder)) {
            process.waitFor();
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
