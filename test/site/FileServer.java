package engine;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/// A folder, served over HTTP on loopback.
record FileServer(HttpServer server) implements AutoCloseable {

    static FileServer of(Path folder) {
        var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer server = SimpleFileServer.createFileServer(loopback, folder.toAbsolutePath().normalize(),
                SimpleFileServer.OutputLevel.NONE);
        server.start();
        return new FileServer(server);
    }

    /// Where a file of the folder is. On `localhost` a page may use the clipboard.
    String address(String file) {
        return "http://localhost:%d/%s".formatted(server.getAddress().getPort(), file);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
