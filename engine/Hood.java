package engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lab.Event;

/// What a step did under the hood: who asked whom, how often, which keys that changed, and how SQLite found its rows.
///
/// @param keyspace the keys in all, where there were too many to look at each; else empty
public record Hood(Sequence sequence, List<Count> counts, List<Key> keys, String keyspace, List<Query> queries) {
    /// Below this many exchanges the sequence says it all.
    private static final int WORTH_COUNTING = 4;

    /// How often one thing was done; hits and misses are empty for anything that is no read.
    public record Count(String name, String calls, String hits, String misses, String time, String each, String bytes) {}

    /// @param change `added`, `changed` or `gone`
    public record Key(String change, String name, String type, String encoding, String ttl, String bytes) {}

    /// @param ran `ran once`, `ran 1,000 times`, with rows and time of the first
    public record Query(Html sql, String parameters, String ran, List<Node> plan) {}

    /// A node of a query plan.
    ///
    /// @param access `scan` reads all of a table or index, `search` looks up, `sort` builds a tree of its own; else empty
    public record Node(int depth, String access, String detail) {}

    static Hood of(Transcript.Step step, Event.StepEnded ended) {
        List<Event.Count> did = Tally.of(step);
        long calls = did.stream().mapToLong(Event.Count::calls).sum();
        return new Hood(Sequence.of(step.entries(), calls),
                calls < WORTH_COUNTING ? List.of() : did.stream().map(Hood::count).toList(),
                keys(ended.keys()), keyspace(ended.keys()), queries(step.all(Event.Sql.class).toList()));
    }

    /// Whether there is anything to see.
    public boolean empty() {
        return sequence.rows().isEmpty() && counts.isEmpty() && keys.isEmpty();
    }

    private static Count count(Event.Count c) {
        boolean read = c.hits() + c.misses() > 0;
        return new Count(c.name(), Units.count(c.calls()), read ? Units.count(c.hits()) : "", read ? Units.count(c.misses()) : "",
                Units.micros(c.micros()), Units.micros(c.calls() == 0 ? 0 : (double) c.micros() / c.calls()),
                Units.bytes(c.sent() + c.received()));
    }

    private static List<Key> keys(Event.Keyspace keyspace) {
        List<Key> keys = new ArrayList<>();
        if (keyspace == null) return keys;
        keyspace.added().forEach(key -> keys.add(key("added", key)));
        keyspace.changed().forEach(key -> keys.add(key("changed", key)));
        keyspace.gone().forEach(key -> keys.add(key("gone", key)));
        return keys;
    }

    private static Key key(String change, Event.Key key) {
        return new Key(change, key.name(), key.type(), key.encoding(), Units.ttl(key.ttl()), Units.bytes(key.bytes()));
    }

    private static String keyspace(Event.Keyspace keys) {
        return keys == null || !keys.sampled() ? ""
                : "%s keys before, %s after; these are a sample".formatted(Units.count(keys.before()), Units.count(keys.after()));
    }

    /// Each statement once, however often it ran.
    private static List<Query> queries(List<Event.Sql> statements) {
        Map<String, List<Event.Sql>> byText = new LinkedHashMap<>();
        for (Event.Sql sql : statements) byText.computeIfAbsent(sql.sql(), _ -> new ArrayList<>()).add(sql);
        return byText.values().stream().map(Hood::query).toList();
    }

    private static Query query(List<Event.Sql> runs) {
        Event.Sql first = runs.getFirst();
        String times = runs.size() == 1 ? "ran once" : "seen %s times".formatted(Units.count(runs.size()));
        return new Query(Highlighter.highlight("sql", first.sql().stripIndent().strip()), String.join(", ", first.parameters()),
                "%s · %s · %s".formatted(times, Units.count(first.rows(), "row"), Units.micros(first.micros())),
                first.plan().stream().map(p -> new Node(p.depth(), access(p.detail()), p.detail())).toList());
    }

    /// See "EXPLAIN QUERY PLAN" in SQLite's documentation.
    private static String access(String detail) {
        if (detail.startsWith("SCAN") && !detail.startsWith("SCAN CONSTANT")) return "scan";
        if (detail.startsWith("SEARCH")) return "search";
        return detail.startsWith("USE TEMP B-TREE") ? "sort" : "";
    }
}
