package lab;

import data.Fault;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;

/// A cluster of one's own: three primaries with a third of the slots each, and a replica for each of them.
///
/// Its nodes are gone, with their folders, when it is closed or when this process ends.
public final class PrivateCluster implements AutoCloseable {
    private static final int PRIMARIES = 3;
    private static final int SLOTS = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int POLL_MILLIS = 5;

    private final List<PrivateValkey> nodes;
    private UnifiedJedis client;

    private PrivateCluster(List<PrivateValkey> nodes) {
        this.nodes = nodes;
    }

    /// Starts one and returns when each primary serves its slots and each replica follows.
    ///
    /// @param options of each node, as for [PrivateValkey#start]
    /// @throws Fault (usage) if there is no Valkey to be had, or the cluster is not whole within 30 s
    public static PrivateCluster start(String... options) {
        return start(PRIMARIES, options);
    }

    /// @param replicas how many of the primaries have one, from the first on
    static PrivateCluster start(int replicas, String... options) {
        String[] all = Stream.concat(Stream.of("cluster-enabled yes", "repl-diskless-sync-delay 0"), Stream.of(options))
                .toArray(String[]::new);
        var cluster = new PrivateCluster(
                Stream.generate(() -> PrivateValkey.start(all)).limit(PRIMARIES + replicas).toList());
        try {
            cluster.form();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void form() {
        for (int i = 0; i < PRIMARIES; i++) {
            ask(nodes.get(i), "ADDSLOTSRANGE", "" + i * SLOTS / PRIMARIES, "" + ((i + 1) * SLOTS / PRIMARIES - 1));
        }
        for (int i = 0; i < nodes.size(); i++) ask(nodes.get(i), "SET-CONFIG-EPOCH", "" + (i + 1));
        for (PrivateValkey node : nodes.subList(1, nodes.size())) {
            ask(node, "MEET", "127.0.0.1", "" + nodes.getFirst().port());
        }
        for (PrivateValkey node : nodes) await(() -> ask(node, "INFO").contains("cluster_known_nodes:" + nodes.size()));
        for (int i = PRIMARIES; i < nodes.size(); i++) {
            PrivateValkey replica = nodes.get(i);
            String primary = ask(nodes.get(i - PRIMARIES), "MYID");
            await(() -> replicates(replica, primary));
        }
        for (PrivateValkey replica : nodes.subList(PRIMARIES, nodes.size())) await(() -> follows(replica));
        for (PrivateValkey node : nodes) await(() -> whole(ask(node, "INFO")));
    }

    /// The state alone will not do: without full coverage a node is `ok` before it knows of others' slots.
    private static boolean whole(String info) {
        return info.contains("cluster_state:ok") && info.contains("cluster_slots_assigned:" + SLOTS);
    }

    /// Refused as long as the replica has not heard of the primary.
    private static boolean replicates(PrivateValkey replica, String primary) {
        try {
            return ask(replica, "REPLICATE", primary).equals("OK");
        } catch (JedisDataException e) {
            return false;
        }
    }

    private static boolean follows(PrivateValkey replica) {
        return ask(replica, Command.INFO, "replication").contains("master_link_status:up");
    }

    /// The nodes, as they were started: the primaries, then the first one's replica, and so on.
    public List<PrivateValkey> nodes() {
        return nodes;
    }

    /// `redis-cluster://127.0.0.1:41234`, its first node.
    public String url() {
        return "redis-cluster://127.0.0.1:" + nodes.getFirst().port();
    }

    /// A recorded client of the cluster; the same one at each call, and closed with it.
    public synchronized UnifiedJedis client() {
        if (client == null) client = ValkeyServer.at(ValkeyUrl.parse(url())).client(Recorder.get(), "");
        return client;
    }

    /// Ends its nodes and deletes their folders.
    @Override public void close() {
        if (client != null) client.close();
        nodes.forEach(PrivateValkey::close);
    }

    private static void await(BooleanSupplier so) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end)
                throw new Fault(Fault.USAGE, "a cluster on 127.0.0.1 was not whole within 30 s");
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Fault(Fault.FAILED, "interrupted while a cluster started", e);
            }
        }
    }

    private static String ask(PrivateValkey node, String... words) {
        return ask(node, Command.CLUSTER, words);
    }

    private static String ask(PrivateValkey node, Command command, String... words) {
        try (var connection = new Connection(new HostAndPort("127.0.0.1", node.port()))) {
            connection.sendCommand(command, words);
            return BuilderFactory.STRING.build(connection.getOne());
        }
    }
}
