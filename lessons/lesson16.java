///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.Collections.*;
import static java.util.stream.Collectors.*;
import static lab.Lab.*;
import static redis.clients.jedis.args.ExpiryOption.NX;
import static redis.clients.jedis.params.ZAddParams.zAddParams;
import static redis.clients.jedis.params.ZRangeParams.zrangeParams;

import java.sql.ResultSet;
import java.sql.SQLException;
import lab.Figures.Line;
import redis.clients.jedis.params.ZParams;

final int hours = knob("hours", 12, 1, 24); // of bookings in a tick
final int flights = knob("flights", 30_000, 10_000, 300_000);
final int readers = knob("readers", 3, 1, 64); // during a rebuild

final long keep = Duration.ofDays(35).toMillis(); // a board of a day
final String airports = "board:{airports}:"; // and the day
final String busiest = airports + "week";
final String passengers = "board:{passengers}:miles";
final String revenue = "board:{flights}:revenue";

List<Booking> week; // in order of departure
String[] daily;     // the keys of the boards of its days

void main() {
    steps(this::race, this::costs, this::ranks, this::deliveredAgain,
            this::members, this::windows, this::whileReadersRead);
}

/// A seat on a flight, at its departure, in seconds since 1970. `total`
/// are the passenger's miles of the week, this flight included.
record Booking(String id, String day, long seconds, String airport,
        String passenger, long miles, long total) {}

/// A week of bookings, each with its miles along a great circle of a
/// globe with a radius of 3,958.8 miles. Ids are text, as on a board.
void prepare() throws Exception {
    column(flughafenCopy(), """
            CREATE TABLE flown AS
            SELECT CAST(booking_id AS TEXT) AS booking, departure,
                CAST("from" AS TEXT) AS airport, date(departure) AS day,
                CAST(passenger_id AS TEXT) AS passenger,
                round(3958.8 * acos(
                    sin(radians(a.latitude)) * sin(radians(b.latitude))
                    + cos(radians(a.latitude)) * cos(radians(b.latitude))
                    * cos(radians(a.longitude - b.longitude)))) AS miles
            FROM flight JOIN booking USING (flight_id)
            JOIN airport_geo a ON a.airport_id = "from"
            JOIN airport_geo b ON b.airport_id = "to"
            WHERE departure < (
                SELECT date(min(departure), '7 days') FROM flight)""");
    week = query(r -> new Booking(r.getString(1), r.getString(2),
                    r.getLong(3), r.getString(4), r.getString(5),
                    r.getLong(6), r.getLong(7)), """
            SELECT booking, day, unixepoch(departure),
                airport, passenger, miles, sum(miles) OVER (
                    PARTITION BY passenger ORDER BY departure, booking)
            FROM flown ORDER BY departure, booking""");
    daily = week.stream().map(b -> airports + b.day).distinct()
            .toArray(String[]::new);
}

interface Row<T> {
    T of(ResultSet row) throws SQLException;
}

<T> List<T> query(Row<T> each, String sql, Object... parameters)
        throws SQLException {
    try (var db = flughafenCopy().getConnection();
            var statement = db.prepareStatement(sql)) {
        int place = 0;
        for (Object p : parameters) statement.setObject(++place, p);
        var all = new ArrayList<T>();
        var rows = statement.executeQuery();
        while (rows.next()) all.add(each.of(rows));
        return all;
    }
}

/// A place on a board.
record Place(String member, double score) {}

/// A board as the database has it.
List<Place> ask(String sql, Object... parameters) throws SQLException {
    return query(row -> new Place(row.getString(1), row.getDouble(2)),
            sql, parameters);
}

/// A board, or some of its places, the best one first.
List<Place> board(String key, long from, long to) {
    return valkey().zrangeWithScores(key, zrangeParams(from, to).rev())
            .stream().map(t -> new Place(t.getElement(), t.getScore()))
            .toList();
}

