package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.params.XAddParams;

class KeyspaceWatchTest {
    static PrivateValkey valkey;
    static ValkeyServer server;
    static UnifiedJedis jedis;

    @BeforeAll
    static void start() {
        valkey = PrivateValkey.start("maxmemory-policy allkeys-lfu", "lfu-log-factor 0", "lfu-decay-time 0");
        server = ValkeyServer.at(ValkeyUrl.parse(valkey.uri().toString()));
        jedis = server.client(new Recorder("main", null), "");
    }

    @AfterAll
    static void stop() {
        jedis.close();
        valkey.close();
    }

    @BeforeEach
    void empty() {
        jedis.flushAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cache-me:lesson02:"})
    void tellsWhatWasAddedChangedAndRemoved(String prefix) {
        jedis.set("someone:else", "1");
        jedis.set(prefix + "same", "1");
        jedis.set(prefix + "value", "1");
        jedis.set(prefix + "time", "1");
        jedis.set(prefix + "encoding", "1");
        jedis.set(prefix + "gone", "1");
        try (var watch = new KeyspaceWatch(server, prefix)) {
            jedis.set(prefix + "value", "2");
            jedis.set(prefix + "same", "1");
            jedis.expire(prefix + "time", 100);
            jedis.append(prefix + "encoding", "2");
            jedis.del(prefix + "gone");
            jedis.hset(prefix + "hash", Map.of("gate", "B12"));
            jedis.set(prefix + "added", "Zürich", SetParams.setParams().px(60_000));
            Event.Keyspace diff = watch.look();
            assertEquals(List.of("added", "hash"), names(diff.added()));
            assertEquals(List.of("encoding", "time", "value"), names(diff.changed()));
            assertEquals(List.of("gone"), names(diff.gone()));
            assertFalse(diff.sampled());
            assertEquals(1, diff.after() - diff.before());
            Event.Key hash = diff.added().getLast();
            assertEquals("hash", hash.type());
            assertEquals("listpack", hash.encoding());
            assertEquals(-1, hash.ttl());
            assertTrue(hash.bytes() > 0);
            long left = diff.added().getFirst().ttl();
            assertTrue(left > 0 && left <= 60_000, left + " ms");
            assertTrue(diff.changed().get(1).ttl() > 0);
            long now = diff.after();
            assertEquals(new Event.Keyspace(now, now, false, List.of(), List.of(), List.of()), watch.look());
        }
    }

    @Test
    void keysOfEveryTypeAreSeenWhateverTheirName() {
        try (var watch = new KeyspaceWatch(server, "")) {
            jedis.set("string with \"quotes\" and ü", "1");
            jedis.set(new byte[] {(byte) 0xff, 0}, new byte[] {1});
            jedis.hset("hash", "a", "1");
            jedis.rpush("list", "a");
            jedis.sadd("set", "a");
            jedis.zadd("zset", 1, "a");
            jedis.xadd("stream", Map.of("a", "1"), XAddParams.xAddParams());
            jedis.pfadd("visitors", "a");
            List<Event.Key> added = watch.look().added();
            assertEquals(8, added.size());
            assertEquals(Set.of("string", "hash", "list", "set", "stream", "zset"),
                    added.stream().map(Event.Key::type).collect(Collectors.toSet()));
        }
    }

    @Test
    void countersOfTheServerAndOfEvictionStayAsTheyAre() {
        jedis.hset("hash", Map.of("a", "1"));
        jedis.set("untouched", "1");
        try (var watch = new KeyspaceWatch(server, "")) {
            long frequency = jedis.objectFreq("untouched"); // with a log factor of 0 every access would raise it
            resetStatistics();
            for (int i = 0; i < 50; i++) {
                jedis.hset("hash", "a", "" + i);
                jedis.set("new:" + i, "1");
                assertEquals(List.of("new:" + i), names(watch.look().added()));
            }
            assertEquals(0, statistic("keyspace_hits"));
            assertEquals(0, statistic("keyspace_misses"));
            assertEquals("50", find("cmdstat_hset:calls=(\\d+)", jedis.info("commandstats")));
            assertEquals(frequency, jedis.objectFreq("untouched"));
            jedis.get("untouched");
            assertEquals(frequency + 1, jedis.objectFreq("untouched"));
        }
    }

    @Test
    void aTimeToLiveCostsOneHitForEachKeyThatIsNewOrChanged() {
        jedis.set("old", "1", SetParams.setParams().px(60_000));
        try (var watch = new KeyspaceWatch(server, "")) {
            resetStatistics();
            jedis.set("new", "1", SetParams.setParams().px(60_000));
            for (int i = 0; i < 10; i++) watch.look();
            assertEquals(1, statistic("keyspace_hits"));
        }
    }

    @Test
    void aboveTwoThousandKeysThereAreCountsAndExamples() {
        try (var watch = new KeyspaceWatch(server, ""); var pipeline = jedis.pipelined()) {
            for (int i = 0; i < 3_000; i++) pipeline.set("key:" + i, "1");
            pipeline.sync();
            Event.Keyspace many = watch.look();
            assertTrue(many.sampled());
            assertEquals(3_000, many.after() - many.before());
            assertTrue(!many.added().isEmpty() && many.added().size() <= 200, many.added().size() + " examples");
            jedis.flushAll();
            assertEquals(-3_000, watch.look().after() - 3_000);
            jedis.set("one", "1");
            Event.Keyspace again = watch.look();
            assertFalse(again.sampled());
            assertEquals(List.of("one"), names(again.added()));
        }
    }

    @Test
    void aServerThatIsGoneIsNoFailureAndComesBack() {
        try (var other = PrivateValkey.start();
                var watch = new KeyspaceWatch(ValkeyServer.at(ValkeyUrl.parse(other.uri().toString())), "")) {
            other.kill();
            assertEquals(null, watch.look());
            other.restart();
            assertEquals(0, watch.look().after());
        }
    }

    @Test
    void aClusterIsWatchedOverAllItsPrimaries() {
        try (var cluster = PrivateCluster.start(0); var client = ValkeyServer.at(ValkeyUrl.parse(cluster.url())).client(new Recorder("main", null), "");
                var watch = new KeyspaceWatch(ValkeyServer.at(ValkeyUrl.parse(cluster.url())), "")) {
            for (int i = 0; i < 30; i++) client.set("key:" + i, "1");
            Event.Keyspace diff = watch.look();
            assertEquals(30, diff.after());
            assertEquals(IntStream.range(0, 30).mapToObj(i -> "key:" + i).sorted().toList(), names(diff.added()));
        }
    }

    private static void resetStatistics() {
        jedis.executeCommand(new CommandArguments(Command.CONFIG).add("RESETSTAT"));
    }

    private static List<String> names(List<Event.Key> keys) {
        return keys.stream().map(Event.Key::name).toList();
    }

    private static long statistic(String name) {
        return Long.parseLong(find(name + ":(\\d+)", jedis.info("stats")));
    }

    private static String find(String pattern, String text) {
        var found = Pattern.compile(pattern).matcher(text);
        assertTrue(found.find(), text);
        return found.group(1);
    }
}
