package lab;

import data.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.util.PrefixedKeyArgumentPreProcessor;
import redis.clients.jedis.util.SafeEncoder;

/// A Valkey that answered: what it is, and clients of it.
///
/// @param version `9.1.2`
/// @param cluster whether it is a node of a cluster
public record ValkeyServer(ValkeyUrl url, String version, boolean cluster) {
    private static final int OLDEST = 8;
    private static final int CONNECT_MILLIS = 2_000;
    private static final int REPLY_MILLIS = 5_000;
    private static final int POOL = 64;
    private static final Duration POOL_WAIT = Duration.ofSeconds(10);
    private static final Pattern VERSION = Pattern.compile("valkey_version:(\\d+)(\\S+)");
    private static final Pattern MODE = Pattern.compile("(?:server|redis)_mode:(\\w+)");
    private static final Pattern PRIMARY = Pattern.compile("role:slave\\s+master_host:(\\S+)\\s+master_port:(\\d+)");

    /// Asks the server at `url` what it is; the URL of what it finds says whether that is a cluster.
    ///
    /// @throws Fault (usage) if there is none, it refuses us, or it is no Valkey of version 8.0 or later
    public static ValkeyServer at(ValkeyUrl url) {
        return of(url, info(url));
    }

    /// As [#at], for those who will write there.
    ///
    /// @throws Fault (usage) also if it is a replica; that of a cluster will do, its clients find the primaries
    public static ValkeyServer primaryAt(ValkeyUrl url) {
        String info = info(url);
        ValkeyServer server = of(url, info);
        Matcher primary = PRIMARY.matcher(info);
        if (!server.cluster && primary.find()) {
            throw ValkeyFaults.replica(url, primary.group(1) + ":" + primary.group(2));
        }
        return server;
    }

    private static String info(ValkeyUrl url) {
        try (Connection connection = new Connection(url.node(), settings(url, ""))) {
            connection.sendCommand(Command.INFO);
            return connection.getBulkReply();
        } catch (JedisException e) {
            throw ValkeyFaults.explain(url, e);
        }
    }

    private static ValkeyServer of(ValkeyUrl url, String info) {
        Matcher version = VERSION.matcher(info);
        if (!version.find()) throw ValkeyFaults.refuse(url, "is not Valkey");
        if (Integer.parseInt(version.group(1)) < OLDEST)
            throw ValkeyFaults.refuse(url, "is Valkey " + version.group(1) + version.group(2));
        Matcher mode = MODE.matcher(info);
        boolean cluster = mode.find() && mode.group(1).equals("cluster");
        if (url.cluster() && !cluster) throw ValkeyFaults.refuse(url, "is no cluster");
        var known = new ValkeyUrl(url.node(), url.tls(), cluster, url.user(), url.password(), url.database());
        return new ValkeyServer(known, version.group(1) + version.group(2), cluster);
    }

    /// A client with a pool of connections, each recorded. Waits are bounded: for a connection, and for a reply.
    ///
    /// @param prefix put before every key on the server, and seen nowhere else; empty for none
    public UnifiedJedis client(Recorder recorder, String prefix) {
        JedisClientConfig settings = settings(url, prefix);
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(POOL);
        pool.setMaxIdle(POOL);
        pool.setMaxWait(POOL_WAIT);
        return cluster
                ? RedisClusterClient.builder().nodes(Set.of(url.node())).clientConfig(settings)
                        .connectionProvider(new RecordedCluster(url.node(), settings, pool, recorder, prefix)).build()
                : RedisClient.builder().hostAndPort(url.node()).clientConfig(settings)
                        .connectionProvider(new PooledConnectionProvider(
                                RecordedConnection.factory(url.node(), settings, recorder, prefix), pool)).build();
    }

    /// An unrecorded connection to one node.
    Connection connect(HostAndPort node) {
        return new Connection(node, settings(url, ""));
    }

    /// The nodes that hold keys and take writes, as they are now.
    List<HostAndPort> primaries() {
        if (!cluster) return List.of(url.node());
        try (Connection connection = connect(url.node())) {
            connection.sendCommand(Command.CLUSTER, "SLOTS");
            return connection.getObjectMultiBulkReply().stream()
                    .map(range -> (List<?>) ((List<?>) range).get(2)) // first and last slot, the primary, its replicas
                    .map(primary -> hostAndPort((byte[]) primary.get(0), (Long) primary.get(1))).distinct().toList();
        }
    }

    private static HostAndPort hostAndPort(byte[] host, long port) {
        return new HostAndPort(SafeEncoder.encode(host), (int) port);
    }

    /// How to connect: every wait is bounded but that of a blocking command.
    private static JedisClientConfig settings(ValkeyUrl url, String prefix) {
        var settings = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(CONNECT_MILLIS).socketTimeoutMillis(REPLY_MILLIS)
                .user(url.user()).password(url.password()).database(url.database());
        if (url.tls()) settings.sslOptions(SslOptions.defaults());
        if (!prefix.isEmpty()) settings.commandKeyArgumentPreProcessor(new PrefixedKeyArgumentPreProcessor(prefix));
        return settings.build();
    }
}
