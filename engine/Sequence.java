package engine;

import java.util.List;
import java.util.Map;
import lab.Event;

/// Who asked whom, in order of time: the rows of a sequence diagram with a lane for each actor and each server.
///
/// @param lanes   the actors' names; a row's `lane` is its place here, from 1
/// @param servers who is asked, from near to far: some of [#SERVERS]
/// @param more    how many exchanges are not shown, `4,400`; empty if none
public record Sequence(List<String> lanes, List<String> servers, List<Row> rows, String more) {
    /// What a reader calls each of the servers.
    static final Map<String, String> NAMES = Map.of("valkey", "Valkey", "sqlite", "SQLite", "origin", "origin");
    private static final List<String> SERVERS = List.of("valkey", "sqlite", "origin");
    /// So many exchanges are shown one by one.
    static final int ALL = 20;
    /// Of more than that, so many: enough to see what repeats.
    static final int FIRST = 6;
    private static final int FEW = 4; // actors that an eye can follow

    /// A row: an exchange, one half of it where somebody else came between, or a remark of an actor.
    ///
    /// @param kind  `trip`, `call`, `reply` or `note`
    /// @param to    one of the servers; empty for a note
    /// @param at    since the step began
    /// @param call  the command, statement or request; for a note what was printed or checked
    /// @param found `hit`, `miss` or empty
    /// @param batch what travelled together, where several did
    public record Row(String kind, int lane, String to, String at, Html call, Html reply, String found, String took,
            List<Item> batch) {}

    /// One command of a pipeline or transaction.
    public record Item(Html call, Html reply, String found) {}

    /// Whether it shows how a few actors came between each other, to the end: a picture to look at unasked.
    public boolean race() {
        return lanes.size() > 1 && lanes.size() <= FEW && more.isEmpty();
    }

    /// @param calls how many commands, statements and requests there were, kept or not
    static Sequence of(List<Event.Entry> entries, long calls) {
        if (entries.stream().map(Event.Entry::what).noneMatch(Exchange::overTheWire)) {
            return new Sequence(List.of(), List.of(), List.of(), "");
        }
        var cast = new Cast(calls > ALL ? FIRST : ALL);
        for (Event.Entry entry : entries) {
            if (!cast.add(entry)) break;
        }
        List<Row> rows = new Interleaving(cast.byActor(), entries.getFirst().at()).rows();
        List<String> servers = SERVERS.stream().filter(server -> goesTo(rows, server)).toList();
        return new Sequence(cast.names(), servers, rows, calls > cast.calls() ? Units.count(calls - cast.calls()) : "");
    }

    private static boolean goesTo(List<Row> rows, String to) {
        return rows.stream().anyMatch(row -> row.to().equals(to));
    }
}
