package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordedHttpTest {
    private HttpServer origin;
    private Recording recording;
    private HttpClient client;

    @BeforeEach void start() throws IOException {
        origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.createContext("/weather", exchange -> {
            exchange.getResponseHeaders().add("ETag", "\"7\"");
            exchange.getResponseHeaders().add("Set-Cookie", "session=s3cret; HttpOnly; SameSite=Lax");
            boolean same = "\"7\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            exchange.sendResponseHeaders(same ? 304 : 200, same ? -1 : 5);
            if (!same) exchange.getResponseBody().write("sunny".getBytes());
            exchange.close();
        });
        origin.createContext("/silent", _ -> {}); // no answer, until it stops
        origin.start();
        recording = Recording.start();
        client = new RecordedHttp(HttpClient.newHttpClient(), recording.recorder());
    }

    @AfterEach void stop() throws IOException {
        origin.stop(0);
        client.shutdownNow();
        recording.close();
    }

    @Test void aRequestIsRecordedWithWhatACacheLivesBy() throws Exception {
        assertEquals("sunny", client.send(request("/weather?in=ZRH").build(), BodyHandlers.ofString()).body());
        Event.Http http = recorded();
        assertEquals("GET /weather?in=ZRH 200 5", "%s %s %d %d".formatted(http.method(), http.target(), http.status(), http.bytes()));
        assertTrue(http.replied().contains("etag: \"7\""), http.replied().toString());
        assertFalse(http.replied().toString().contains("date:"), "what differs from run to run is left out");
    }

    @Test void aConditionShowsOnBothSides() throws Exception {
        client.send(request("/weather").header("If-None-Match", "\"7\"").build(), BodyHandlers.discarding());
        assertEquals(304, recorded().status());
        assertEquals(List.of("if-none-match: \"7\""), recorded().headers());
    }

    @Test void noSecretIsRecorded() throws Exception {
        var secret = request("/weather").header("Authorization", "Bearer s3cret").header("Cookie", "session=s3cret; lang=de");
        client.send(secret.build(), BodyHandlers.ofString());
        assertFalse(recording.lines().toString().contains("s3cret"));
        assertEquals(List.of("cookie: session=(hidden); lang=(hidden)"), recorded().headers());
        assertTrue(recorded().replied().contains("set-cookie: session=(hidden); HttpOnly; SameSite=Lax"), recorded().replied().toString());
    }

    @Test void whatIsNotAnsweredIsRecordedToo() throws Exception {
        var impatient = request("/silent").timeout(Duration.ofMillis(50)).build();
        assertThrows(HttpTimeoutException.class, () -> client.send(impatient, BodyHandlers.ofString()));
        assertEquals(0, recorded().status());
        assertEquals("request timed out", recorded().failure());
    }

    @Test void whoDoesNotWaitIsRecordedAsWell() throws Exception {
        client.sendAsync(request("/weather").build(), BodyHandlers.ofString()).join();
        assertEquals(200, recorded().status());
    }

    @Test void requestsAreCountedApartFromCommands() throws Exception {
        client.send(request("/weather").build(), BodyHandlers.ofString());
        Event.Count count = recording.recorder().takeCounts().getFirst();
        assertEquals("HTTP 1", count.name() + " " + count.calls());
        assertFalse(count.ofValkey());
    }

    private Event.Http recorded() {
        return recording.events(Event.Http.class).getFirst();
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + origin.getAddress().getPort() + target));
    }
}
