package lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;

/// A cluster of three primaries on this machine.
record TestCluster(List<TestValkey> nodes) implements AutoCloseable {
    private static final int SLOTS = 16_384;

    static TestCluster start() {
        var nodes = new ArrayList<TestValkey>();
        for (int i = 0; i < 3; i++) nodes.add(TestValkey.start("--cluster-enabled", "yes", "--cluster-port", "" + freePort()));
        for (int i = 0; i < 3; i++) {
            ask(nodes.get(i), "ADDSLOTSRANGE", "" + i * SLOTS / 3, "" + ((i + 1) * SLOTS / 3 - 1));
            ask(nodes.get(i), "SET-CONFIG-EPOCH", "" + (i + 1));
        }
        String first = "" + nodes.getFirst().port();
        String bus = ask(nodes.getFirst(), "NODES").split("[@,]")[1].split(" ")[0];
        for (TestValkey node : nodes.subList(1, 3)) ask(node, "MEET", "127.0.0.1", first, bus);
        for (TestValkey node : nodes)
            while (!(ask(node, "INFO").contains("cluster_state:ok") && ask(node, "INFO").contains("cluster_known_nodes:3"))) Thread.onSpinWait();
        return new TestCluster(nodes);
    }

    ValkeyServer server() {
        return ValkeyServer.at(ValkeyUrl.parse("redis-cluster://127.0.0.1:" + nodes.getFirst().port()));
    }

    /// A CLUSTER command, asked of one node.
    private static String ask(TestValkey node, String... words) {
        try (var connection = new Connection(new HostAndPort("127.0.0.1", node.port()))) {
            connection.sendCommand(Command.CLUSTER, words);
            return BuilderFactory.STRING.build(connection.getOne());
        }
    }

    private static int freePort() {
        try {
            return TestValkey.freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        nodes.forEach(TestValkey::close);
    }
}
