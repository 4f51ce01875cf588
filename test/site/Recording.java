package engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lab.Event;
import lab.Event.Command.Mode;

/// A step recorded by hand, event by event, at µs after it began. What it did is counted along the way.
final class Recording {
    static final long START = 1_764_000_000_000_000L;

    private final String name;
    private final List<Event.Entry> entries = new ArrayList<>();
    private final Map<String, Event.Count> did = new LinkedHashMap<>();
    private String actor = "main";
    private Event.StepEnded ended;
    private Event.Skipped skipped;

    Recording(String name) {
        this.name = name;
    }

    /// Who does what follows.
    Recording as(String actor) {
        this.actor = actor;
        return this;
    }

    Recording say(long at, Event event) {
        entries.add(new Event.Entry(entries.size() + 1, actor, "main", START + at, event));
        return this;
    }

    Recording prints(long at, String line) {
        return say(at, new Event.Printed(line));
    }

    Recording checks(long at, String claim, boolean holds, int line) {
        return say(at, new Event.Checked(claim, holds, "lesson02.java", line));
    }

    /// A command written as in `valkey-cli`, its arguments apart by spaces.
    Recording command(long at, long micros, String command, String reply) {
        return command(at, micros, Mode.PLAIN, command, reply);
    }

    Recording command(long at, long micros, Mode mode, String command, String reply) {
        List<String> words = List.of(command.split(" "));
        Boolean hit = words.getFirst().equals("GET") ? !reply.equals("(nil)") : null;
        count(words.getFirst(), hit, micros, command.length(), reply.length());
        List<String> args = words.subList(1, words.size());
        return say(at, new Event.Command(words.getFirst(), args, reply, hit, 1, mode, micros));
    }

    Recording sql(long at, long micros, long rows, String sql, List<String> parameters, String... plan) {
        List<Event.Plan> nodes = new ArrayList<>();
        for (String node : plan) nodes.add(new Event.Plan(node.length() - node.stripLeading().length(), node.strip()));
        count("SQL", null, micros, sql.length(), rows * 80);
        return say(at, new Event.Sql(sql, parameters, rows, micros, nodes));
    }

    Recording skipped(String needs, String shows) {
        skipped = new Event.Skipped(name, needs, shows);
        return this;
    }

    Recording ended(long micros, Event.Keyspace keys) {
        ended = new Event.StepEnded(name, micros, false, List.copyOf(did.values()), keys);
        return this;
    }

    Transcript.Step step() {
        return new Transcript.Step(name, entries, Optional.ofNullable(ended), Optional.ofNullable(skipped));
    }

    static Event.Key key(String name, String encoding, long ttl, long bytes) {
        return new Event.Key(name, "string", encoding, ttl, bytes);
    }

    static Event.Keyspace added(Event.Key... keys) {
        return new Event.Keyspace(0, keys.length, false, List.of(keys), List.of(), List.of());
    }

    private void count(String what, Boolean hit, long micros, long sent, long received) {
        Event.Count c = did.getOrDefault(what, new Event.Count(what, 0, 0, 0, 0, 0, 0, 0, List.of()));
        long hits = c.hits() + (Boolean.TRUE.equals(hit) ? 1 : 0);
        long misses = c.misses() + (Boolean.FALSE.equals(hit) ? 1 : 0);
        long trip = what.equals("SQL") ? 0 : 1;
        List<Long> took = new ArrayList<>(c.took());
        int bucket = Long.SIZE - Long.numberOfLeadingZeros(micros);
        while (took.size() <= bucket) took.add(0L);
        took.set(bucket, took.get(bucket) + 1);
        did.put(what, new Event.Count(what, c.calls() + 1, hits, misses, c.micros() + micros, c.sent() + sent,
                c.received() + received, c.trips() + trip, took));
    }
}
