package lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.KeyValue;

class WireTextTest {
    @Test
    void repliesReadAsInTheCommandLineClient() {
        assertEquals("(nil)", reply(null));
        assertEquals("OK", reply("OK".getBytes()));
        assertEquals("\"Zürich ✈\"", reply("Zürich ✈".getBytes(UTF_8)));
        assertEquals("\"say \\\"hi\\\"\\n\"", reply("say \"hi\"\n".getBytes()));
        assertEquals("(integer) 42", reply(42L));
        assertEquals("(double) 1.5", reply(1.5));
        assertEquals("(true)", reply(true));
        assertEquals("(error) ERR no", reply(new JedisDataException("ERR no")));
        assertEquals("(empty array)", reply(List.of()));
        assertEquals("1) \"a\"\n2) (nil)", reply(Arrays.asList("a".getBytes(), null)));
        assertEquals("1) 1) (integer) 1\n   2) (integer) 2\n2) (integer) 3", reply(List.of(List.of(1L, 2L), 3L)));
        assertEquals("1# \"gate\" => \"B12\"", reply(List.of(KeyValue.of("gate".getBytes(), "B12".getBytes()))));
    }

    @Test
    void bytesThatAreNoTextAreEscaped() {
        assertEquals("\"\\xff\\x00A\"", reply(new byte[] {(byte) 0xff, 0, 'A'}));
        assertEquals(List.of("\\x1b[31m"), arguments("\u001b[31m"));
    }

    @Test
    void whatIsLongIsCutAndSaysHowLongItWas() {
        String argument = arguments("x".repeat(12_345)).getFirst();
        assertEquals("x".repeat(120) + "… (12,345 bytes)", argument);
        String many = reply(LongStream.range(0, 100_000).boxed().toList());
        assertTrue(many.length() < 450 && many.endsWith("bytes)"), many);
    }

    @Test
    void aCutNeverSplitsACharacter() {
        for (String character : List.of("ü", "✈", "🛫"))
            for (int before = 0; before < 4; before++) {
                String argument = arguments("x".repeat(before) + character.repeat(300)).getFirst();
                assertEquals("x".repeat(before) + character, argument.substring(0, before + character.length()));
                assertTrue(argument.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000), argument); // half a pair
            }
    }

    @Test
    void ofManyArgumentsOnlyTheFirstAreShown() {
        String[] many = IntStream.range(0, 1_020).mapToObj(String::valueOf).toArray(String[]::new);
        List<String> shown = arguments(many);
        assertEquals(21, shown.size());
        assertEquals("… (1,000 more)", shown.getLast());
    }

    @Test
    void keysAreShownWithoutTheLessonsPrefix() {
        var command = new CommandArguments(Command.GET).add("cache-me:lesson02:flight:1");
        assertEquals(List.of("flight:1"), WireText.arguments(command, "cache-me:lesson02:"));
    }

    @Test
    void secretsAreHidden() {
        assertEquals(List.of("(hidden)", "(hidden)"), arguments(Command.AUTH, "ann", "secret"));
        assertEquals(List.of("3", "AUTH", "(hidden)", "(hidden)"),
                arguments(Command.HELLO, "3", "AUTH", "ann", "secret"));
        assertEquals(List.of("SET", "requirepass", "(hidden)"),
                arguments(Command.CONFIG, "SET", "requirepass", "secret"));
        assertEquals(List.of("SET", "maxmemory", "8mb"), arguments(Command.CONFIG, "SET", "maxmemory", "8mb"));
        assertEquals(List.of("SETUSER", "ann", "on", "(hidden)", "+@all"),
                arguments(Command.ACL, "SETUSER", "ann", "on", ">secret", "+@all"));
        assertEquals("(hidden)", WireText.reply("CONFIG", List.of("requirepass".getBytes(), "secret".getBytes())));
    }

    private static String reply(Object reply) {
        return WireText.reply("GET", reply);
    }

    private static List<String> arguments(String... arguments) {
        return arguments(Command.SET, arguments);
    }

    private static List<String> arguments(Command name, String... arguments) {
        return WireText.arguments(new CommandArguments(name).addObjects((Object[]) arguments), "");
    }
}
