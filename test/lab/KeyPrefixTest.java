package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import data.Fault;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
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
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadParams;

/// A lesson and somebody else on one server.
class KeyPrefixTest {
    static final String PREFIX = "cache-me:lesson02:";
    static PrivateValkey valkey;
    static ValkeyServer server;
    Recording recording;
    UnifiedJedis lesson;
    UnifiedJedis others;

    @BeforeAll
    static void start() {
        valkey = PrivateValkey.start("notify-keyspace-events KEA");
        server = ValkeyServer.at(ValkeyUrl.parse(valkey.uri().toString()));
    }

    @AfterAll
    static void stop() {
        valkey.close();
    }

    @BeforeEach
    void connect() {
        recording = Recording.start();
        lesson = server.client(recording.recorder(), PREFIX);
        others = server.client(new Recorder("main", null), "");
        others.flushAll();
        others.set("theirs", "1");
    }

    @AfterEach
    void disconnect() throws Exception {
        assertTrue(recording.lines().stream().noneMatch(line -> line.contains(PREFIX)), "the prefix was recorded");
        lesson.close();
        others.close();
        recording.close();
    }

    @Test
    void keysHaveThePrefixOnTheServerOnly() {
        lesson.mset("a", "1", "b", "2");
        lesson.rename("b", "c");
        assertEquals(Set.of("theirs", PREFIX + "a", PREFIX + "c"), others.keys("*"));
        assertEquals(List.of("MSET a 1 b 2 -> OK", "RENAME b c -> OK"), recording.commands());
    }

    @Test
    void searchesFindTheLessonsKeysOnly() {
        lesson.set("a", "1");
        lesson.set("b", "2");
        assertEquals(Set.of("a", "b"), lesson.keys("*"));
        assertEquals(Set.of("a", "b"), Set.copyOf(lesson.scan("0").getResult()));
        assertEquals(List.of("a"), lesson.scan("0", new ScanParams().match("a*").count(100)).getResult());
    }

    @Test
    void aCommandThatTheLessonComposesIsNoException() {
        var set = new CommandArguments(Command.SET).key("a").add("a");
        lesson.executeCommand(new CommandObject<>(set, BuilderFactory.STRING));
        assertEquals("a", others.get(PREFIX + "a"));
        assertEquals("SET a a -> OK", recording.commands().getLast());
    }

    @Test
    void repliesThatNameKeysNameThemWithoutThePrefix() {
        lesson.rpush("queue", "x");
        assertEquals(List.of("queue", "x"), lesson.blpop(1, "empty", "queue"));
        lesson.xadd("stream", Map.of("gate", "B12"), XAddParams.xAddParams());
        var read = lesson.xread(XReadParams.xReadParams(), Map.of("stream", new StreamEntryID("0-0")));
        assertEquals("stream", read.getFirst().getKey());
        assertEquals("a", lesson.eval("return KEYS[1]", List.of("a"), List.of()));
    }

    @Test
    void channelsAreTheLessonsOwn() throws Exception {
        var messages = new LinkedBlockingQueue<String>();
        var listener = new JedisPubSub() {
            @Override
            public void onMessage(String channel, String message) {
                messages.add(channel + " " + message);
                if (message.equals("last")) unsubscribe();
            }
        };
        String[] channels = {"gates", "__keyspace@0__:flight", "__keyevent@0__:set"};
        Thread thread = Thread.startVirtualThread(() -> lesson.subscribe(listener, channels));
        while (listener.getSubscribedChannels() < 3) Thread.onSpinWait();
        others.publish("gates", "not for the lesson");
        lesson.set("flight", "1");
        lesson.executeCommand(new CommandArguments(Command.PUBSUB).add("NUMSUB").add("gates"));
        assertTrue(recording.commands().contains("PUBSUB NUMSUB gates -> 1) \"gates\"\n2) (integer) 1"));
        lesson.publish("gates", "last");
        thread.join();
        assertEquals(List.of("__keyspace@0__:flight set", "__keyevent@0__:set flight", "gates last"),
                List.copyOf(messages));
    }

    @Test
    void trackingIsOfTheLessonsKeys() {
        try (var pipeline = lesson.pipelined()) {
            var track = new CommandArguments(Command.CLIENT)
                    .add("TRACKING").add("ON").add("BCAST").add("PREFIX").add("flight:");
            pipeline.executeCommand(new CommandObject<>(track, BuilderFactory.STRING));
            pipeline.set("flight:1", "1");
            pipeline.sync();
            pipeline.get("flight:1");
        }
        assertTrue(recording.commands().contains("invalidate -> 1) \"flight:1\""), recording.commands().toString());
    }

    @Test
    void whatTouchesOthersIsRefused() {
        var configure = new CommandArguments(Command.CONFIG).add("SET").add("maxmemory").add("1mb");
        for (var refused : List.of(new CommandArguments(Command.FLUSHALL), new CommandArguments(Command.FLUSHDB),
                new CommandArguments(Command.SHUTDOWN), configure, composed("flushall"), composed("DEL", "theirs"),
                composed("client", "pause", "1000"), composed("SCRIPT", "FLUSH"), composed("ACL", "SETUSER", "me"))) {
            assertThrows(Fault.class, () -> lesson.executeCommand(refused));
        }
        lesson.executeCommand(composed("client", "id"));
        lesson.executeCommand(new CommandArguments(Command.CONFIG).add("GET").add("maxmemory"));
        assertEquals("1", others.get("theirs"));
    }

    private static CommandArguments composed(String name, String... words) {
        return new CommandArguments(name::getBytes).addObjects((Object[]) words);
    }

    @Test
    void cleaningUpLeavesWhatIsOthers() {
        for (int i = 0; i < 1_500; i++) lesson.set("key:" + i, "1");
        GuestKeys.delete(server, PREFIX);
        assertEquals(Set.of("theirs"), others.keys("*"));
    }
}
