package lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// A port of loopback for a server that is told where to listen.
public final class TestPorts {
    private TestPorts() {}

    /// One that nobody listens on; who comes first may take it.
    public static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
