package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lab.Lab;
import lab.OldValkey;
import lab.OwnCertificate;
import lab.PrivateValkey;
import lab.TestPorts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.params.XAddParams;

/// Every lesson as a guest: on servers that it did not start, beside keys that are somebody else's.
class GuestTest {
    /// Keys and channels of the lessons, and no other; neither the server's settings nor its other clients. INFO and
    /// RESTORE count as dangerous, and lessons use them.
    private static final String GUEST = "user guest on >s3cret ~cache-me:* &cache-me:* +@all -@admin -@dangerous +info +restore";

    private static final int MANY = 2_000;

    @TempDir Path folder;

    /// The strictest host: TLS, a password, and a user who may touch no key but the lessons' own.
    @Test
    void onTheNewestOverTlsAsAUserOfTheirOwn() throws Exception {
        var certificate = OwnCertificate.in(folder);
        int port = TestPorts.free();
        String[] settings = Stream.concat(certificate.server(port).stream(), Stream.of(GUEST)).toArray(String[]::new);
        try (var server = Lab.privateValkey(settings)) {
            String url = "rediss://guest:s3cret@localhost:" + port;
            theyPassAndLeaveWhatIsOthersAsItWas(List.of(server), url, certificate.environment());
        }
    }

    @Test
    void onTheOldest() throws Exception {
        try (PrivateValkey oldest = OldValkey.start()) {
            assertTrue(oldest.version().toString().startsWith("8.0"));
            theyPassAndLeaveWhatIsOthersAsItWas(List.of(oldest), oldest.uri().toString(), Map.of());
        }
    }

    @Test
    void onACluster() throws Exception {
        try (var cluster = Lab.privateCluster()) {
            theyPassAndLeaveWhatIsOthersAsItWas(cluster.nodes().subList(0, 3), cluster.url(), Map.of());
        }
    }

    /// @param primaries whose keys are looked at
    private void theyPassAndLeaveWhatIsOthersAsItWas(List<PrivateValkey> primaries, String url, Map<String, String> more)
            throws Exception {
        for (PrivateValkey primary : primaries) others(primary);
        Map<String, String> before = contents(primaries);

        Bench own = Bench.find(null, null);
        var environment = new HashMap<>(own.environment());
        environment.put("VALKEY_URL", url);
        environment.putAll(more);
        var bench = new Bench("a host", own.version(), own.database(), own.scale(), environment);
        var runner = new Runner(bench, Duration.ofSeconds(120), List.of(), new RunCache(folder), new Digests());
        for (Lesson lesson : Course.read(Home.folder().resolve("lessons")).lessons()) {
            assertEquals(Optional.empty(), Golden.hold(runner.run(lesson)).failure(), lesson.id());
        }

        assertEquals(before, contents(primaries));
    }

    /// Many keys, and one of each type, with and without a time to live; two have names that lessons use, too. In a cluster a
    /// node takes those whose slots it has.
    private static void others(PrivateValkey node) {
        try (var client = RedisClient.create(node.uri())) {
            var many = IntStream.range(0, MANY).<Runnable>mapToObj(i -> () -> client.set("theirs:" + i, "" + i));
            var types = Stream.<Runnable>of(() -> client.set("flight:1000", "theirs"),
                    () -> client.set("airport:1:seats", "theirs"), () -> client.hset("hash", Map.of("a", "1", "b", "2")),
                    () -> client.rpush("list", "a", "b"), () -> client.sadd("set", "1", "2"),
                    () -> client.zadd("board", Map.of("ZRH", 1.0, "VIE", 2.0)),
                    () -> client.xadd("stream", Map.of("a", "1"), XAddParams.xAddParams()),
                    () -> client.pexpire("hash", 3_600_000));
            Stream.concat(many, types).forEach(write -> {
                try {
                    write.run();
                } catch (JedisMovedDataException anothers) {
                    // a slot of another node, which takes it
                }
            });
        }
    }

    /// Each key's value, bit for bit, and when it expires.
    private static Map<String, String> contents(List<PrivateValkey> nodes) {
        var contents = new TreeMap<String, String>();
        for (PrivateValkey node : nodes) {
            try (var client = RedisClient.create(node.uri())) {
                Set<String> keys = new HashSet<>();
                client.scanIteration(1_000, "*").collect(keys);
                for (String key : keys) {
                    contents.put(key, HexFormat.of().formatHex(client.dump(key)) + " expires " + client.pexpireTime(key));
                }
            }
        }
        assertEquals(MANY + 7, contents.size(), "what others have");
        return contents;
    }
}
