package lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ClusterConnectionProvider;

/// Recorded connections to the nodes of a cluster.
///
/// Jedis keeps the map of slots to nodes, over connections of its own that stay unrecorded. Its pools cannot be told
/// how to make a connection: so each node has a pool here, and whatever hands out a connection takes it from here.
final class RecordedCluster extends ClusterConnectionProvider {
    private final Function<HostAndPort, ConnectionPool> newPool;
    private final Map<String, ConnectionPool> pools = new ConcurrentHashMap<>(); // by host:port

    RecordedCluster(HostAndPort node, JedisClientConfig settings, GenericObjectPoolConfig<Connection> pool,
            Recorder recorder, String prefix) {
        super(Set.of(node), settings, pool);
        newPool = any -> new ConnectionPool(RecordedConnection.factory(any, settings, recorder, prefix), pool);
    }

    @Override
    public Connection getConnection(HostAndPort node) {
        return node == null ? getConnection() : pool(node.toString()).getResource();
    }

    /// A connection to any primary that answers.
    @Override
    public Connection getConnection() {
        var primaries = new ArrayList<>(getPrimaryNodes().values());
        Collections.shuffle(primaries);
        var failure = new JedisConnectionException("no primary of the cluster answers");
        for (ConnectionPool primary : primaries) {
            try {
                Connection connection = primary.getResource();
                connection.ping();
                return connection;
            } catch (JedisException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    @Override
    public Connection getConnectionFromSlot(int slot) {
        if (getNode(slot) == null) renewSlotCache();
        return getConnection(getNode(slot));
    }

    /// A connection to a replica of the slot, to its primary if it has none.
    @Override
    public Connection getReplicaConnectionFromSlot(int slot) {
        List<ConnectionPool> replicas = cache.getSlotReplicaPools(slot);
        if (replicas == null) return getConnectionFromSlot(slot);
        ConnectionPool one = replicas.get(ThreadLocalRandom.current().nextInt(replicas.size()));
        return super.getNodes().entrySet().stream().filter(node -> node.getValue() == one).findFirst()
                .map(node -> pool(node.getKey()).getResource()).orElseGet(() -> getConnectionFromSlot(slot));
    }

    @Override
    public Map<String, ConnectionPool> getNodes() {
        return own(super.getNodes());
    }

    @Override
    public Map<String, ConnectionPool> getPrimaryNodes() {
        return own(super.getPrimaryNodes());
    }

    @Override
    public void close() {
        super.close();
        pools.values().forEach(ConnectionPool::close);
    }

    private Map<String, ConnectionPool> own(Map<String, ConnectionPool> nodes) {
        return nodes.keySet().stream().collect(Collectors.toMap(Function.identity(), this::pool));
    }

    private ConnectionPool pool(String node) {
        return pools.computeIfAbsent(node, name -> newPool.apply(HostAndPort.from(name)));
    }
}
