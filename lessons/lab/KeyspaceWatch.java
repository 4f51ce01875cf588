package lab;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

/// Sees which keys a step added, changed or removed, over all primaries, without falsifying what a lesson reads there.
///
/// It looks between steps, on connections of its own that are not recorded: what a step reads from INFO or commandstats
/// twice and subtracts is the step's alone. What a look costs the server's counters stands at [KeyspaceReader].
final class KeyspaceWatch implements AutoCloseable {
    private final ValkeyServer server;
    private final String prefix;
    private final Map<HostAndPort, KeyspaceReader> readers = new HashMap<>();
    private Snapshot last;

    /// The keys there are.
    ///
    /// @param complete false: there are too many to look at each, `keys` are some of them
    record Snapshot(long count, boolean complete, Map<String, State> keys) {
        Snapshot plus(Snapshot other) {
            var all = new HashMap<>(keys);
            all.putAll(other.keys);
            return new Snapshot(count + other.count, complete && other.complete, all);
        }

        private List<Event.Key> keys(Predicate<String> wanted) {
            return keys.entrySet().stream().filter(e -> wanted.test(e.getKey())).map(e -> e.getValue().key)
                    .sorted(Comparator.comparing(Event.Key::name)).toList();
        }
    }

    /// A key as it is.
    ///
    /// @param digest another one when its value is another, or whether it expires
    record State(Event.Key key, String digest) {
        boolean differs(State other) {
            return !digest.equals(other.digest) || !key.encoding().equals(other.key.encoding());
        }
    }

    /// Watches the keys that begin with `prefix`, from how they are now; they are shown without it.
    KeyspaceWatch(ValkeyServer server, String prefix) {
        this.server = server;
        this.prefix = prefix;
        look();
    }

    /// What changed since the last look; null if the server does not answer.
    ///
    /// Above 2,000 keys the counts are exact and the keys examples.
    Event.Keyspace look() {
        Snapshot before = last;
        try {
            last = snapshot();
        } catch (JedisException e) {
            close(); // and connect anew next time: a lesson may have restarted it
            return null;
        }
        if (before == null) return null;
        Map<String, State> then = before.keys;
        Snapshot now = last;
        return new Event.Keyspace(before.count, now.count, !before.complete || !now.complete,
                before.complete ? now.keys(name -> !then.containsKey(name)) : List.of(),
                now.keys(name -> then.containsKey(name) && now.keys.get(name).differs(then.get(name))),
                now.complete ? before.keys(name -> !now.keys.containsKey(name)) : List.of());
    }

    @Override
    public void close() {
        readers.values().forEach(KeyspaceReader::close);
        readers.clear();
    }

    private Snapshot snapshot() {
        Map<String, State> known = last == null ? Map.of() : last.keys;
        return server.primaries().stream()
                .map(node -> readers.computeIfAbsent(node, this::reader).read(known))
                .reduce(Snapshot::plus).orElseThrow();
    }

    private KeyspaceReader reader(HostAndPort node) {
        return new KeyspaceReader(server.connect(node), prefix);
    }
}
