package lab;

import java.util.List;
import java.util.stream.Stream;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;

/// A cluster of three primaries on this machine.
record TestCluster(List<PrivateValkey> nodes) implements AutoCloseable {
    private static final int SLOTS = 16_384;

    static TestCluster start() {
        List<PrivateValkey> nodes = Stream.generate(() -> PrivateValkey.start("cluster-enabled yes")).limit(3).toList();
        for (int i = 0; i < 3; i++) {
            ask(nodes.get(i), "ADDSLOTSRANGE", "" + i * SLOTS / 3, "" + ((i + 1) * SLOTS / 3 - 1));
            ask(nodes.get(i), "SET-CONFIG-EPOCH", "" + (i + 1));
        }
        for (PrivateValkey node : nodes.subList(1, 3)) ask(node, "MEET", "127.0.0.1", "" + nodes.getFirst().port());
        for (PrivateValkey node : nodes) while (!isReady(ask(node, "INFO"))) Thread.onSpinWait();
        return new TestCluster(nodes);
    }

    ValkeyServer server() {
        return ValkeyServer.at(ValkeyUrl.parse("redis-cluster://127.0.0.1:" + nodes.getFirst().port()));
    }

    @Override
    public void close() {
        nodes.forEach(PrivateValkey::close);
    }

    private static boolean isReady(String info) {
        return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:3");
    }

    /// A CLUSTER command, asked of one node.
    private static String ask(PrivateValkey node, String... words) {
        try (var connection = new Connection(new HostAndPort("127.0.0.1", node.port()))) {
            connection.sendCommand(Command.CLUSTER, words);
            return BuilderFactory.STRING.build(connection.getOne());
        }
    }
}
