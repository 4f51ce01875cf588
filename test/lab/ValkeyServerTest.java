package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import data.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ValkeyServerTest {
    static PrivateValkey valkey;

    @BeforeAll
    static void start() {
        valkey = PrivateValkey.start("requirepass s3cret", "user reader on >r3ader ~* -@all +get");
    }

    @AfterAll
    static void stop() {
        valkey.close();
    }

    @Test
    void tellsItsVersionAndTopology() {
        ValkeyServer server = ValkeyServer.at(url(":s3cret@"));
        assertTrue(server.version().matches("\\d+\\.\\d+\\.\\d+"), server.version());
        assertFalse(server.cluster());
    }

    @Test
    void aWrongPasswordIsSaidInOneLineWithoutThePassword() {
        for (String who : new String[] {"", ":wr0ng@", "nobody:wr0ng@"}) {
            String message = refused(url(who));
            assertTrue(message.contains("NOAUTH") || message.contains("WRONGPASS"), message);
            assertTrue(message.contains("127.0.0.1:" + valkey.port()), message);
            assertFalse(message.contains("wr0ng"), message);
        }
    }

    @Test
    void aUserWhoMayTooLittleIsToldWhat() {
        String message = refused(url("reader:r3ader@"));
        assertTrue(message.contains("reader@127.0.0.1") && message.contains("NOPERM"), message);
    }

    @Test
    void aPrimaryWithAReplicaWillDoAndTheReplicaNamesIt() {
        String primary = "127.0.0.1 " + valkey.port();
        try (var replica = PrivateValkey.start("replicaof " + primary, "masterauth s3cret")) {
            ValkeyUrl url = ValkeyUrl.parse(replica.uri().toString());
            String message = assertThrows(Fault.class, () -> ValkeyServer.primaryAt(url)).getMessage();
            assertTrue(message.contains("is a replica") && message.contains(primary.replace(' ', ':')), message);
            assertEquals(valkey.version().toString(), ValkeyServer.primaryAt(url(":s3cret@")).version());
        }
    }

    @Test
    void nobodyListensThere() throws Exception {
        ServerSocket closed = new ServerSocket(0);
        closed.close();
        String message = refused(ValkeyUrl.parse("valkey://127.0.0.1:" + closed.getLocalPort()));
        assertTrue(message.contains("Connection refused"), message);
        assertTrue(refused(ValkeyUrl.parse("valkey://no-such-host.invalid")).contains("no host of that name"));
    }

    @Test
    void aWebServerIsNoValkey() throws Exception {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.start();
        try {
            String message = refused(ValkeyUrl.parse("valkey://127.0.0.1:" + web.getAddress().getPort()));
            assertTrue(message.contains("does not speak Valkey's protocol"), message);
        } finally {
            web.stop(0);
        }
    }

    @Test
    void aStandaloneServerIsNoCluster() {
        String message = refused(ValkeyUrl.parse("redis-cluster://:s3cret@127.0.0.1:" + valkey.port()));
        assertTrue(message.contains("is no cluster"), message);
    }

    @Test
    void whatIsTooOldOrAnotherServerIsRefused() throws Exception {
        assertTrue(refusedWithInfo("valkey_version:7.2.8\r\nserver_mode:standalone").contains("is Valkey 7.2.8"));
        assertTrue(refusedWithInfo("redis_version:8.2.1\r\nredis_mode:standalone").contains("is not Valkey"));
    }

    private static ValkeyUrl url(String who) {
        return ValkeyUrl.parse("valkey://" + who + "127.0.0.1:" + valkey.port());
    }

    private static String refused(ValkeyUrl url) {
        Fault fault = assertThrows(Fault.class, () -> ValkeyServer.at(url));
        assertEquals(Fault.USAGE, fault.exitCode());
        assertEquals(1, fault.getMessage().lines().count(), fault.getMessage());
        return fault.getMessage();
    }

    /// Asks a server that answers the handshake and says `info` of itself.
    private static String refusedWithInfo(String info) throws IOException {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> {
                try (Socket socket = listening.accept()) {
                    var lines = new BufferedReader(new InputStreamReader(socket.getInputStream()));
                    OutputStream out = socket.getOutputStream();
                    for (String line; (line = lines.readLine()) != null; ) {
                        String reply = switch (line) {
                            case "HELLO" -> "%1\r\n$5\r\nproto\r\n:3\r\n";
                            case "CLIENT" -> "+OK\r\n";
                            case "INFO" -> "$%d\r\n%s\r\n".formatted(info.length(), info);
                            default -> "";
                        };
                        out.write(reply.getBytes(StandardCharsets.US_ASCII));
                    }
                } catch (IOException e) {
                    // the client hung up
                }
            });
            return refused(ValkeyUrl.parse("valkey://127.0.0.1:" + listening.getLocalPort()));
        }
    }
}
