package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import data.Fault;
import data.UserCache;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

class PrivateValkeyTest {
    @TempDir Path folder;

    // --- a server ---

    @Test
    void aServerAnswersOnLoopbackWithTheOptionsGivenAndIsGoneWhenClosed() throws IOException {
        PrivateValkey server = PrivateValkey.start("--maxmemory 8mb", "--save 60 1000");
        try (server) {
            assertEquals("8388608", setting(server, "maxmemory"));
            assertEquals("60 1000", setting(server, "save"));
            assertEquals("127.0.0.1", setting(server, "bind"));
            assertEquals("redis://127.0.0.1:" + server.port(), server.uri().toString());
            assertTrue(Files.isDirectory(server.folder()));
        }
        assertFalse(isAlive(server.pid()));
        assertFalse(Files.exists(server.folder()));
        server.close();
    }

    @Test
    void aServerSavesNothingUnlessAskedTo() throws IOException {
        try (var server = PrivateValkey.start()) {
            assertEquals("", setting(server, "save"));
            ask(server, "SET key value");
            server.restart();
            assertEquals("$-1", ask(server, "GET key"));
        }
    }

    @Test
    void aKilledServerComesBackOnItsPortWithWhatWasOnDisk() throws IOException {
        try (var server = PrivateValkey.start("--appendonly yes")) {
            int port = server.port();
            long pid = server.pid();
            ask(server, "SET key value");
            server.kill();
            assertFalse(isAlive(pid));
            assertThrows(IOException.class, () -> ask(server, "PING"));
            server.restart();
            assertEquals(port, server.port());
            assertNotEquals(pid, server.pid());
            assertEquals("$5", ask(server, "GET key"));
        }
    }

    @Test
    void aPausedServerIsSilentUntilResumedAndCanBeRestartedAndClosed() throws IOException {
        PrivateValkey server = PrivateValkey.start();
        try (server) {
            server.pause();
            assertThrows(SocketTimeoutException.class, () -> ask(server, "PING"));
            server.resume();
            assertEquals("+PONG", ask(server, "PING"));
            server.pause();
            server.restart();
            assertEquals("+PONG", ask(server, "PING"));
            server.pause();
        }
        assertFalse(isAlive(server.pid()));
    }

    @Test
    void aServerWithAPasswordStartsToo() throws IOException {
        try (var server = PrivateValkey.start("--requirepass secret")) {
            assertTrue(ask(server, "PING").startsWith("-NOAUTH"));
        }
    }

    @Test
    void itsClientIsTheSameAtEachCallLosesTheServerAndFindsItAgain() {
        var server = PrivateValkey.start("--appendonly yes");
        UnifiedJedis client = server.client();
        try (server) {
            assertSame(client, server.client());
            client.set("key", "value");
            server.kill();
            assertThrows(JedisConnectionException.class, () -> client.get("key"));
            server.restart();
            assertEquals("value", client.get("key"));
        }
        assertThrows(JedisException.class, () -> client.get("key"));
    }

    @Test
    void whatItsClientSendsIsRecorded() {
        try (var server = PrivateValkey.start()) {
            Recorder.get().takeCounts();
            server.client().set("key", "value");
            assertEquals(List.of("SET"), Recorder.get().takeCounts().stream().map(Event.Count::name).toList());
        }
    }

    // --- what can go wrong at the start ---

    @Test
    void anUnknownOptionIsNamed() {
        Fault fault = assertThrows(Fault.class, () -> PrivateValkey.start("--maxmemry 8mb"));
        assertEquals(Fault.USAGE, fault.exitCode());
        String end = " did not start: 'maxmemry 8mb': Bad directive or wrong number of arguments";
        assertTrue(fault.getMessage().endsWith(end), fault.getMessage());
    }

    @Test
    void aGarbledProgramIsNamedWithItsLastWords() throws IOException {
        Path garbled = TestPrograms.write(folder, "garbled", "echo one; echo 'Illegal instruction' >&2; exit 1");
        var binary = new ValkeyBinary(Version.parse("9.0.0"), garbled);
        Fault fault = assertThrows(Fault.class, () -> PrivateValkey.start(binary));
        assertEquals(garbled + " (9.0.0) did not start: Illegal instruction", fault.getMessage());
    }