/// Adds a tick up, and puts it onto the boards of days and of passengers
/// in one trip. Then the days are added up to a week.
void arrive(List<Booking> tick) {
    try (var pipe = valkey().pipelined()) {
        tick.stream().collect(groupingBy(Booking::day,
                groupingBy(Booking::airport, counting())))
                .forEach((day, counts) -> {
            counts.forEach((airport, count) ->
                    pipe.zincrby(airports + day, count, airport));
            pipe.pexpire(airports + day, keep, NX);
        });
        pipe.zadd(passengers, tick.stream().collect(toMap(
                Booking::passenger, b -> (double) b.total, Math::max)),
                zAddParams().gt());
    }
    valkey().zunionstore(busiest, daily);
}

/// A week in ticks: who leads meanwhile, and is it right in the end?
void race() throws Exception {
    prepare();
    var ticks = week.stream().collect(groupingBy(
            b -> b.seconds / 3_600 / hours, TreeMap::new, toList()));
    // What the board said: at first nothing, then something each tick.
    var seen = new ArrayList<>(List.of(Map.<String, Double>of()));
    for (var tick : ticks.values()) {
        arrive(tick);
        seen.add(board(busiest, 0, -1).stream()
                .collect(toMap(Place::member, Place::score)));
    }
    double[] x = IntStream.range(0, seen.size()).asDoubleStream().toArray();
    var lines = new ArrayList<Line>();
    for (Place p : board(busiest, 0, 2)) { // a name, only to show it
        var name = column(flughafenCopy(),
                "SELECT iata FROM airport WHERE airport_id = ?", p.member);
        lines.add(line(name.getFirst(), x, seen.stream().mapToDouble(
                tick -> tick.getOrDefault(p.member, 0.0)).toArray()));
    }
    chart("Busiest airports", "ticks", "passengers",
            lines.toArray(Line[]::new));
    check("airports: members, scores, order as in the database",
            board(busiest, 0, -1).equals(ask("""
                    SELECT airport, count(*) FROM flown
                    GROUP BY airport ORDER BY 2 DESC, 1 DESC""")));
    check("passengers: the same, to the mile",
            board(passengers, 0, -1).equals(ask("""
                    SELECT passenger, sum(miles) FROM flown
                    GROUP BY passenger ORDER BY 2 DESC, 1 DESC""")));
}

/// Which flights earn most: computed from all their bookings, in cents.
final String computed = """
        SELECT CAST(flight_id AS TEXT),
               sum(CAST(round(price * 100) AS INTEGER))
        FROM booking WHERE flight_id <= ? GROUP BY flight_id
        """;

/// The same board in three ways. Equal answers first, then the costs.
void costs() throws Exception {
    for (String sql : List.of(
            "CREATE INDEX paid ON booking (flight_id, price)",
            "CREATE TABLE board (member TEXT PRIMARY KEY, score INTEGER)",
            "CREATE INDEX ranked ON board (score, member)")) {
        column(flughafenCopy(), sql);
    }
    column(flughafenCopy(), "INSERT INTO board " + computed, flights);
    fill(revenue, ask("SELECT * FROM board"), 5_000, () -> null);
    Callable<List<Place>> query = () -> ask(computed
            + "ORDER BY 2 DESC, 1 DESC LIMIT 10", flights);
    String table = """
            SELECT * FROM board ORDER BY score DESC, member DESC
            """;
    check("the best ten: the sorted set agrees with the query",
            board(revenue, 0, 9).equals(query.call()));
    double q = measure("best ten: query", 3, query::call).p50();
    double t = measure("best ten: table", 300, () ->
            ask(table + "LIMIT 10")).p50();
    double s = measure("best ten: sorted set", 300, () ->
            board(revenue, 0, 9)).p50();
    measure("update: table", 200, () -> column(flughafenCopy(), """
            INSERT INTO board VALUES ('1', 100) ON CONFLICT
            DO UPDATE SET score = score + excluded.score"""));
    measure("update: sorted set", 200, () ->
            valkey().zincrby(revenue, 100, "1"));
    check("the query takes ten times as long", q > 10 * Math.max(s, t));
    check("after the updates it agrees with the table, to the last",
            board(revenue, 0, -1).equals(ask(table)));
}

/// How many are ahead of a flight: its rank, from 0 on as in Valkey.
String rankFromTable(String flight) throws SQLException {
    return column(flughafenCopy(), """
            SELECT count(*) FROM board me
            JOIN board b ON (b.score, b.member) > (me.score, me.member)
            WHERE me.member = ?""", flight).getFirst();
}

