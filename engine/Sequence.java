package engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lab.Event;

/// Who asked whom, in order of time: the rows of a sequence diagram whose lanes are the actors, Valkey and SQLite.
///
/// @param lanes the actors' names; a row's `lane` is its place here, from 1
/// @param more  how many exchanges are not shown, `4,400`; empty if none
public record Sequence(List<String> lanes, boolean valkey, boolean sqlite, List<Row> rows, String more) {
    /// So many exchanges are shown one by one.
    static final int ALL = 24;
    /// Of more than that, so many: enough to see what repeats.
    static final int FIRST = 12;
    /// The last lane stands for all that come after.
    static final int LANES = 6;

    /// A row: an exchange, one half of it where somebody else came between, or a remark of an actor.
    ///
    /// @param kind  `trip`, `call`, `reply` or `note`
    /// @param to    `valkey` or `sqlite`; empty for a note
    /// @param at    since the step began
    /// @param call  the command or statement; for a note what was printed or checked
    /// @param found `hit`, `miss` or empty
    /// @param batch what travelled together, where several did
    public record Row(String kind, int lane, String to, String at, String call, String reply, String found, String took,
            List<Item> batch) {}

    /// One command of a pipeline or transaction.
    public record Item(String call, String reply, String found) {}

    static Sequence of(List<Event.Entry> entries, long calls) {
        if (entries.stream().map(Event.Entry::what).noneMatch(Exchange::overTheWire)) {
            return new Sequence(List.of(), false, false, List.of(), "");
        }
        Map<String, Integer> lanes = new LinkedHashMap<>();
        List<List<Exchange>> byLane = new ArrayList<>();
        int limit = calls > ALL ? FIRST : ALL;
        int shown = 0;
        int told = 0;
        for (Event.Entry entry : entries) {
            if (!Exchange.worthShowing(entry.what())) continue;
            if (shown == limit) break;
            boolean exchange = Exchange.overTheWire(entry.what());
            int lane = lanes.computeIfAbsent(name(entry), _ -> Math.min(lanes.size(), LANES - 1));
            if (byLane.size() == lane) byLane.add(new ArrayList<>());
            List<Exchange> own = byLane.get(lane);
            if (exchange) told++;
            if (!own.isEmpty() && own.getLast().joins(entry)) own.getLast().entries().add(entry);
            else {
                own.add(new Exchange(lane + 1, new ArrayList<>(List.of(entry))));
                if (exchange) shown++;
            }
        }
        List<Row> rows = new Interleaving(byLane, entries.getFirst().at()).rows();
        return new Sequence(names(lanes), goesTo(rows, "valkey"), goesTo(rows, "sqlite"), rows,
                calls > told ? Units.count(calls - told) : "");
    }

    private static boolean goesTo(List<Row> rows, String to) {
        return rows.stream().anyMatch(row -> row.to().equals(to));
    }

    private static String name(Event.Entry entry) {
        if (entry.thread().equals("main")) return entry.actor().equals("main") ? "lesson" : entry.actor();
        return entry.actor().equals("main") ? entry.thread() : entry.actor() + " " + entry.thread();
    }

    private static List<String> names(Map<String, Integer> lanes) {
        List<String> names = new ArrayList<>();
        lanes.forEach((name, lane) -> {
            if (names.size() == lane) names.add(name);
        });
        int others = lanes.size() - LANES;
        if (others > 0) names.set(LANES - 1, names.getLast() + " and " + Units.count(others, "other"));
        return names;
    }
}
