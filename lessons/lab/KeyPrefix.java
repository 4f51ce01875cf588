package lab;

import data.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.util.KeyValue;

/// Lets a lesson use a server that others use, as if it were alone: on the server its keys and channels have a prefix.
///
/// Jedis puts the prefix before the keys of its own commands. What it leaves out is mapped here: keys of a command
/// that a lesson composes, given by `key()`; patterns of SCAN and KEYS; channels; prefixes of CLIENT TRACKING. On the
/// way back the prefix is taken off whatever begins with it. A command without a key is refused, unless it is known to
/// look only, or to be about its own connection. A script must take its keys through KEYS.
record KeyPrefix(String text) {
    private static final byte[] KEYSPACE_CHANNEL = ascii("__keyspace@"); // __keyspace@0__:KEY

    /// Commands that name no key, and yet touch nothing of others.
    private static final Set<String> HARMLESS = Set.of("ASKING", "AUTH", "COMMAND", "DBSIZE", "DISCARD", "ECHO", "EVAL",
            "EVALSHA", "EVALSHA_RO", "EVAL_RO", "EXEC", "FCALL", "FCALL_RO", "HELLO", "INFO", "LASTSAVE", "MULTI",
            "PING", "QUIT", "READONLY", "READWRITE", "RESET", "ROLE", "SELECT", "TIME", "UNWATCH", "WAIT", "WAITAOF");
    /// The same of commands with subcommands.
    private static final Map<String, Set<String>> HARMLESS_PARTS = Map.of(
            "ACL", Set.of("CAT", "WHOAMI"),
            "CLIENT", Set.of("CACHING", "CAPA", "GETNAME", "GETREDIR", "ID", "INFO", "LIST", "NO-TOUCH", "REPLY",
                    "SETINFO", "SETNAME", "TRACKING", "TRACKINGINFO"),
            "CLUSTER", Set.of("COUNTKEYSINSLOT", "INFO", "KEYSLOT", "LINKS", "MYID", "NODES", "SHARDS", "SLOTS"),
            "CONFIG", Set.of("GET"),
            "FUNCTION", Set.of("LIST", "STATS"),
            "LATENCY", Set.of("DOCTOR", "GRAPH", "HISTOGRAM", "HISTORY", "LATEST"),
            "MEMORY", Set.of("DOCTOR", "MALLOC-STATS", "STATS"),
            "SCRIPT", Set.of("EXISTS", "LOAD", "SHOW"),
            "SLOWLOG", Set.of("GET", "LEN"));

    /// The command as it goes to the server.
    ///
    /// @throws Fault (failed) if it is not for a server that others use
    CommandArguments outgoing(CommandArguments command) {
        if (text.isEmpty()) return command;
        String name = WireText.name(command).toUpperCase(Locale.ROOT);
        List<byte[]> words = new ArrayList<>();
        for (Rawable word : command) words.add(word.getRaw());
        switch (name) {
            case "KEYS", "PUBLISH", "SPUBLISH" -> words.set(1, added(words.get(1)));
            case "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE" ->
                addFrom(1, words);
            case "PUBSUB" -> addFrom(2, words);
            case "SCAN" -> addAfter("MATCH", words, "*");
            case "CLIENT" -> {
                if (!harmless(name, words)) throw refused(name);
                if (words.stream().anyMatch(word -> is("BCAST", word))) addAfter("PREFIX", words, "");
            }
            default -> {
                if (command.getKeys().isEmpty() && !harmless(name, words)) throw refused(name);
                addToKeys(command.getKeys(), words);
            }
        }
        var mapped = new CommandArguments(command.getCommand());
        words.stream().skip(1).forEach(mapped::add);
        return mapped;
    }

    /// A reply as the lesson sees it.
    Object incoming(Object reply) {
        if (text.isEmpty()) return reply;
        return switch (reply) {
            case byte[] raw -> removed(raw);
            case List<?> parts -> {
                var own = new ArrayList<>(parts.size()); // may hold nulls
                for (Object part : parts) own.add(incoming(part));
                yield own;
            }
            case Map.Entry<?, ?> pair -> KeyValue.of(incoming(pair.getKey()), incoming(pair.getValue()));
            case null, default -> reply;
        };
    }

    /// Jedis has put the prefix before the keys of its own commands; a key that has none is of one the lesson composed.
    private void addToKeys(List<Object> keys, List<byte[]> words) {
        int from = 1;
        for (Object key : keys) {
            byte[] raw = new CommandArguments(Command.GET).add(key).get(1).getRaw(); // as Jedis encodes it
            while (from < words.size() && !Arrays.equals(raw, words.get(from))) from++;
            if (from < words.size()) words.set(from, added(raw));
        }
    }

    private void addFrom(int first, List<byte[]> words) {
        for (int i = first; i < words.size(); i++) words.set(i, added(words.get(i)));
    }

    /// Adds the prefix to the word after each `option`; without one, the option with the prefix and `rest`.
    private void addAfter(String option, List<byte[]> words, String rest) {
        boolean found = false;
        for (int i = 1; i < words.size(); i++) {
            if (!is(option, words.get(i - 1))) continue;
            words.set(i, added(words.get(i)));
            found = true;
        }
        if (!found) words.addAll(List.of(ascii(option), ascii(text + rest)));
    }

    private byte[] added(byte[] name) {
        byte[] prefix = ascii(text);
        if (startsWith(prefix, name, 0)) return name;
        int at = startOfName(name);
        return at < 0 ? name : joined(name, at, prefix, at);
    }

    private byte[] removed(byte[] name) {
        byte[] prefix = ascii(text);
        int at = startOfName(name);
        return at >= 0 && startsWith(prefix, name, at) ? joined(name, at, new byte[0], at + prefix.length) : name;
    }

    /// Where a key's or channel's name begins; -1 in a channel of the server's own, `__keyevent@0__:expired`.
    private static int startOfName(byte[] name) {
        if (!startsWith(ascii("__"), name, 0)) return 0;
        if (!startsWith(KEYSPACE_CHANNEL, name, 0)) return -1;
        for (int i = KEYSPACE_CHANNEL.length; i < name.length; i++) if (name[i] == ':') return i + 1;
        return -1;
    }

    private static byte[] joined(byte[] name, int head, byte[] middle, int tail) {
        byte[] all = Arrays.copyOf(name, head + middle.length + name.length - tail);
        System.arraycopy(middle, 0, all, head, middle.length);
        System.arraycopy(name, tail, all, head + middle.length, name.length - tail);
        return all;
    }

    private static boolean startsWith(byte[] prefix, byte[] name, int at) {
        int end = at + prefix.length;
        return name.length >= end && Arrays.equals(prefix, 0, prefix.length, name, at, end);
    }

    private static boolean harmless(String name, List<byte[]> words) {
        return HARMLESS.contains(name) || words.size() > 1
                && HARMLESS_PARTS.getOrDefault(name, Set.of()).stream().anyMatch(part -> is(part, words.get(1)));
    }

    private static boolean is(String word, byte[] raw) {
        return word.equalsIgnoreCase(new String(raw, StandardCharsets.ISO_8859_1));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Fault refused(String name) {
        return new Fault(Fault.FAILED,
                name + " is not for a server that others use, or its keys are not given by key(); "
                        + "use privateValkey(), or unset VALKEY_URL");
    }
}
