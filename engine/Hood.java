package engine;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lab.Event;

/// What a step did under the hood: who asked whom, how often, which keys that changed, and how SQLite found its rows.
///
/// @param keyspace what the list of keys leaves out, or empty
public record Hood(Sequence sequence, List<Count> counts, List<Key> keys, String keyspace, List<QueryView> queries) {
    /// Below this many exchanges the sequence says it all.
    private static final int WORTH_COUNTING = 4;
    /// More keys than this nobody reads.
    static final int KEYS = 6;

    /// How often one thing was done; hits and misses are empty for anything that is no read.
    ///
    /// @param each the mean
    public record Count(String name, String calls, String hits, String misses, String time, String each,
            String bytes) {}

    /// @param change `added`, `changed` or `gone`
    public record Key(String change, String name, String type, String encoding, String ttl, String bytes) {}

    static Hood of(Transcript.Step step, Event.StepEnded ended, Set<String> queriesShown) {
        List<Event.Count> did = Tally.of(step);
        long calls = did.stream().mapToLong(Event.Count::calls).sum();
        return new Hood(Sequence.of(step.entries(), calls),
                calls < WORTH_COUNTING ? List.of() : did.stream().map(Hood::count).toList(),
                keys(ended.keys()), keyspace(ended.keys()), QueryView.all(step.all(Event.Sql.class).toList(), queriesShown));
    }

    /// Whether there is nothing to see.
    public boolean empty() {
        return sequence.rows().isEmpty() && counts.isEmpty() && keys.isEmpty();
    }

    private static Count count(Event.Count c) {
        boolean read = c.hits() + c.misses() > 0;
        double each = c.calls() == 0 ? 0 : (double) c.micros() / c.calls();
        return new Count(c.name(), Units.count(c.calls()), read ? Units.count(c.hits()) : "",
                read ? Units.count(c.misses()) : "", Units.micros(c.micros()), Units.micros(each),
                Units.bytes(c.sent() + c.received()));
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
