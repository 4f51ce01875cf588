package engine;

import java.util.ArrayList;
import java.util.List;
import lab.Event;
import lab.Event.Command.Mode;

/// The steps of the tiny course as they would have been recorded.
final class Recordings {
    private static final String DEPARTURES = """
            SELECT f.flightno, t.name AS destination, f.departure
              FROM flight f JOIN airport t ON t.airport_id = f."to"
             WHERE f."from" = ? AND f.departure >= ?
             ORDER BY f.departure LIMIT 12
            """;
    private static final String[] PLAN = {"SEARCH f USING INDEX flight_from (from=? AND departure>?)",
        "SEARCH t USING INTEGER PRIMARY KEY (rowid=?)", "USE TEMP B-TREE FOR ORDER BY"};
    private static final List<String> ZRH = List.of("ZRH", "2015-06-01 12:00");

    private Recordings() {}

    static Recording look() {
        return new Recording("look").sql(0, 812, 1, "SELECT count(*) FROM flight", List.of(), "SCAN flight")
                .prints(900, "30,114 flights")
                .say(950, new Event.Checked("there are flights", true, "lesson01.java", 11))
                .ended(1_200, null);
    }

    static Recording firstRead() {
        String json = "[{\"flightno\":\"LX8\",\"destination\":\"CHICAGO_O'HARE\",\"departure\":\"12:10\"},…";
        return new Recording("firstRead").command(120, 96, "GET departures:ZRH", "(nil)")
                .sql(310, 1_420, 12, DEPARTURES, ZRH, PLAN)
                .command(2_010, 71, "SET departures:ZRH " + json + " PX 60000", "OK")
                .prints(2_200, "ZRH: 12 departures, LX8 first")
                .command(2_300, 64, "GET departures:ZRH", "\"" + json + "\"")
                .prints(2_500, "ZRH: 12 departures, LX8 first")
                .checks(2_600, "a miss fills the cache", true, 31)
                .checks(2_700, "a hit returns the same type and value as a miss", true, 32)
                .ended(3_120, Recording.added(Recording.key("departures:ZRH", "raw", 59_998, 1_368)));
    }

    /// More than a page shows one by one.
    static Recording penetration() {
        var step = new Recording("penetration");
        for (int i = 0; i < 100; i++) {
            step.command(i * 400L, 55, "GET departures:ZZZ", "(nil)").sql(i * 400L + 80, 240, 0, DEPARTURES, ZRH, PLAN);
        }
        return step.say(90_000, absentReads()).say(90_001, queries()).say(90_002, hitRatio())
                .say(90_003, new Event.Measured("read of an absent key", 1_000, 301, 742, 2_310))
                .say(90_004, new Event.Measured("the same, absence cached", 1_000, 58, 121, 880))
                .say(90_004, survivors()).say(90_004, doll())
                .checks(90_005, "without negative caching every read is a query", true, 36)
                .ended(418_000, Recording.added(Recording.key("departures:ZZZ", "embstr", 4_800, 72)));
    }

    /// Two actors whose calls overlap, and a pipeline.
    static Recording race() {
        String update = "UPDATE flight SET departure = ? WHERE flight_id = ?";
        return new Recording("race").as("reader").command(100, 60, "GET flight:7", "(nil)")
                .sql(220, 310, 1, "SELECT * FROM flight WHERE flight_id = ?", List.of("7"),
                        "SEARCH flight USING INTEGER PRIMARY KEY (rowid=?)")
                .as("writer").sql(400, 820, 1, update, List.of("09:40", "7"))
                .command(1_300, 58, "DEL flight:7", "(integer) 0")
                .prints(1_400, "09:40 is in the database, the key is gone")
                .as("reader").command(1_600, 66, "SET flight:7 08:10 PX 60000", "OK")
                .as("main").command(1_700, 60, Mode.PIPELINED, "GET flight:7", "\"08:10\"")
                .command(1_701, 60, Mode.PIPELINED, "PTTL flight:7", "(integer) 59998")
                .prints(1_900, "the cache says 08:10")
                .checks(1_950, "the old departure stays in the cache", true, 43)
                .ended(2_900, new Event.Keyspace(3, 3, false, List.of(Recording.key("flight:7", "embstr", 59_998, 56)),
                        List.of(Recording.key("departures:ZRH", "raw", 41_000, 1_368)),
                        List.of(Recording.key("departures:GVA", "raw", -1, 912))));
    }

    /// Everything here would do harm on a page that did not escape it.
    static Recording hostile() {
        return new Recording("hostile")
                .prints(0, "</script><script>alert('<b>1</b>')</script> \u001b[31mred\u001b[0m \u0007 \u202Eevil")
                .command(10, 50, "GET a</code>\"'&", "\"<img src=x onerror=alert(1)>\"")
                .checks(80, "<i>not</i> italic", true, 48)
                .ended(400, Recording.added());
    }

    static Recording fields() {
        return new Recording("fields").skipped("Valkey 9.0",
                "A field of a hash that expires by itself, while its neighbours stay.");
    }

    static Recording broken() {
        String message = "java.lang.IllegalStateException: no such airport";
        return new Recording("broken").prints(0, "about to fail").checks(10, "two and two are five", false, 57)
                .say(20, new Event.Failed(message, "lesson02.java", 58,
                        message + "\n\tat lesson02.broken(lesson02.java:58)"))
                .ended(700, Recording.added());
    }

    private static Event.Table absentReads() {
        List<Event.Column> columns = List.of(new Event.Column("what is cached", false, false),
                new Event.Column("queries", false, true), new Event.Column("hit ratio", false, true),
                new Event.Column("p50", true, true));
        return new Event.Table("One thousand reads of an airport that is not there", columns, List.of(
                List.of("only what was found", "1,000", "0 %", "301 µs"),
                List.of("its absence too, for 5 s", "1", "99.9 %", "58 µs")));
    }

    private static Event.Chart queries() {
        List<Event.Point> bars = List.of(new Event.Point("without negative caching", 0, 1_000),
                new Event.Point("with negative caching", 1, 1),
                new Event.Point("with a Bloom filter", 2, 312));
        return new Event.Chart("Queries that reach SQLite", Event.Chart.Kind.BARS, "", "queries",
                List.of(new Event.Series("", bars)));
    }

    private static Event.Chart hitRatio() {
        return new Event.Chart("Hit ratio by cache size", Event.Chart.Kind.LINES, "keys held", "hit ratio",
                List.of(line("LRU", .12, .31, .46, .58, .66, .71), line("LFU", .22, .44, .58, .67, .72, .75),
                        line("FIFO", .08, .22, .36, .49, .57, .63)));
    }

    private static Event.Grid survivors() {
        return new Event.Grid("1,000 keys after a scan", "kept", List.of(new Event.Cells("LFU", "#".repeat(1_000)),
                new Event.Cells("random", "##.#...#.###.".repeat(76) + "#.#.#.#.#.#."),
                new Event.Cells("LRU", ".".repeat(1_000))));
    }

    private static Event.Boxes doll() {
        return new Event.Boxes("A page of departures, after one flight was late", List.of(
                new Event.Box("page <ZRH>", "made anew", List.of(
                        new Event.Box("flight 7", "made anew", List.of(new Event.Box("crew of 7", "", List.of()))),
                        new Event.Box("flight 8", "", List.of(new Event.Box("crew of 8", "", List.of())))))));
    }

    private static Event.Series line(String name, double... ys) {
        List<Event.Point> points = new ArrayList<>();
        for (double y : ys) points.add(new Event.Point("", 50 * points.size() + 50, y));
        return new Event.Series(name, points);
    }
}
