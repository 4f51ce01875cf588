package engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lab.Event;
import lab.Event.Command.Mode;

/// The steps of the fixture's lesson, recorded by hand: each event is put where it belongs in time.
final class Recording {
    static final long START = 1_764_000_000_000_000L;
    private static final String SQL = """
            SELECT f.flightno, t.name AS destination, f.departure
              FROM flight f JOIN airport t ON t.airport_id = f."to"
             WHERE f."from" = ? AND f.departure >= ?
             ORDER BY f.departure LIMIT 12
            """;
    private static final List<Event.Plan> PLAN = List.of(
            new Event.Plan(0, "SEARCH f USING INDEX flight_from (from=? AND departure>?)"),
            new Event.Plan(0, "SEARCH t USING INTEGER PRIMARY KEY (rowid=?)"), new Event.Plan(0, "USE TEMP B-TREE FOR ORDER BY"));

    private final String name;
    private final List<Event.Entry> entries = new ArrayList<>();
    private Event.StepEnded ended;
    private Event.Skipped skipped;

    private Recording(String name) {
        this.name = name;
    }

    static List<String> names() {
        return List.of("firstRead", "penetration", "race", "hostile", "fields", "broken");
    }

    static List<Transcript.Step> all() {
        return List.of(firstRead(), penetration(), race(), hostile(), fields(), broken()).stream().map(Recording::step).toList();
    }

    Transcript.Step step() {
        Optional<Event.Failed> failed = entries.stream().map(Event.Entry::what).filter(Event.Failed.class::isInstance).map(Event.Failed.class::cast).findFirst();
        return new Transcript.Step(name, entries, Optional.ofNullable(ended), Optional.ofNullable(skipped), failed);
    }

    /// A step that prints a line and checks a claim.
    static Recording quiet(String name) {
        return new Recording(name).at(0, new Event.Sql("SELECT count(*) FROM flight", List.of(), 1, 40,
                        List.of(new Event.Plan(0, "SCAN flight USING COVERING INDEX flight_from")))).at(60, new Event.Printed("30,114 flights")).at(90, new Event.Checked("there are flights", true, "lesson01.java", 21))
                .ended(1_200, keys(), new Event.Count("SQL", 1, 0, 0, 40, 0, 8));
    }

    private static Recording firstRead() {
        return new Recording("firstRead").at(120, get("departures:ZRH", null, 96)).at(310, sql(12, 1_420))
                .at(2_010, command("SET", "OK", null, 71, "departures:ZRH", "[{\"flightno\":\"LX8\",\"destination\":\"CHICAGO O'HARE INTL\"}, …", "PX", "60000"))
                .at(2_200, new Event.Printed("ZRH: 12 departures, LX8 to CHICAGO O'HARE INTL first"))
                .at(2_300, get("departures:ZRH", "[{\"flightno\":\"LX8\",\"destination\":\"CHICAGO O'HARE INTL\",\"departure\":\"06:10\"}, …", 64))
                .at(2_500, new Event.Printed("ZRH: 12 departures, LX8 to CHICAGO O'HARE INTL first"))
                .at(2_600, new Event.Checked("a miss fills the cache", true, "lesson02.java", 44))
                .at(2_700, new Event.Checked("a hit returns the same type and value as a miss", true, "lesson02.java", 45))
                .ended(3_120, keys(key("departures:ZRH", "string", "raw", 59_998, 1_368)), new Event.Count("GET", 2, 1, 1, 160, 58, 1_310),
                        new Event.Count("SET", 1, 0, 0, 71, 1_352, 5), new Event.Count("SQL", 1, 0, 0, 1_420, 24, 980));
    }

