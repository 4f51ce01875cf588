package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lab.Event.Command.Mode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisMovedDataException;

class RecordedClusterTest {
    static PrivateCluster cluster;
    static ValkeyServer server;
    Recording recording;
    UnifiedJedis jedis;

    @BeforeAll
    static void start() {
        cluster = PrivateCluster.start(0);
        server = ValkeyServer.at(ValkeyUrl.parse(cluster.url()));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void connect() {
        recording = Recording.start();
        jedis = server.client(recording.recorder(), "");
    }

    @AfterEach
    void disconnect() throws Exception {
        jedis.close();
        recording.close();
    }

    @Test
    void aNodeOfAClusterGetsAClusterClient() {
        assertTrue(server.cluster());
        assertInstanceOf(RedisClusterClient.class, jedis);
        assertEquals(List.of(), recording.commands());
    }

    @Test
    void commandsAreRecordedWhicheverNodeTheyGoTo() {
        for (int i = 0; i < 30; i++) jedis.set("key:" + i, "" + i);
        for (int i = 0; i < 30; i++) assertEquals("" + i, jedis.get("key:" + i));
        assertEquals(60, recording.commands().size());
        assertEquals("GET key:29 -> \"29\"", recording.commands().getLast());
        assertEquals(3, connections(recording.events(Event.Command.class)).size());
    }

    @Test
    void aPipelineOverSeveralNodesIsRecordedOnEach() {
        try (var pipeline = ((RedisClusterClient) jedis).pipelined()) {
            for (int i = 0; i < 30; i++) pipeline.set("key:" + i, "" + i);
        }
        List<Event.Command> commands = recording.events(Event.Command.class);
        Set<String> expected = IntStream.range(0, 30).mapToObj(i -> "SET key:" + i + " " + i + " -> OK")
                .collect(Collectors.toSet());
        assertEquals(expected, Set.copyOf(recording.commands()));
        assertEquals(30, commands.size());
        assertEquals(3, connections(commands).size());
        assertTrue(commands.stream().allMatch(c -> c.mode() == Mode.PIPELINED));
        assertEquals(30, recording.recorder().takeCounts().getFirst().calls());
    }

    @Test
    void commandsWithoutAKeyAndOverAllNodesAreRecorded() {
        jedis.mset("a", "1", "b", "2", "c", "3");
        assertEquals(List.of("1", "2", "3"), jedis.mget("a", "b", "c"));
        jedis.flushAll();
        Map<String, Long> names = recording.events(Event.Command.class).stream()
                .collect(Collectors.groupingBy(Event.Command::name, Collectors.counting()));
        assertEquals(Map.of("MSET", 3L, "MGET", 3L, "FLUSHALL", 3L), names); // one for each node
    }

    @Test
    void theAnswerOfAWrongNodeIsRecorded() {
        var client = (RedisClusterClient) jedis;
        client.set("a", "1"); // slot 15495: the third node
        try (var connection = client.getConnectionFromSlot(0)) {
            connection.sendCommand(Command.GET, "a");
            assertThrows(JedisMovedDataException.class, connection::getOne);
        }
        assertTrue(recording.commands().getLast().startsWith("GET a -> (error) MOVED 15495 127.0.0.1:"));
    }

    private static Set<Integer> connections(List<Event.Command> commands) {
        return commands.stream().map(Event.Command::connection).collect(Collectors.toSet());
    }
}
