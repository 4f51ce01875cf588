///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.stream.Collectors.*;
import static lab.Lab.*;
import static redis.clients.jedis.args.ExpiryOption.NX;
import static redis.clients.jedis.params.ZAddParams.zAddParams;
import static redis.clients.jedis.params.ZRangeParams.zrangeParams;
import static redis.clients.jedis.util.JedisClusterCRC16.getSlot;

import java.sql.ResultSet;
import java.sql.SQLException;
import lab.Figures.Line;
import redis.clients.jedis.params.ZParams;

final int hours = knob("hours", 12, 1, 24); // of bookings in a tick
final int flights = knob("flights", 30_000, 10_000, 300_000);
final int readers = knob("readers", 3, 1, 64); // during a rebuild

final long keep = Duration.ofDays(35).toMillis(); // a board of a day
final String airports = "board:{airports}:"; // and the day
final String total = airports + "week";
final String passengers = "board:{passengers}:miles";
final String revenue = "board:{flights}:revenue";

List<Booking> week; // in order of departure
List<String> days;  // its dates

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
            CREATE TABLE flown (booking TEXT, departure TEXT,
                airport TEXT, passenger TEXT, miles INTEGER)""");
    column(flughafenCopy(), """
            INSERT INTO flown
            SELECT booking_id, departure, "from", passenger_id,
                round(3958.8 * acos(
                    sin(radians(a.latitude)) * sin(radians(b.latitude))
                    + cos(radians(a.latitude)) * cos(radians(b.latitude))
                    * cos(radians(a.longitude - b.longitude))))
            FROM flight JOIN booking USING (flight_id)
            JOIN airport_geo a ON a.airport_id = "from"
            JOIN airport_geo b ON b.airport_id = "to"
            WHERE departure < (
                SELECT date(min(departure), '7 days') FROM flight)""");
    week = query(r -> new Booking(r.getString(1), r.getString(2),
                    r.getLong(3), r.getString(4), r.getString(5),
                    r.getLong(6), r.getLong(7)), """
            SELECT booking, date(departure), unixepoch(departure),
                airport, passenger, miles, sum(miles) OVER (
                    PARTITION BY passenger ORDER BY departure, booking)
            FROM flown ORDER BY departure, booking""");
    days = week.stream().map(Booking::day).distinct().toList();
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

/// The bookings of a tick go onto three boards, in one trip.
void arrive(List<Booking> tick) {
    try (var pipe = valkey().pipelined()) {
        for (Booking b : tick) {
            pipe.zincrby(airports + b.day, 1, b.airport);
            pipe.zincrby(total, 1, b.airport);
            pipe.zadd(passengers, b.total, b.passenger, zAddParams().gt());
        }
        pipe.pexpire(airports + tick.getFirst().day, keep, NX);
        pipe.pexpire(airports + tick.getLast().day, keep, NX);
    }
}

/// A week in ticks: who leads meanwhile, and is it right in the end?
void race() throws Exception {
    prepare();
    var ticks = week.stream().collect(groupingBy(
            b -> b.seconds / 3_600 / hours, TreeMap::new, toList()));
    var seen = new ArrayList<Map<String, Double>>(); // after each tick
    for (var tick : ticks.values()) {
        arrive(tick);
        seen.add(board(total, 0, -1).stream()
                .collect(toMap(Place::member, Place::score)));
    }
    double[] x = IntStream.rangeClosed(1, seen.size())
            .mapToDouble(tick -> tick * hours / 24.0).toArray();
    var lines = new ArrayList<Line>();
    for (Place p : board(total, 0, 2)) {
        lines.add(line(airport(p.member), x, seen.stream().mapToDouble(
                tick -> tick.getOrDefault(p.member, 0.0)).toArray()));
    }
    chart("Busiest airports", "days", "passengers",
            lines.toArray(Line[]::new));
    check("airports: members, scores, order as in the database",
            board(total, 0, -1).equals(ask("""
                    SELECT airport, count(*) FROM flown
                    GROUP BY airport ORDER BY 2 DESC, 1 DESC""")));
    check("passengers: the same, to the mile",
            board(passengers, 0, -1).equals(ask("""
                    SELECT passenger, sum(miles) FROM flown
                    GROUP BY passenger ORDER BY 2 DESC, 1 DESC""")));
}

/// Boards hold ids. Names are read when a board is.
String airport(String id) throws SQLException {
    return column(flughafenCopy(), """
            SELECT iata FROM airport
            WHERE airport_id = ?""", id).getFirst();
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
    Callable<List<Place>> table = () -> ask("""
            SELECT * FROM board
            ORDER BY score DESC, member DESC LIMIT 10""");
    Callable<List<Place>> set = () -> board(revenue, 0, 9);
    check("the best ten are the same, from each",
            set.call().equals(query.call())
                    && set.call().equals(table.call()));
    double q = measure("best ten: query", 3, query::call).p50();
    double t = measure("best ten: table", 300, table::call).p50();
    double s = measure("best ten: sorted set", 300, set::call).p50();
    measure("update: table", 200, () -> column(flughafenCopy(), """
            INSERT INTO board VALUES ('1', 100) ON CONFLICT
            DO UPDATE SET score = score + excluded.score"""));
    measure("update: sorted set", 200, () ->
            valkey().zincrby(revenue, 100, "1"));
    check("the query takes ten times as long", q > 10 * Math.max(s, t));
    check("the table does not", t < 10 * s);
    check("after the updates all is the same, to the last",
            board(revenue, 0, -1).equals(ask("""
                    SELECT * FROM board
                    ORDER BY score DESC, member DESC""")));
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
    double last = valkey().zcard(revenue) - 1;
    double[] places = {10, Math.floor(last / 2), last};
    double[] table = new double[3];
    double[] set = new double[3];
    boolean same = true;
    for (int i = 0; i < 3; i++) {
        long rank = (long) places[i];
        String flight = board(revenue, rank, rank).getFirst().member;
        same &= rankFromTable(flight).equals("" + rank)
                && valkey().zrevrank(revenue, flight) == rank;
        table[i] = measure("rank " + rank + ": table", 20, () ->
                rankFromTable(flight)).p50();
        set[i] = measure("rank " + rank + ": sorted set", 100, () ->
                valkey().zrevrank(revenue, flight)).p50();
    }
    check("both say the same ranks", same);
    chart("What is my rank?", "rank", "µs",
            line("table", places, table), line("sorted set", places, set));
    check("the last: five times faster, at least", table[2] > 5 * set[2]);
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

/// Counts an event unless it was seen. Both keys change, or neither.
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
    var right = Set.copyOf(ask("""
            SELECT passenger, sum(miles) FROM flown
            WHERE departure < ? GROUP BY passenger""", days.get(1)));
    return ways.stream().map(way -> board("miles:{" + way + "}", 0, -1)
            .stream().filter(p -> !right.contains(p)).count()).toList();
}

/// As if a worker died before its XACK, and so did the next.
void deliveredAgain() throws Exception {
    var events = new ArrayList<>(week.stream()
            .filter(b -> b.day.equals(days.getFirst())).toList());
    deliver(events);
    List<Long> first = wrong();
    deliver(events);
    List<Long> again = wrong();
    Collections.shuffle(events, new Random(16)); // threads race
    deliver(events);
    List<Long> shuffled = wrong();
    table("Wrong scores", row("way", "delivered", "again", "in disorder"),
            IntStream.range(0, 4).mapToObj(i -> row(ways.get(i),
                    first.get(i), again.get(i), shuffled.get(i))).toList());
    check("ZINCRBY: each score is wrong",
            again.getFirst() == valkey().zcard("miles:{zincrby}"));
    check("ZADD: in disorder, some are", shuffled.get(1) > 0);
    check("ZADD GT: none", again.get(2) + shuffled.get(2) == 0);
    check("a script that remembers: none",
            again.getLast() + shuffled.getLast() == 0);
}

/// Equal scores, names that change, and a score that is too large.
void members() throws Exception {
    valkey().zadd("ties", Map.of("9", 5.0, "10", 5.0, "33", 5.0));
    var order = valkey().zrange("ties", 0, -1);
    check("equal scores: by the bytes of the id, 10 before 9",
            order.equals(List.of("10", "33", "9")));
    check("REV turns that round, too", order.reversed()
            .equals(valkey().zrange("ties", zrangeParams(0, -1).rev())));
    for (String change : List.of("", " Two")) { // first as it was
        valkey().zincrby("names", 100, column(flughafenCopy(), """
                UPDATE airport SET name = name || ?
                WHERE airport_id = 1 RETURNING name""", change).getFirst());
    }
    check("an airport with a new name is two members",
            valkey().zcard("names") == 2);
    valkey().eval("redis.call('ZADD', KEYS[1], ARGV[1], 'large')",
            List.of("ties"), List.of("9007199254740993"));
    check("2^53 + 1 is kept as 2^53",
            valkey().zscore("ties", "large") == 0x1p53);
    check("and 1 more is no more",
            valkey().zincrby("ties", 1, "large") == 0x1p53);
}

/// Boards of the week, from the boards of its days.
void windows() throws Exception {
    String[] keys = days.stream().map(day -> airports + day)
            .toArray(String[]::new);
    String sum = airports + "sum";
    valkey().zunionstore(sum, keys);
    check("seven days are a week",
            board(sum, 0, -1).equals(board(total, 0, -1)));
    double[] halves = IntStream.range(0, keys.length) // ..., 1/4, 1/2, 1
            .mapToDouble(i -> Math.scalb(2.0, i - keys.length)).toArray();
    valkey().zunionstore(airports + "recent",
            new ZParams().weights(halves), keys);
    check("each day back counts half",
            board(airports + "recent", 0, -1).equals(ask("""
                    SELECT airport, sum(pow(0.5, julianday(?)
                        - julianday(date(departure)))) FROM flown
                    GROUP BY airport ORDER BY 2 DESC, 1 DESC""",
                    days.getLast())));
    check("the board of a day expires", valkey().pttl(keys[0]) > 0);
    valkey().pexpire(sum, keep);
    valkey().zunionstore(sum, keys);
    check("made again, it never expires", valkey().pttl(sum) == -1);
    check("all keys of a union have one hash slot", Stream.of(keys)
            .allMatch(key -> getSlot(key) == getSlot(sum)));
}

final String live = airports + "live";
final String next = airports + "next";

/// Makes a board anew, a quarter at a time: in its place, or aside.
/// After each command that readers could see comes a pause.
void rebuild(boolean aside, Callable<?> pause) throws Exception {
    var places = board(total, 0, -1);
    String key = aside ? next : live;
    valkey().del(key);
    pause.call();
    fill(key, places, (places.size() + 3) / 4, pause);
    if (!aside) return;
    valkey().zincrby(live, 1, "1"); // an event, meanwhile
    valkey().pexpire(next, keep);
    valkey().rename(next, live);
    pause.call();
}

/// How many places readers saw. In each pause all of them read.
List<Long> sizesSeen(boolean aside) throws Exception {
    var sizes = Collections.synchronizedList(new ArrayList<Long>());
    Callable<Boolean> reader = () -> sizes.add(valkey().zcard(live));
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
        rebuild(aside, () -> pool.invokeAll(
                Collections.nCopies(readers, reader)));
    }
    return sizes;
}

/// A board is rebuilt while readers read it, in two ways.
void whileReadersRead() throws Exception {
    long size = valkey().zunionstore(live, total);
    List<Long> inPlace = sizesSeen(false);
    List<Long> aside = sizesSeen(true);
    long empty = inPlace.stream().filter(n -> n == 0).count();
    long part = inPlace.stream().filter(n -> 0 < n && n < size).count();
    long none = aside.stream().filter(n -> n == 0).count();
    long some = aside.stream().filter(n -> 0 < n && n < size).count();
    table("What readers saw",
            row("rebuilt", "reads", "empty boards", "parts of a board"),
            row("in place", inPlace.size(), empty, part),
            row("aside", aside.size(), none, some));
    check("in place: empty boards, and parts of a board",
            empty == readers && part == 3 * readers);
    check("aside: whole boards only",
            aside.equals(Collections.nCopies(6 * readers, size)));
    check("the TTL comes with the name", valkey().pttl(live) > 0);
    check("an event that came meanwhile is lost",
            board(live, 0, -1).equals(board(total, 0, -1)));
}