    private static Recording penetration() {
        var step = new Recording("penetration");
        for (int i = 0; i < 100; i++) step.at(i * 400L, get("departures:XXX", null, 55)).at(i * 400L + 80, sql(0, 240));
        return step.at(90_000, new Event.Table("One thousand reads of an airport that is not there",
                        List.of(new Event.Column("what is cached", false, false), new Event.Column("queries", false, true), new Event.Column("hit ratio", false, true), new Event.Column("p50", true, true)),
                        List.of(List.of("only what was found", "1,000", "0 %", "301 µs"), List.of("its absence too, for 5 s", "1", "99.9 %", "58 µs"))))
                .at(90_001, new Event.Chart("Queries that reach SQLite", Event.Chart.Kind.BARS, "", "queries", List.of(new Event.Series("", List.of(
                        new Event.Point("without negative caching", 0, 1000), new Event.Point("with negative caching", 1, 1), new Event.Point("with a Bloom filter", 2, 312))))))
                .at(90_002, new Event.Chart("Hit ratio by cache size", Event.Chart.Kind.LINES, "keys held", "hit ratio", List.of(
                        line("LRU", .12, .31, .46, .58, .66, .71), line("LFU", .22, .44, .58, .67, .72, .75), line("FIFO", .08, .22, .36, .49, .57, .63))))
                .at(90_003, new Event.Measured("read of an absent key", 1000, 301, 742, 2_310)).at(90_004, new Event.Measured("the same, absence cached", 1000, 58, 121, 880))
                .at(90_005, new Event.Checked("without negative caching every read is a query", true, "lesson02.java", 71))
                .ended(418_000, keys(key("departures:XXX", "string", "embstr", 4_800, 72)), new Event.Count("GET", 2_000, 999, 1_001, 110_000, 58_000, 7_000),
                        new Event.Count("SET", 1, 0, 0, 61, 46, 5), new Event.Count("SQL", 1_001, 0, 0, 240_240, 24_024, 0));
    }

    private static Recording race() {
        return new Recording("race").as("reader", "main", 100, command("GET", "(nil)", false, 60, "flight:7"))
                .as("reader", "main", 220, new Event.Sql("SELECT * FROM flight WHERE flight_id = ?", List.of("7"), 1, 310, List.of(new Event.Plan(0, "SEARCH flight USING INTEGER PRIMARY KEY (rowid=?)"))))
                .as("writer", "main", 400, new Event.Sql("UPDATE flight SET departure = ? WHERE flight_id = ?", List.of("09:40", "7"), 1, 820, List.of()))
                .as("writer", "main", 1_300, command("DEL", "(integer) 0", null, 58, "flight:7")).as("writer", "main", 1_400, new Event.Printed("09:40 is in the database, the key is gone"))
                .as("reader", "main", 1_600, command("SET", "OK", null, 66, "flight:7", "08:10", "PX", "60000"))
                .as("main", "main", 1_700, pipelined("GET", "\"08:10\"", true, "flight:7")).as("main", "main", 1_701, pipelined("PTTL", "(integer) 59998", null, "flight:7"))
                .as("main", "main", 1_900, new Event.Printed("the cache says 08:10")).as("main", "main", 1_950, new Event.Checked("the old departure stays in the cache", true, "lesson02.java", 98))
                .ended(2_900, new Event.Keyspace(3, 3, false, List.of(key("flight:7", "string", "embstr", 59_998, 56)), List.of(key("departures:ZRH", "string", "raw", 41_000, 1_368)), List.of(key("departures:GVA", "string", "raw", -1, 912))),
                        new Event.Count("GET", 2, 1, 1, 120, 40, 20), new Event.Count("SET", 1, 0, 0, 66, 60, 5), new Event.Count("DEL", 1, 0, 0, 58, 20, 4), new Event.Count("PTTL", 1, 0, 0, 60, 20, 6), new Event.Count("SQL", 2, 0, 0, 1_130, 30, 90));
    }

    /// Everything here would do harm on a page that did not escape it.
    private static Recording hostile() {
        return new Recording("hostile").at(0, new Event.Printed("</script><script>alert('<b>1</b>')</script> & \u001b[31mred\u001b[0m bell\u0007 \u202Eevil"))
                .at(10, command("GET", "\"<img src=x onerror=alert(1)>\"", true, 50, "a</code>\"'&"))
                .at(80, new Event.Checked("<i>not</i> italic", true, "lesson02.java", 110)).ended(400, keys(), new Event.Count("GET", 1, 1, 0, 50, 9, 30));
    }

