package engine;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lab.Event;

/// What a step did under the hood: who asked whom, how often, which keys that changed, and how SQLite found its rows.
///
/// @param counts   of a step that did more than its sequence shows, else empty; and so the histogram
/// @param keyspace what the list of keys leaves out, or empty
public record Hood(Sequence sequence, List<Count> counts, Histogram histogram, List<Key> keys, String keyspace,
        List<QueryView> queries) {
    /// More keys than this nobody reads.
    static final int KEYS = 6;

    /// How often one thing was done; hits and misses are empty for anything that is no read, bytes for SQL.
    ///
    /// @param half half of them took no longer; `most` 99 of 100
    public record Count(String name, String calls, String hits, String misses, String bytes, String time, String half,
            String most) {}

    /// @param change `added`, `changed` or `gone`
    public record Key(String change, String name, String type, String encoding, String ttl, String bytes) {}

    static Hood of(Transcript.Step step, Event.StepEnded ended, Set<String> queriesShown) {
        List<Event.Count> did = Tally.of(step);
        Sequence sequence = Sequence.of(step.entries(), did.stream().mapToLong(Event.Count::calls).sum());
        List<Event.Count> counted = sequence.more().isEmpty() ? List.of() : did;
        return new Hood(sequence, counted.stream().map(Hood::count).toList(), Histogram.of(counted),
                keys(ended.keys()), keyspace(ended.keys()),
                QueryView.all(step.all(Event.Sql.class).toList(), queriesShown));
    }

    /// Whether there is nothing to see.
    public boolean empty() {
        return sequence.rows().isEmpty() && counts.isEmpty() && keys.isEmpty();
    }

    private static Count count(Event.Count c) {
        boolean read = c.hits() + c.misses() > 0;
        boolean timed = !c.took().isEmpty();
        return new Count(c.name(), Units.count(c.calls()), read ? Units.count(c.hits()) : "",
                read ? Units.count(c.misses()) : "", c.ofValkey() ? Units.bytes(c.sent() + c.received()) : "",
                Units.micros(c.micros()),
                timed ? Histogram.within(c, 0.5) : "", timed ? Histogram.within(c, 0.99) : "");
    }

    private static List<Key> keys(Event.Keyspace keys) {
        if (keys == null) return List.of();
        return Stream.of(all("added", keys.added()), all("changed", keys.changed()), all("gone", keys.gone()))
                .flatMap(List::stream).limit(KEYS).toList();
    }

    private static List<Key> all(String change, List<Event.Key> keys) {
        return keys.stream().map(key -> new Key(change, key.name(), key.type(), key.encoding(), Units.ttl(key.ttl()),
                Units.bytes(key.bytes()))).toList();
    }

    private static String keyspace(Event.Keyspace keys) {
        if (keys == null) return "";
        if (keys.sampled()) {
            return "a sample: there were %s keys before, %s after"
                    .formatted(Units.count(keys.before()), Units.count(keys.after()));
        }
        int all = keys.added().size() + keys.changed().size() + keys.gone().size();
        return all <= KEYS ? "" : "the first %d of %s".formatted(KEYS, Units.count(all));
    }
}