/// Ranks farther and farther down.
void ranks() throws Exception {
    long last = valkey().zcard(revenue) - 1;
    double[] places = {10, last / 2, last};
    double[] table = new double[3];
    double[] set = new double[3];
    for (int i = 0; i < 3; i++) {
        long rank = (long) places[i];
        String flight = board(revenue, rank, rank).getFirst().member;
        check("rank " + rank + ": the table says so, too",
                rankFromTable(flight).equals("" + rank));
        table[i] = measure("rank " + rank + ": table", 20, () ->
                rankFromTable(flight)).p50();
        set[i] = measure("rank " + rank + ": sorted set", 100, () ->
                valkey().zrevrank(revenue, flight)).p50();
    }
    chart("What is my rank?", "rank", "µs",
            line("table", places, table), line("sorted set", places, set));
    check("the last takes the table three times as long, at least",
            table[2] > 3 * set[2]);
    String hundredth = board(revenue, 99, 99).getFirst().member;
    check("around place 100: 95 to 105", around(revenue, hundredth)
            .equals(board(revenue, 94, 104)));
}

/// The five above a member, itself, the five below. Two trips: between
/// them the board may change.
List<Place> around(String key, String member) {
    Long rank = valkey().zrevrank(key, member);
    if (rank == null) return List.of();
    return board(key, Math.max(0, rank - 5), rank + 5);
}

/// Puts places on a board, so many at a time, with a pause after each.
void fill(String key, List<Place> places, int many, Callable<?> pause)
        throws Exception {
    for (int at = 0; at < places.size(); at += many) {
        valkey().zadd(key, places.stream().skip(at).limit(many)
                .collect(toMap(Place::member, Place::score)));
        pause.call();
    }
}

/// Counts an event unless it was seen. Nobody sees one key without the
/// other; but a script that fails half way is not rolled back.
final String once = """
        if redis.call('SADD', KEYS[1], ARGV[1]) == 0 then return 0 end
        redis.call('PEXPIRE', KEYS[1], ARGV[2], 'NX')
        redis.call('ZINCRBY', KEYS[2], ARGV[3], ARGV[4])
        return 1""";

/// The miles of a day, counted in four ways.
final List<String> ways = List.of("zincrby", "zadd", "zadd-gt", "once");

void deliver(List<Booking> bookings) {
    try (var pipe = valkey().pipelined()) {
        for (Booking b : bookings) {
            pipe.zincrby("miles:{zincrby}", b.miles, b.passenger);
            pipe.zadd("miles:{zadd}", b.total, b.passenger);
            pipe.zadd("miles:{zadd-gt}", b.total, b.passenger,
                    zAddParams().gt());
            pipe.eval(once, List.of("miles:{once}:seen", "miles:{once}"),
                    List.of(b.id, "" + keep, "" + b.miles, b.passenger));
        }
    }
}

/// How many passengers have not the miles of that day, for each way.
List<Long> wrong() throws SQLException {
    var right = ask("""
            SELECT passenger, sum(miles) FROM flown
            WHERE day = ? GROUP BY passenger""", week.getFirst().day);
    return ways.stream().map(way -> {
        var has = Set.copyOf(board("miles:{" + way + "}", 0, -1));
        return right.stream().filter(p -> !has.contains(p)).count();
    }).toList();
}

/// As if a worker died before its XACK, and so did the next.
void deliveredAgain() throws Exception {
    var events = new ArrayList<>(week.stream()
            .filter(b -> b.day.equals(week.getFirst().day)).toList());
    deliver(events);
    List<Long> first = wrong();
    deliver(events);
    List<Long> again = wrong();
    shuffle(events, new Random(16)); // threads race
    deliver(events);
    List<Long> shuffled = wrong();
    table("Wrong scores", row("way", "delivered", "again", "in disorder"),
            IntStream.range(0, 4).mapToObj(i -> row(ways.get(i),
                    first.get(i), again.get(i), shuffled.get(i))).toList());
    check("ZINCRBY: each score is wrong",
            again.getFirst() == valkey().zcard("miles:{zincrby}"));
    check("ZADD: in disorder, some are", shuffled.get(1) > 0);
    check("ZADD GT, and a script that remembers: none",
            Stream.of(again, shuffled).allMatch(
                    n -> n.get(2) + n.get(3) == 0));
}