    private static Recording fields() {
        var step = new Recording("fields");
        step.skipped = new Event.Skipped("fields", "Valkey 9.0", "A field of a hash that expires by itself, while its neighbours stay.");
        return step;
    }

    private static Recording broken() {
        return new Recording("broken").at(0, new Event.Printed("about to fail")).at(10, new Event.Checked("two and two are five", false, "lesson02.java", 130))
                .at(20, new Event.Failed("java.lang.IllegalStateException: no such airport", "lesson02.java", 132, "java.lang.IllegalStateException: no such airport\n\tat lesson02.broken(lesson02.java:132)"))
                .ended(700, keys());
    }

    private Recording at(long at, Event event) {
        return as("main", "main", at, event);
    }

    private Recording as(String actor, String thread, long at, Event event) {
        entries.add(new Event.Entry(entries.size() + 10, actor, thread, START + at, event));
        return this;
    }

    private Recording ended(long micros, Event.Keyspace keys, Event.Count... did) {
        ended = new Event.StepEnded(name, micros, false, Arrays.stream(did).filter(c -> c.calls() > 0).toList(), keys);
        return this;
    }

    private static Event.Command get(String key, String reply, long micros) {
        return command("GET", reply == null ? "(nil)" : "\"" + reply.replace("\"", "\\\"") + "\"", reply != null, micros, key);
    }

    private static Event.Command command(String name, String reply, Boolean hit, long micros, String... args) {
        return new Event.Command(name, List.of(args), reply, hit, 1, Mode.PLAIN, micros);
    }

    private static Event.Command pipelined(String name, String reply, Boolean hit, String... args) {
        return new Event.Command(name, List.of(args), reply, hit, 1, Mode.PIPELINED, 60);
    }

    private static Event.Sql sql(long rows, long micros) {
        return new Event.Sql(SQL, List.of("ZRH", "2015-06-01 06:00"), rows, micros, PLAN);
    }

    private static Event.Keyspace keys(Event.Key... added) {
        return new Event.Keyspace(0, added.length, false, List.of(added), List.of(), List.of());
    }

    private static Event.Key key(String name, String type, String encoding, long ttl, long bytes) {
        return new Event.Key(name, type, encoding, ttl, bytes);
    }

    private static Event.Series line(String name, double... ys) {
        List<Event.Point> points = new ArrayList<>();
        for (double y : ys) points.add(new Event.Point("", 50 * points.size() + 50, y));
        return new Event.Series(name, points);
    }

    static String caption(String step) {
        return switch (step) {
            case "firstRead" -> "The first read pays, the second does not";
            case "penetration" -> "A thousand reads of nothing";
            case "race" -> "A reader that is overtaken";
            case "hostile" -> "What a lesson prints is only text: <code>&lt;/script&gt;</code>";
            case "fields" -> "A field with a time to live";
            case "broken" -> "A step that fails";
            default -> "How many flights there are";
        };
    }

    static String code(String step) {
        return !step.equals("firstRead") ? "void %s() {\n    IO.println(\"%s\");\n}".formatted(step, step) : """
                /// Ask Valkey; on a miss ask the database, and remember the answer.
                String departures(String airport) {
                    String key = "departures:" + airport;
                    String cached = valkey().get(key);
                    if (cached != null) return cached; // a hit: SQLite is not asked
                    String fresh = toJson(query(""\"
                            SELECT f.flightno, t.name AS destination, f.departure
                              FROM flight f JOIN airport t ON t.airport_id = f."to"
                             WHERE f."from" = ? AND f.departure >= ?
                             ORDER BY f.departure LIMIT 12""\", airport, now));
                    valkey().set(key, fresh, SetParams.setParams().px(60_000L));
                    return fresh;
                }
                """.stripTrailing();
    }
}
