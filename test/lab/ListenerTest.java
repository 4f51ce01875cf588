package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListenerTest {
    @Test
    void eachRequestHasAVirtualThreadOfThatName() throws Exception {
        int port = Listener.start("origin", exchange -> {
            byte[] body = (Thread.currentThread().getName() + Thread.currentThread().isVirtual()).getBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        });
        assertEquals("origintrue", get(port).body());
    }

    @Test
    void aHandlerThatFailsIsA500AndTheNextRequestIsAnswered() throws Exception {
        int port = Listener.start("origin", exchange -> {
            if (exchange.getRequestURI().getPath().equals("/")) throw new IllegalStateException("on purpose");
        });
        assertEquals(500, get(port).statusCode());
        assertEquals(500, get(port).statusCode());
    }

    @Test
    void aBodyThatEndsTooSoonIsAnErrorForTheClient() throws Exception {
        int port = Listener.start("origin", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write(new byte[5]);
            exchange.getResponseBody().flush();
        });
        assertThrows(IOException.class, () -> get(port));
    }

    @Test
    void nobodyElsewhereCanConnect() throws Exception {
        int port = Listener.start("origin", exchange -> {});
        Optional<InetAddress> outside = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && address.isSiteLocalAddress()).findFirst();
        try (Socket loopback = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertTrue(loopback.isConnected());
        }
        outside.ifPresent(address -> assertThrows(IOException.class, () -> new Socket(address, port).close()));
    }

    private static HttpResponse<String> get(int port) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build(),
                    BodyHandlers.ofString());
        }
    }
}