/// Equal scores, names that change, and a score that is too large.
void members() throws Exception {
    valkey().zadd("ties", Map.of("9", 5.0, "10", 5.0, "33", 5.0));
    check("equal scores: by the bytes of the id, 10 before 9", valkey()
            .zrange("ties", 0, -1).equals(List.of("10", "33", "9")));
    check("REV turns that round, too", board("ties", 0, -1).equals(List.of(
            new Place("9", 5), new Place("33", 5), new Place("10", 5))));
    for (String change : List.of("", " Two")) { // first as it was
        valkey().zincrby("names", 100, column(flughafenCopy(), """
                UPDATE airport SET name = name || ?
                WHERE airport_id = 1 RETURNING name""", change).getFirst());
    }
    check("an airport with a new name is two members",
            valkey().zcard("names") == 2);
    valkey().eval("redis.call('ZADD', KEYS[1], ARGV[1], 'large')",
            List.of("ties"), List.of("9007199254740993"));
    check("2^53 + 1 is kept as 2^53, and 1 more is no more",
            valkey().zscore("ties", "large") == 0x1p53
                    && valkey().zincrby("ties", 1, "large") == 0x1p53);
}

/// A week in which each day back counts half, and a TTL that is gone.
void windows() throws Exception {
    double[] halves = IntStream.range(0, daily.length) // ..., 1/4, 1/2, 1
            .mapToDouble(i -> Math.scalb(2.0, i - daily.length)).toArray();
    String recent = airports + "recent";
    valkey().zunionstore(recent, new ZParams().weights(halves), daily);
    check("each day back counts half", board(recent, 0, -1).equals(ask("""
            SELECT airport, sum(pow(0.5, julianday(?) - julianday(day)))
            FROM flown GROUP BY airport ORDER BY 2 DESC, 1 DESC""",
            week.getLast().day)));
    check("the board of a day expires", valkey().pttl(daily[0]) > 0);
    valkey().pexpire(busiest, keep);
    valkey().zunionstore(busiest, daily);
    check("made again, it never expires", valkey().pttl(busiest) == -1);
}

final String live = airports + "live";

/// Makes a board anew, a quarter at a time: in its place, or aside.
/// After each command that readers could see comes a pause.
void rebuild(boolean aside, Callable<?> pause) throws Exception {
    var places = board(busiest, 0, -1);
    String key = aside ? airports + "next" : live;
    valkey().del(key);
    pause.call();
    fill(key, places, (places.size() + 3) / 4, pause);
    if (!aside) return;
    valkey().zincrby(live, 1, places.getFirst().member); // meanwhile
    valkey().pexpire(key, keep);
    valkey().rename(key, live);
    pause.call();
}

/// How many places readers saw. In each pause all of them read.
List<Long> sizesSeen(boolean aside) throws Exception {
    var sizes = synchronizedList(new ArrayList<Long>());
    Callable<Boolean> reader = () -> sizes.add(valkey().zcard(live));
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
        rebuild(aside, () -> pool.invokeAll(nCopies(readers, reader)));
    }
    return sizes;
}

/// A board is rebuilt while readers read it, in two ways.
void whileReadersRead() throws Exception {
    long size = valkey().zunionstore(live, busiest);
    List<Long> inPlace = sizesSeen(false);
    List<Long> aside = sizesSeen(true);
    table("What readers saw",
            row("rebuilt", "reads", "empty boards", "whole boards"),
            row("in place", inPlace.size(), frequency(inPlace, 0L),
                    frequency(inPlace, size)),
            row("aside", aside.size(), frequency(aside, 0L),
                    frequency(aside, size)));
    check("in place: a fifth of the reads finds nothing, a fifth all",
            frequency(inPlace, 0L) == readers
                    && frequency(inPlace, size) == readers);
    check("aside: whole boards only",
            aside.equals(nCopies(6 * readers, size)));
    check("the TTL comes with the name", valkey().pttl(live) > 0);
    check("an event that came meanwhile is lost",
            board(live, 0, -1).equals(board(busiest, 0, -1)));
}
