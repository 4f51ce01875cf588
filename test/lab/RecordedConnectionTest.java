package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import lab.Event.Command.Mode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

class RecordedConnectionTest {
    static final String WRONG_TYPE = "WRONGTYPE Operation against a key holding the wrong kind of value";
    static PrivateValkey valkey;
    Recording recording;
    UnifiedJedis jedis;

    @BeforeAll
    static void start() {
        valkey = PrivateValkey.start("requirepass s3cret-word");
    }

    @AfterAll
    static void stop() {
        valkey.close();
    }

    @BeforeEach
    void connect() {
        recording = Recording.start();
        String url = "redis://:s3cret-word@127.0.0.1:" + valkey.port() + "/1";
        jedis = ValkeyServer.at(ValkeyUrl.parse(url)).client(recording.recorder(), "");
        jedis.flushDB();
        recording.recorder().takeCounts();
    }

    @AfterEach
    void disconnect() throws Exception {
        assertTrue(recording.lines().stream().noneMatch(line -> line.contains("s3cret-word")), "password recorded");
        jedis.close();
        recording.close();
    }

    @Test
    void anEmptyStringIsNeitherHitNorMiss() {
        jedis.hset("flight:1", "rows", "");
        jedis.hget("flight:1", "rows");
        jedis.hget("flight:1", "no such field");
        List<Event.Command> commands = recording.events(Event.Command.class);
        assertEquals(Arrays.asList(null, null, null, false), commands.stream().map(Event.Command::hit).toList());
    }

    @Test
    void aCommandIsRecordedWithItsReply() {
        jedis.set("flight:1", "ZRH");
        jedis.get("flight:1");
        jedis.get("flight:2");
        assertEquals(List.of("FLUSHDB -> OK", "SET flight:1 ZRH -> OK", "GET flight:1 -> \"ZRH\"",
                "GET flight:2 -> (nil)"), recording.commands());
        List<Event.Command> commands = recording.events(Event.Command.class);
        assertEquals(Arrays.asList(null, null, true, false), commands.stream().map(Event.Command::hit).toList());
        assertTrue(commands.stream().allMatch(c -> c.mode() == Mode.PLAIN && c.micros() > 0));
    }

    @Test
    void theHandshakeIsLeftOut() {
        assertEquals(List.of("FLUSHDB -> OK"), recording.commands());
    }

    @Test
    void anErrorReplyIsRecordedAsItReachesTheCaller() {
        jedis.set("text", "x");
        assertThrows(JedisDataException.class, () -> jedis.incr("text"));
        assertEquals("INCR text -> (error) ERR value is not an integer or out of range", recording.commands().getLast());
    }

    @Test
    void aPipelineIsRecordedInOrderWithEachReply() {
        try (var pipeline = jedis.pipelined()) {
            pipeline.set("a", "1");
            pipeline.lpush("a", "x");
            pipeline.get("a");
            pipeline.sync();
        }
        assertEquals(List.of("SET a 1 -> OK", "LPUSH a x -> (error) " + WRONG_TYPE, "GET a -> \"1\""),
                recording.commands().subList(1, 4));
        assertTrue(recording.events(Event.Command.class).stream().skip(1).allMatch(c -> c.mode() == Mode.PIPELINED));
    }

    @Test
    void whatATransactionQueuesGetsTheReplyOfExec() {
        try (var transaction = jedis.multi()) {
            transaction.set("a", "1");
            transaction.get("a");
            transaction.lpush("a", "x");
            transaction.exec();
        }
        assertEquals(List.of("MULTI -> OK", "SET a 1 -> OK", "GET a -> \"1\"", "LPUSH a x -> (error) " + WRONG_TYPE,
                "EXEC -> 1) OK\n2) \"1\"\n3) (error) " + WRONG_TYPE), recording.commands().subList(1, 6));
        assertTrue(recording.events(Event.Command.class).stream().skip(1).allMatch(c -> c.mode() == Mode.MULTI));
    }

    @Test
    void whatATransactionDoesNotExecuteSaysSo() {
        try (var transaction = jedis.transaction(false)) {
            transaction.watch("a");
            jedis.set("a", "meanwhile");
            transaction.multi();
            transaction.get("a");
            transaction.exec();
        }
        assertEquals(List.of("GET a -> (error) not executed", "EXEC -> (nil)"), recording.commands().subList(4, 6));
        assertEquals(null, recording.events(Event.Command.class).get(4).hit());
        jedis.multi().discard();
        jedis.get("a");
        assertEquals("GET a -> \"meanwhile\"", recording.commands().getLast());
    }

