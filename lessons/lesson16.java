///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
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

final int hours = knob("hours", 6, 1, 24); // of bookings in a tick
final int flights = knob("flights", 30_000, 10_000, 300_000);
final int readers = knob("readers", 4, 1, 64); // during a rebuild

final long keep = Duration.ofDays(35).toMillis(); // a board of a day
final String airports = "board:{airports}:"; // and a day, or "week"
final String passengers = "board:{passengers}:miles";
final String revenue = "board:{flights}:revenue";

List<Booking> week; // in order of departure
List<String> days;  // its dates

void main() {
    steps(this::race, this::costs, this::ranks, this::deliveredAgain,
            this::ties, this::endOfNumbers,
            this::windows, varies(this::whileReadersRead), this::renamed);
}

/// A seat, on the day it is flown. `seconds` of the week have passed;
/// `total` are the passenger's miles, this flight included.
record Booking(String id, String day, long seconds, String airport,
        String passenger, long miles, long total) {
    static Booking of(ResultSet r) throws SQLException {
        return new Booking(r.getString(1), r.getString(2), r.getLong(3),
                r.getString(4), r.getString(5), r.getLong(6),
                r.getLong(7));
    }
}

/// A week of bookings, each with its miles along a great circle of a globe with a radius of 3,958.8 miles.
void prepare() throws Exception {
    column(flughafenCopy(), """
            CREATE TABLE flown AS
            SELECT booking_id, departure,
                   CAST("from" AS TEXT) AS airport,
                   CAST(passenger_id AS TEXT) AS passenger,
                   CAST(round(3958.8 * acos(
                       sin(radians(a.latitude)) * sin(radians(b.latitude))
                       + cos(radians(a.latitude))
                       * cos(radians(b.latitude))
                       * cos(radians(a.longitude - b.longitude))
                   )) AS INTEGER) AS miles
            FROM flight JOIN booking USING (flight_id)
            JOIN airport_geo a ON a.airport_id = "from"
            JOIN airport_geo b ON b.airport_id = "to"
            WHERE departure < (
                SELECT date(min(departure), '7 days') FROM flight)""");
    week = query(Booking::of, """
            SELECT booking_id, date(departure),
                   unixepoch(departure) - unixepoch(
                       (SELECT date(min(departure)) FROM flown)),
                   airport, passenger, miles,
                   sum(miles) OVER (PARTITION BY passenger
                       ORDER BY departure, booking_id)
            FROM flown ORDER BY departure, booking_id""");
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
        var rows = statement.executeQuery();
        var all = new ArrayList<T>();
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
            pipe.zincrby(airports + "week", 1, b.airport);
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
        seen.add(board(airports + "week", 0, -1).stream()
                .collect(toMap(Place::member, Place::score)));
    }
    double[] x = ticks.keySet().stream()
            .mapToDouble(tick -> (tick + 1) * hours / 24.0).toArray();
    var lines = new ArrayList<Line>();
    for (Place p : board(airports + "week", 0, 3)) {
        lines.add(line(airport(p.member, "iata"), x, seen.stream().mapToDouble(
                s -> s.getOrDefault(p.member, 0.0)).toArray()));
    }
    chart("Busiest airports of the week", "days", "passengers",
            lines.toArray(Line[]::new));
    check("airports: the board is what the database says",
            board(airports + "week", 0, -1).equals(ask("""
                    SELECT airport, count(*) FROM flown
                    GROUP BY airport ORDER BY 2 DESC, 1 DESC""")));
    check("passengers: so is this, to the mile",
            board(passengers, 0, -1).equals(ask("""
                    SELECT passenger, sum(miles) FROM flown
                    GROUP BY passenger ORDER BY 2 DESC, 1 DESC""")));
    check("the board of a day expires",
            valkey().pttl(airports + days.getFirst()) > 0);
}

