package lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/// An HTTP server on loopback: the JDK's, with what each lesson would have to set.
public final class Listener {
    private static final int INTERNAL_ERROR = 500;
    private static final int NO_BODY = -1;
    private static final int NOT_YET = -1; // the status of an exchange that has none

    private Listener() {}

    /// Answers one request.
    public interface Handler {
        /// @throws Exception that the client sees as a 500, unless a status was sent before
        void answer(HttpExchange exchange) throws Exception;
    }

    /// @see Lab#listen
    static int start(String thread, Handler handler) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else a short answer waits 40 ms for an ACK
        // seconds; the JDK's client gives up an idle connection after 30, so it is never the server that closes first
        System.setProperty("sun.net.httpserver.idleInterval", "300");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0, "/",
                exchange -> answer(exchange, handler));
        server.setExecutor(Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(thread).factory()));
        server.start();
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            try {
                handler.answer(exchange);
            } catch (Exception e) {
                if (exchange.getResponseCode() != NOT_YET) return; // the client has gone
                System.err.println("listen: " + exchange.getRequestURI() + ": " + e);
                exchange.sendResponseHeaders(INTERNAL_ERROR, NO_BODY);
            }
        }
    }
}