    @Test
    void messagesReceivedAreEventsToo() throws Exception {
        var subscribed = new CountDownLatch(3);
        var listener = new JedisPubSub() {
            @Override
            public void onSubscribe(String channel, int count) {
                subscribed.countDown();
            }

            @Override
            public void onPSubscribe(String pattern, int count) {
                subscribed.countDown();
            }

            @Override
            public void onMessage(String channel, String message) {
                unsubscribe();
            }

            @Override
            public void onUnsubscribe(String channel, int count) {
                if (count == 1) punsubscribe("delay*");
            }
        };
        Thread thread = Thread.startVirtualThread(() -> jedis.subscribe(listener, "gates", "weather"));
        while (!listener.isSubscribed()) Thread.onSpinWait();
        listener.psubscribe("delay*");
        subscribed.await();
        jedis.publish("delays", "LX1 late");
        jedis.publish("gates", "LX1 B12");
        thread.join();
        jedis.rpush("list", "message", "a", "b"); // a plain list, also on the connection that had subscribed
        jedis.lrange("list", 0, -1);
        List<String> commands = recording.commands();
        for (String expected : List.of(
                "SUBSCRIBE gates weather -> 1) \"subscribe\"\n2) \"weather\"\n3) (integer) 2",
                "PSUBSCRIBE delay* -> 1) \"psubscribe\"\n2) \"delay*\"\n3) (integer) 3",
                "pmessage delay* delays -> \"LX1 late\"",
                "message gates -> \"LX1 B12\"",
                "PUNSUBSCRIBE delay* -> 1) \"punsubscribe\"\n2) \"delay*\"\n3) (integer) 0")) {
            assertTrue(commands.contains(expected), commands.toString());
        }
        assertEquals("LRANGE list 0 -1 -> 1) \"message\"\n2) \"a\"\n3) \"b\"", commands.getLast());
        assertEquals(Mode.PLAIN, recording.events(Event.Command.class).getLast().mode());
        assertEquals(1, calls(recording.recorder().takeCounts(), "message"));
    }

    @Test
    void invalidationsThatTheServerPushesAreEvents() {
        jedis.set("a", "1");
        try (var pipeline = jedis.pipelined()) {
            var track = new CommandArguments(Command.CLIENT).add("TRACKING").add("ON");
            pipeline.executeCommand(new CommandObject<>(track, BuilderFactory.STRING));
            pipeline.get("a");
            pipeline.set("a", "2");
            pipeline.get("a");
        }
        assertTrue(recording.commands().contains("invalidate -> 1) \"a\""), recording.commands().toString());
    }

    @Test
    void aCommandThatNeverGotItsReplyIsRecorded() {
        try (var server = PrivateValkey.start();
                var client = ValkeyServer.at(ValkeyUrl.parse(server.uri().toString()))
                        .client(recording.recorder(), "")) {
            client.ping();
            server.kill();
            assertThrows(JedisConnectionException.class, () -> client.get("a"));
        }
        assertTrue(recording.commands().getLast().startsWith("GET a -> (error) "), recording.commands().toString());
    }

    @Test
    void countsAreExactBeyondWhatIsKept() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                String key = "key:" + i;
                threads.submit(() -> {
                    jedis.set(key, "four");
                    return jedis.get(key) + jedis.get("none:" + key);
                });
            }
        }
        List<Event.Count> counts = recording.recorder().takeCounts();
        assertEquals(500, calls(counts, "SET"));
        assertEquals(1_000, calls(counts, "GET"));
        Event.Count gets = counts.stream().filter(c -> c.name().equals("GET")).findFirst().orElseThrow();
        assertEquals(500, gets.hits());
        assertEquals(500, gets.misses());
        assertEquals(500 * "four".length(), gets.received());
        assertEquals(1 + Recorder.KEPT, recording.commands().size());
    }

    @Test
    void aRoundTripIsCountedWhereAReplyIsWaitedFor() {
        jedis.set("a", "1");
        jedis.get("a");
        assertEquals(2, trips(), "plain: each waits");
        try (var pipeline = jedis.pipelined()) {
            for (int i = 0; i < 100; i++) pipeline.get("a");
            pipeline.sync();
        }
        assertEquals(1, trips(), "a pipeline waits once");
        try (var pipeline = jedis.pipelined()) {
            pipeline.set("a", "2");
            pipeline.sync();
            pipeline.get("a");
            pipeline.get("a");
        }
        assertEquals(2, trips(), "once for each time it is synced");
        try (var transaction = jedis.multi()) {
            transaction.set("a", "3");
            transaction.get("a");
            transaction.exec();
        }
        assertEquals(2, trips(), "MULTI with what it queues, then EXEC");
    }

    private long trips() {
        return recording.recorder().takeCounts().stream().mapToLong(Event.Count::trips).sum();
    }

    @Test
    void timesAreCountedByPowersOfTwo() {
        for (int i = 0; i < 50; i++) jedis.get("a");
        Event.Count gets = recording.recorder().takeCounts().getFirst();
        assertEquals(50, gets.took().stream().mapToLong(n -> n).sum());
        long least = 0;
        for (int i = 0; i < gets.took().size(); i++) least += i == 0 ? 0 : gets.took().get(i) << i - 1;
        assertTrue(least <= gets.micros() && gets.micros() <= 2 * least + 50, gets.toString());
        assertEquals(List.of(0, 0, 1, 2, 2, 3, 27), LongStream.of(0, 999, 1_000, 2_000, 3_999, 4_000, Long.MAX_VALUE)
                .mapToObj(Event.Count::bucket).toList());
    }

    @Test
    void everyConnectionHasANumber() {
        try (var one = jedis.pipelined(); var two = jedis.pipelined()) {
            one.get("a");
            two.get("a");
        }
        assertEquals(2, recording.events(Event.Command.class).stream().skip(1).map(Event.Command::connection)
                .distinct().count());
    }

    private static long calls(List<Event.Count> counts, String name) {
        return counts.stream().filter(c -> c.name().equals(name)).mapToLong(Event.Count::calls).sum();
    }
}
