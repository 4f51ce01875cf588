package lab;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lab.KeyspaceWatch.Snapshot;
import lab.KeyspaceWatch.State;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.util.SafeEncoder;

/// Reads the keys of one node: each one's type, encoding, size, time to live, and a digest of its value.
///
/// CLIENT NO-TOUCH keeps LRU and LFU as they are. Most commands that look at a key count as keyspace hits: TYPE, OBJECT
/// ENCODING, PTTL, DUMP, EXISTS. SCAN (also by type), MEMORY USAGE, DEBUG OBJECT and DEBUG DIGEST-VALUE do not, so on a
/// server of our own these do nearly everything. Only PTTL remains: one hit for each key that is new or has changed,
/// and that only while any key has a time to live at all. A server that others use counts their hits too, and may not
/// allow DEBUG: there DUMP and OBJECT ENCODING do.
final class KeyspaceReader implements AutoCloseable {
    private static final int MOST_KEYS = 2_000;
    private static final int EXAMPLES = 100;
    private static final int PAGE = 1_000;
    private static final int MOST_PAGES = 100; // of others' keys on a shared server
    private static final List<String> TYPES = List.of("string", "hash", "list", "set", "zset", "stream");
    private static final Pattern ENCODING = Pattern.compile("encoding:(\\w+)");
    private static final Pattern EXPIRES = Pattern.compile("expires=[1-9]");

    private final Connection connection;
    private final String prefix;
    private final boolean ours;

    /// @param prefix of the keys to look at; empty on a server of our own, where all are the lesson's
    KeyspaceReader(Connection connection, String prefix) {
        this.connection = connection;
        this.prefix = prefix;
        this.ours = prefix.isEmpty();
        ask(List.of(words("CLIENT", "NO-TOUCH", "ON"), words("CLIENT", "SETNAME", "keyspace-watch")));
    }

    /// The keys as they are now. What is `known` and has not changed keeps the time to live it had.
    Snapshot read(Map<String, State> known) {
        long size = (Long) ask(words("DBSIZE"));
        boolean all = !ours || size <= MOST_KEYS;
        var types = new LinkedHashMap<String, String>();
        for (String type : TYPES) all &= scan(type, all ? MOST_PAGES : 1, all ? PAGE : EXAMPLES, types);
        long count = ours ? size : types.size();
        boolean complete = all && count <= MOST_KEYS;
        List<String> names = types.keySet().stream().limit(complete ? MOST_KEYS : EXAMPLES).toList();
        return new Snapshot(count, complete, describe(names, types, known));
    }

    @Override
    public void close() {
        connection.close();
    }

    /// Adds the keys of a type, false if there are more than `pages` hold.
    private boolean scan(String type, int pages, int page, Map<String, String> types) {
        String cursor = "0";
        for (int i = 0; i < pages; i++) {
            CommandArguments scan = words("SCAN", cursor, "COUNT", "" + page, "TYPE", type);
            if (!ours) scan.add("MATCH").add(prefix + "*");
            var reply = (List<?>) ask(scan);
            for (Object name : (List<?>) reply.get(1)) types.put(name((byte[]) name), type);
            cursor = SafeEncoder.encode((byte[]) reply.get(0));
            if (cursor.equals("0")) return true;
        }
        return false;
    }

    private Map<String, State> describe(List<String> names, Map<String, String> types, Map<String, State> known) {
        List<Object> sizes = askEach(names, name -> words("MEMORY", "USAGE", name));
        List<Object> objects = askEach(names,
                name -> ours ? words("DEBUG", "OBJECT", name, "FAST") : words("OBJECT", "ENCODING", name));
        List<Object> values = askEach(names, name -> ours ? words("DEBUG", "DIGEST-VALUE", name) : words("DUMP", name));
        var states = new LinkedHashMap<String, State>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!(sizes.get(i) instanceof Long bytes && objects.get(i) instanceof byte[] object)) continue; // expired
            long ttl = known.containsKey(name) ? known.get(name).key().ttl() : -1;
            String shown = WireText.argument(bytes(name), prefix);
            var key = new Event.Key(shown, types.get(name), encoding(object), ttl, bytes);
            states.put(name, new State(key, digest(values.get(i))));
        }
        askTimes(states, known);
        return states;
    }

    /// Fills in the time to live of those keys that need it asked.
    private void askTimes(Map<String, State> states, Map<String, State> known) {
        String keyspace = SafeEncoder.encode((byte[]) ask(words("INFO", "keyspace")));
        if (!EXPIRES.matcher(keyspace).find()) return;
        List<String> names = states.keySet().stream()
                .filter(name -> !ours || !known.containsKey(name) || states.get(name).differs(known.get(name)))
                .toList();
        List<Object> times = askEach(names, name -> words("PTTL", name));
        for (int i = 0; i < names.size(); i++) {
            State state = states.get(names.get(i));
            Event.Key key = state.key();
            long ttl = (Long) times.get(i);
            var timed = new Event.Key(key.name(), key.type(), key.encoding(), ttl, key.bytes());
            String digest = ours || ttl < 0 ? state.digest() : state.digest() + " expires"; // DEBUG's covers that
            states.put(names.get(i), new State(timed, digest));
        }
    }

    /// DEBUG OBJECT tells the encoding among other things.
    private String encoding(byte[] object) {
        String text = SafeEncoder.encode(object);
        Matcher found = ENCODING.matcher(text);
        return found.find() ? found.group(1) : text;
    }

    /// DIGEST-VALUE replies with a list of one; what DUMP replies with ends in a checksum of eight bytes.
    private static String digest(Object value) {
        return switch (value) {
            case List<?> one -> SafeEncoder.encode((byte[]) one.getFirst());
            case byte[] dump -> HexFormat.of().formatHex(dump, dump.length - 8, dump.length);
            case null, default -> "";
        };
    }

    // --- asking ---

    private List<Object> askEach(List<String> names, Function<String, CommandArguments> question) {
        return ask(names.stream().map(question).toList());
    }

    /// One pipeline. What fails has its exception as answer.
    private List<Object> ask(List<CommandArguments> questions) {
        questions.forEach(connection::sendCommand);
        return connection.getMany(questions.size());
    }

    private Object ask(CommandArguments question) {
        return connection.executeCommand(question);
    }

    private static CommandArguments words(String command, String... arguments) {
        var words = new CommandArguments(() -> bytes(command));
        for (String argument : arguments) words.add(bytes(argument));
        return words;
    }

    // Names are byte strings: one character is one byte here, so that any name can be a map's key.

    private static String name(byte[] raw) {
        return new String(raw, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }
}