    @Test
    void aPortThatAnotherProgramTookIsToldApart() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(folder.resolve("valkey.conf"), "bind 127.0.0.1\nport " + other.getLocalPort());
            assertTrue(ServerProcess.start(ValkeyBinary.find(), folder, other.getLocalPort()).isEmpty());
        }
    }

    @Test
    void aPortThatAnotherValkeyTookIsToldApart() throws IOException {
        try (var other = PrivateValkey.start()) {
            Files.writeString(folder.resolve("valkey.conf"), "bind 127.0.0.1\nport " + other.port());
            assertTrue(ServerProcess.start(ValkeyBinary.find(), folder, other.port()).isEmpty());
            assertEquals("+PONG", ask(other, "PING"));
        }
    }

    // --- how its owner may end ---

    @Test
    void aServerEndsWithAnOwnerThatReturns() throws Exception {
        Owner owner = own("returns");
        assertTrue(owner.process.waitFor(20, TimeUnit.SECONDS));
        owner.assertGone();
    }

    @Test
    void aServerEndsWithAnOwnerThatThrows() throws Exception {
        Owner owner = own("throws");
        assertTrue(owner.process.waitFor(20, TimeUnit.SECONDS));
        owner.assertGone();
    }

    @Test
    void aServerEndsWithAnOwnerThatIsTerminated() throws Exception {
        Owner owner = own("waits");
        owner.process.destroy();
        assertTrue(owner.process.waitFor(20, TimeUnit.SECONDS));
        owner.assertGone();
    }

    @Test
    void aServerWhoseOwnerWasKilledIsGoneAtTheNextStartAndLivingOwnersKeepTheirs() throws Exception {
        Owner killed = own("waits");
        Owner living = own("waits");
        killed.process.destroyForcibly().waitFor();
        assertTrue(isAlive(killed.server), "kill -9 leaves the server: that is what is to be swept");

        Owner next = own("returns");
        assertTrue(next.process.waitFor(20, TimeUnit.SECONDS));
        killed.assertGone();
        assertTrue(isAlive(living.server));
        living.process.destroy();
        assertTrue(living.process.waitFor(20, TimeUnit.SECONDS));
    }

    @Test
    void aProcessThatOnlyHasARecordedIdIsLeftAlone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            Path record = Files.createDirectories(folder.resolve("1-dead/1")).resolve("pid");
            Files.writeString(record, stranger.pid() + "\n");
            FileTime beforeItStarted = FileTime.from(Instant.now().minusSeconds(60));
            Files.setLastModifiedTime(record, beforeItStarted);
            Scratch.sweep(folder);
            assertTrue(stranger.isAlive());
            assertFalse(Files.exists(folder.resolve("1-dead")));
        } finally {
            stranger.destroyForcibly();
        }
    }

    private record Owner(Process process, long server, Path folder) {
        void assertGone() throws IOException {
            assertFalse(isAlive(server), "the server runs on");
            assertFalse(Files.exists(folder), "its folder is still there");
        }
    }

    /// Starts a process that owns a server; its cache is a folder of this test's, with the Valkey at hand in it.
    private Owner own(String how) throws IOException {
        Path cache = folder.resolve("cache/cache-me-if-you-can");
        if (Files.notExists(cache)) {
            Path kept = cache.resolve("valkey").resolve(ValkeyBinary.find().version() + "/bin");
            TestPrograms.write(kept, "valkey-server", "exec '" + ValkeyBinary.find().path() + "' \"$@\"");
        }
        var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), "lab.ServerOwner", how)
                .redirectError(folder.resolve("owner.err").toFile());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        Process process = builder.start();
        String line = process.inputReader().readLine();
        assertTrue(line != null, () -> "no server: " + read(folder.resolve("owner.err")));
        String[] said = line.split(" ", 2);
        return new Owner(process, Long.parseLong(said[0]), Path.of(said[1]));
    }

    // --- what a client sees ---

    private static String setting(PrivateValkey server, String name) throws IOException {
        String[] reply = exchange(server, "CONFIG GET " + name).split("\r\n", -1);
        return reply[4];
    }

    private static String ask(PrivateValkey server, String command) throws IOException {
        return exchange(server, command).split("\r\n", 2)[0];
    }

    private static String exchange(PrivateValkey server, String command) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(500);
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static boolean isAlive(long pid) throws IOException {
        return !TestProcesses.hasEnded(pid);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