/// Boards hold ids. Names are read when a board is.
String airport(String id, String column) throws SQLException {
    return column(flughafenCopy(), "SELECT " + column
            + " FROM airport WHERE airport_id = ?", id).getFirst();
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
    check("the query takes ten times as long", q > 10 * Math.max(s, t));
    check("the table does not", t < 10 * s);

    measure("update: table", 200, () -> column(flughafenCopy(), """
            INSERT INTO board VALUES ('1', 100) ON CONFLICT
            DO UPDATE SET score = score + excluded.score"""));
    measure("update: sorted set", 200, () ->
            valkey().zincrby(revenue, 100, "1"));
    check("after the updates they are still the same",
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

/// The rank of a flight near the top, and of others farther down.
void ranks() throws Exception {
    long last = valkey().zcard(revenue) - 1;
    double[] places = {10, 100, 1_000, last / 4, last / 2, last};
    double[] table = new double[places.length];
    double[] set = new double[places.length];
    for (int i = 0; i < places.length; i++) {
        long rank = (long) places[i];
        String flight = board(revenue, rank, rank).getFirst().member;
        check("rank " + rank + ": both say so",
                rankFromTable(flight).equals("" + rank)
                        && valkey().zrevrank(revenue, flight) == rank);
        table[i] = measure("rank " + rank + ": table", 20, () ->
                rankFromTable(flight)).p50();
        set[i] = measure("rank " + rank + ": sorted set", 100, () ->
                valkey().zrevrank(revenue, flight)).p50();
    }
    chart("What is my rank?", "rank", "µs",
            line("table", places, table), line("sorted set", places, set));
    check("for the last the sorted set is ten times faster",
            table[places.length - 1] > 10 * set[places.length - 1]);
    String hundredth = board(revenue, 99, 99).getFirst().member;
    check("around place 100: 95 to 105", around(revenue, hundredth)
            .equals(ask("""
                    SELECT * FROM board ORDER BY score DESC, member DESC
                    LIMIT 11 OFFSET 94""")));
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
    var events = new ArrayList<>(firstDay());
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

List<Booking> firstDay() {
    return week.stream()
            .filter(b -> b.day.equals(days.getFirst())).toList();
}

/// Adds to a count, and puts behind the point how early that was.
final String addWithTime = """
        local known = redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0
        local count = math.floor(known) + ARGV[2]
        redis.call('ZADD', KEYS[1], count + ARGV[3], ARGV[1])""";

/// From just below 1, at the start of the week, to 0, after 97 days.
double early(long seconds) {
    return ((1 << 23) - 1 - seconds) / 0x1p23;
}

/// Equal counts: who is ahead?
void ties() throws Exception {
    valkey().zadd("ties", Map.of("9", 5.0, "10", 5.0, "33", 5.0));
    var order = valkey().zrange("ties", 0, -1);
    check("by the bytes of the ids", order.equals(List.of("10", "33", "9")));
    check("REV turns that round, too", order.reversed()
            .equals(valkey().zrange("ties", zrangeParams(0, -1).rev())));

    String timed = airports + "timed";
    try (var pipe = valkey().pipelined()) {
        for (Booking b : firstDay()) {
            pipe.eval(addWithTime, List.of(timed), List.of(
                    b.airport, "1", "" + early(b.seconds)));
        }
    }
    var byTime = board(timed, 0, -1).stream()
            .map(p -> new Place(p.member, Math.floor(p.score))).toList();
    check("with the time behind the point: who was first is ahead",
            byTime.equals(ask("""
                    SELECT airport, count(*) FROM flown
                    WHERE departure < ? GROUP BY airport
                    ORDER BY 2 DESC, max(departure), 1 DESC""",
                    days.get(1))));
}

/// A score is a 64-bit floating-point number. Where it ends.
void endOfNumbers() {
    valkey().eval("redis.call('ZADD', KEYS[1], ARGV[1], 'a')",
            List.of("large"), List.of("9007199254740993"));
    check("2^53 + 1 is kept as 2^53",
            valkey().zscore("large", "a") == 0x1p53);
    check("1 more than 2^53 is 2^53",
            valkey().zincrby("large", 1, "a") == 0x1p53);
    valkey().zadd("large", 0x1p30 - 1 + early(2), "first");
    valkey().zadd("large", 0x1p30 - 1 + early(3), "second");
    check("below a count of 2^30 a second decides",
            valkey().zscore("large", "first")
                    > valkey().zscore("large", "second"));
    check("from there on it may not",
            valkey().zincrby("large", 1, "first")
                    == valkey().zincrby("large", 1, "second"));
}

/// Boards of the week, from the boards of its days.
void windows() throws Exception {
    String[] keys = days.stream().map(day -> airports + day)
            .toArray(String[]::new);
    String sum = airports + "sum";
    valkey().zunionstore(sum, keys);
    check("seven days are a week",
            board(sum, 0, -1).equals(board(airports + "week", 0, -1)));
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
    valkey().pexpire(sum, keep);
    valkey().zunionstore(sum, keys);
    check("made again, it never expires", valkey().pttl(sum) == -1);
    check("all keys of a union have one hash slot", Stream.of(keys)
            .allMatch(key -> getSlot(key) == getSlot(sum)));
}

final String live = airports + "live";
final String next = airports + "next";

/// Makes a board anew, a quarter at a time: in its place, or aside.
void rebuild(boolean aside, Callable<?> pause) throws Exception {
    var places = board(airports + "week", 0, -1);
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

record Seen(LongAdder whole, LongAdder part, LongAdder empty) {}

/// What readers see of a board during a rebuild. A pause lasts until as
/// many reads as there are readers have begun and ended.
Seen seenDuring(boolean aside) throws Exception {
    long size = valkey().zunionstore(live, airports + "week");
    var seen = new Seen(new LongAdder(), new LongAdder(), new LongAdder());
    var reads = new AtomicReference<>(new CountDownLatch(readers));
    var done = new AtomicBoolean();
    Runnable reader = () -> {
        while (!done.get()) {
            CountDownLatch begun = reads.get();
            long n = valkey().zcard(live);
            (n == 0 ? seen.empty : n < size ? seen.part : seen.whole)
                    .increment();
            begun.countDown();
        }
    };
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < readers; i++) pool.execute(reader);
        try {
            rebuild(aside, () -> {
                reads.set(new CountDownLatch(readers));
                if (reads.get().await(10, SECONDS)) return null;
                throw new TimeoutException("no reads for 10 s");
            });
        } finally {
            done.set(true);
        }
    }
    return seen;
}

/// A board is rebuilt while readers read it, in two ways.
void whileReadersRead() throws Exception {
    Seen inPlace = seenDuring(false);
    Seen aside = seenDuring(true);
    table("What readers saw", row("rebuilt", measured("whole"),
                    measured("in part"), measured("empty")),
            row("in place", inPlace.whole, inPlace.part, inPlace.empty),
            row("aside, RENAME", aside.whole, aside.part, aside.empty));
    check("in place: empty boards, and parts of boards",
            inPlace.empty.sum() >= readers && inPlace.part.sum() >= readers);
    check("aside: whole boards only",
            aside.part.sum() + aside.empty.sum() == 0);
    check("the TTL comes with the name", valkey().pttl(live) > 0);
    check("an event that came meanwhile is lost",
            board(live, 0, -1).equals(board(airports + "week", 0, -1)));
}

/// An airport gets another name, between two days.
void renamed() throws Exception {
    for (String day : days.subList(0, 2)) {
        double passengers = valkey().zscore(airports + day, "1");
        valkey().zincrby("board:names", passengers,
                airport("1", "name"));
        valkey().zincrby("board:ids", passengers, "1");
        column(flughafenCopy(), """
                UPDATE airport SET name = name || ' International'
                WHERE airport_id = 1""");
    }
    board("board:names", 0, -1).forEach(IO::println);
    board("board:ids", 0, -1).forEach(IO::println);
    check("by name: two airports", valkey().zcard("board:names") == 2);
    check("by id: one", valkey().zcard("board:ids") == 1);
}
