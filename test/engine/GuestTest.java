package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lab.Lab;
import lab.OldValkey;
import lab.PrivateValkey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.XAddParams;

/// Every lesson as a guest: on a server that it did not start, beside keys that are somebody else's.
class GuestTest {
    @TempDir Path folder;

    @Test
    void onTheNewestTheyPassAndLeaveWhatIsOthersAsItWas() {
        theyPassAndLeaveWhatIsOthersAsItWas(Lab.privateValkey());
    }

    @Test
    void onTheOldestTheyPassAndLeaveWhatIsOthersAsItWas() throws Exception {
        PrivateValkey oldest = OldValkey.start();
        assertTrue(oldest.version().toString().startsWith("8.0"));
        theyPassAndLeaveWhatIsOthersAsItWas(oldest);
    }

    private void theyPassAndLeaveWhatIsOthersAsItWas(PrivateValkey guestOf) {
        Course course = Course.read(Home.folder().resolve("lessons"));
        try (var server = guestOf; var client = RedisClient.create(server.uri())) {
            others(client);
            Map<String, String> before = contents(client);

            Bench bench = Bench.find(server.uri().toString(), null);
            var runner = new Runner(bench, Duration.ofSeconds(120), List.of(), new RunCache(folder), new Digests());
            for (Lesson lesson : course.lessons()) {
                assertEquals(Optional.empty(), runner.run(lesson).failure(), lesson.id());
            }

            assertEquals(before, contents(client));
        }
    }

    /// A key of each type, with and without a time to live; two have names that lessons use, too.
    private static void others(UnifiedJedis client) {
        client.set("flight:1000", "theirs");
        client.set("airport:1:seats", "theirs");
        client.hset("hash", Map.of("a", "1", "b", "2"));
        client.rpush("list", "a", "b");
        client.sadd("set", "1", "2");
        client.zadd("board", Map.of("ZRH", 1.0, "VIE", 2.0));
        client.xadd("stream", Map.of("a", "1"), XAddParams.xAddParams());
        client.pexpire("hash", 3_600_000);
    }

    /// Each key's value, bit for bit, and when it expires.
    private static Map<String, String> contents(UnifiedJedis client) {
        var contents = new TreeMap<String, String>();
        for (String key : client.scan("0", new ScanParams().count(10_000)).getResult()) {
            contents.put(key, HexFormat.of().formatHex(client.dump(key)) + " expires " + client.pexpireTime(key));
        }
        return contents;
    }
}
