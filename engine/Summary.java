package engine;

import java.util.List;
import java.util.StringJoiner;
import lab.Event;

/// A step in one line: `1 SQL · 2 commands · 1 key added · 84 ms`. What did not happen is left out.
final class Summary {
    private Summary() {}

    static String of(Transcript.Step step, Event.StepEnded ended) {
        var line = new StringJoiner(" · ");
        Cost cost = Cost.of(step);
        if (cost.requests() > 0) line.add(Units.count(cost.requests()) + " HTTP");
        if (cost.sql() > 0) line.add(Units.count(cost.sql()) + " SQL");
        if (cost.commands() > 0) line.add(Units.count(cost.commands(), "command"));
        if (ended.keys() != null) keys(ended.keys(), line);
        return line.add(Units.micros(ended.micros())).toString();
    }

    private static void keys(Event.Keyspace keys, StringJoiner line) {
        if (keys.sampled()) {
            line.add("%s keys before, %s after".formatted(Units.count(keys.before()), Units.count(keys.after())));
            return;
        }
        change(keys.added(), "added", line);
        change(keys.changed(), "changed", line);
        change(keys.gone(), "gone", line);
    }

    private static void change(List<Event.Key> keys, String change, StringJoiner line) {
        if (!keys.isEmpty()) line.add(Units.count(keys.size(), "key") + " " + change);
    }
}
