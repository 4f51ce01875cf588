///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.stream.Collectors.toMap;
import static lab.Lab.*;
import static redis.clients.jedis.StreamEntryID.*;
import static redis.clients.jedis.params.XAutoClaimParams.xAutoClaimParams;
import static redis.clients.jedis.params.XReadGroupParams.xReadGroupParams;

import java.sql.SQLException;
import lab.Figures.Row;
import lab.PrivateValkey;
import lab.Step;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.resps.StreamEntry;

final int batch = knob("batch", 30, 1, 70);          // read at once
final int capacity = knob("capacity", 20, 10, 500);  // a minute
final int outage = knob("outage", 10, 1, 100);       // in minutes
final int changes = knob("changes", 100, 1, 1_000);  // of seats
final int wait = knob("wait", 2_500, 1, 10_000);     // in ms

void main() {
    steps(this::crash, this::minutes, this::late, this::coalesced,
            varies(this::serverDies), this::soldTwice);
}

/// Who has which seat of a flight, as Valkey promised it: a hash.
String seats(int flight) {
    return "{flight:" + flight + "}:seats";
}

/// The bookings of a flight, as they were accepted: a stream.
String stream(int flight) {
    return "{flight:" + flight + "}:bookings";
}

/// Gives a seat from one passenger ("" is nobody) to another. True is a
/// promise: the seat is theirs. A retry gets the same answer, as long as
/// nobody has passed the seat on.
boolean accept(UnifiedJedis valkey, int flight, String seat,
        String from, String to) {
    return valkey.eval("""
            local owner = redis.call('HGET', KEYS[1], ARGV[1]) or ''
            if owner == ARGV[3] then return 1 end
            if owner ~= ARGV[2] then return 0 end
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
            redis.call('XADD', KEYS[2], '*',
                'seat', ARGV[1], 'passenger', ARGV[3], 'price', '99')
            return 1""", List.of(seats(flight), stream(flight)),
            List.of(seat, from, to)).equals(1L);
}

/// Sells seats of a flight, each to another passenger.
void sell(int flight, int first, int count) {
    for (int i = first; i < first + count; i++) {
        accept(valkey(), flight, seat(i), "", "" + (i + 1));
    }
}

String seat(int i) {
    return i / 6 + 1 + "ABCDEF".substring(i % 6, i % 6 + 1);
}

/// A flight of which no seat is sold, and a group of workers that read
/// its stream from the beginning.
void open(int flight) throws SQLException {
    empty(flight);
    valkey().xgroupCreate(stream(flight), "workers",
            new StreamEntryID(0, 0), true);
}

void empty(int flight) throws SQLException {
    column(flughafenCopy(),
            "DELETE FROM booking WHERE flight_id = ?", flight);
}

/// Bookings that nobody has read yet: they are the worker's from now on.
List<StreamEntry> read(int flight, String worker, int count) {
    var answer = valkey().xreadGroup("workers", worker,
            xReadGroupParams().count(count),
            Map.of(stream(flight), XREADGROUP_UNDELIVERED_ENTRY));
    return answer == null ? List.of() : answer.getFirst().getValue();
}

final String always = "";
final String ifNewer = "WHERE excluded.event > ifnull(event, 0)";

/// Stores bookings in one transaction: all of them or none. A row that
/// is there is replaced, `always` or `ifNewer`. Returns how many rows
/// were written.
int store(int flight, List<StreamEntry> entries, String when)
        throws SQLException {
    try (var db = flughafenCopy().getConnection()) {
        db.setAutoCommit(false);
        try (var sql = db.prepareStatement("""
                INSERT INTO booking
                    (flight_id, seat, passenger_id, price, event)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (flight_id, seat) DO UPDATE SET
                    passenger_id = excluded.passenger_id,
                    price = excluded.price, event = excluded.event
                """ + when)) {
            int written = 0;
            for (StreamEntry entry : entries) {
                sql.setInt(1, flight);
                sql.setString(2, entry.getFields().get("seat"));
                sql.setString(3, entry.getFields().get("passenger"));
                sql.setString(4, entry.getFields().get("price"));
                sql.setLong(5, event(entry));
                written += sql.executeUpdate();
            }
            db.commit();
            return written;
        } catch (SQLException e) {
            db.rollback();
            throw e;
        }
    }
}

/// An entry's id as one number: its millisecond, and its place among up
/// to a million of the same millisecond.
long event(StreamEntry entry) {
    return entry.getID().getTime() * 1_000_000
            + entry.getID().getSequence();
}

/// After the commit: the group need not remember these any more.
void acknowledge(int flight, List<StreamEntry> entries) {
    valkey().xack(stream(flight), "workers", entries.stream()
            .map(StreamEntry::getID).toArray(StreamEntryID[]::new));
}

/// A worker: read, commit, acknowledge, until nothing is left. Returns
/// how many rows it wrote. In production it waits, with BLOCK.
int work(int flight, String worker) throws SQLException {
    int written = 0;
    for (var some = read(flight, worker, batch); !some.isEmpty();
            some = read(flight, worker, batch)) {
        written += store(flight, some, ifNewer);
        acknowledge(flight, some);
    }
    return written;
}

/// Bookings that others have read and not acknowledged. In production
/// only those that are idle for longer than any batch takes, not for 0.
List<StreamEntry> claim(int flight, String worker, int count) {
    return valkey().xautoclaim(stream(flight), "workers", worker, 0,
            MINIMUM_ID, xAutoClaimParams().count(count)).getValue();
}

/// Who has which seat of a flight, as the database has it.
Map<String, String> rows(int flight) throws SQLException {
    return column(flughafenCopy(), """
            SELECT seat || ' ' || passenger_id FROM booking
            WHERE flight_id = ?""", flight).stream()
            .map(row -> row.split(" "))
            .collect(toMap(row -> row[0], row -> row[1]));
}

/// Whether the rows are what was promised.
boolean kept(int flight) throws SQLException {
    return rows(flight).equals(valkey().hgetAll(seats(flight)));
}

/// What XINFO GROUPS says: `lag` was read by nobody yet, `pending` was
/// read and not acknowledged.
long group(int flight, String field) {
    return (Long) valkey().xinfoGroups(stream(flight)).getFirst()
            .getGroupInfo().get(field);
}

final int rush = 2_000; // a flight of which 70 seats are sold at once
final String list = "flight:2000:queue"; // the same seats, as a list

/// Takes bookings from stream and list, and waits to be killed.
void workerA() {
    read(rush, "A", batch);
    valkey().lpop(list, batch);
    IO.println("has read");
    IO.readln();
}

/// Stores what A held, and waits to be killed.
void workerB() throws SQLException {
    store(rush, claim(rush, "B", batch), ifNewer);
    IO.println("has committed");
    IO.readln();
}

/// Runs a worker in a process of its own up to its word, and kills it.
void kill(String name, Step worker) throws Exception {
    var process = spawn(name, worker);
    process.hear();
    process.kill();
}

/// Where the 70 bookings are now.
Row now(String moment) throws SQLException {
    return row(moment, group(rush, "lag"), group(rush, "pending"),
            rows(rush).size());
}

/// A dies before its commit; B between its commit and XACK; C does not.
void crash() throws Exception {
    column(flughafenCopy(), "ALTER TABLE booking ADD event INTEGER");
    open(rush);
    sell(rush, 0, 70);
    check("another passenger does not get 1A",
            !accept(valkey(), rush, "1A", "", "500"));
    check("who has it and asks again does",
            accept(valkey(), rush, "1A", "", "1"));
    for (int i = 0; i < 70; i++) valkey().rpush(list, seat(i));
    var moments = new ArrayList<>(List.of(now("accepted")));

    kill("A", this::workerA);
    moments.add(now("A has read, and is dead"));
    check("nobody has read the rest", group(rush, "lag") == 70 - batch);
    kill("B", this::workerB);
    moments.add(now("B has claimed and committed, and is dead"));

    var left = claim(rush, "C", 70);
    check("C claims exactly what A held", left.size() == batch);
    check("stored again, they write no row",
            store(rush, left, ifNewer) == 0);
    acknowledge(rush, left);
    moments.add(now("C has claimed, committed, acknowledged"));
    check("the rest writes a row each", work(rush, "C") == 70 - batch);
    moments.add(now("C has done the rest"));
    table("70 bookings", row("moment", "lag", "pending", "rows"), moments);
    check("nothing lost, nothing twice", kept(rush));
    check("the list: what A held is nowhere",
            valkey().lrange(list, 0, -1).equals(IntStream
                    .range(batch, 70).mapToObj(this::seat).toList()));
}

/// Ten bookings a minute. A dies with what it has just read; B comes
/// `--outage` minutes later. The clock is the lesson's.
void minutes() throws Exception {
    int flight = 3_000;
    int dies = 5;
    double[] pending = new double[300]; // after so many we give up
    double[] behind = new double[300];  // accepted, and not stored
    open(flight);
    int minute = 0;
    while (minute <= dies || behind[minute - 1] > 0 && minute < 300) {
        sell(flight, 10 * minute, 10);
        if (minute == dies) read(flight, "A", capacity);
        if (minute < dies || minute >= dies + outage) {
            var some = new ArrayList<>(claim(flight, "B", capacity));
            int rest = capacity - some.size();
            if (rest > 0) some.addAll(read(flight, "B", rest));
            store(flight, some, ifNewer);
            acknowledge(flight, some);
        }
        pending[minute] = group(flight, "pending");
        behind[minute] = group(flight, "lag") + pending[minute];
        minute++;
    }
    double[] x = IntStream.range(0, minute).asDoubleStream().toArray();
    chart("A dies in minute 5, B comes in minute " + (dies + outage),
            "minute", "bookings",
            line("accepted, not stored", x, Arrays.copyOf(behind, minute)),
            line("of these, A's", x, Arrays.copyOf(pending, minute)));
    int most = (int) Arrays.stream(behind).max().orElseThrow();
    int after = minute - dies - outage;
    IO.println(most + " behind, " + (behind[minute - 1] > 0
            ? "not caught up in 300 minutes"
            : after + " minutes to catch up"));
    check("ten more are behind in each minute without a worker",
            most == 10 * outage);
    check("catching up takes: behind / (capacity - 10)",
            after == Math.ceil(1.0 * most / (capacity - 10)));
    check("all that was promised is stored", kept(flight));
}

/// A has read the sale of a seat, and hangs. B stores what came after
/// it, and then what A held. Who has the seat in the database?
String afterClaim(int flight, String when) throws SQLException {
    open(flight);
    accept(valkey(), flight, "1A", "", "7");
    read(flight, "A", 1);
    accept(valkey(), flight, "1A", "7", "8");
    work(flight, "B");
    store(flight, claim(flight, "B", 1), when);
    return rows(flight).get("1A");
}

/// The stream of the crash once more; then an old booking after a new one.
void late() throws SQLException {
    var all = valkey().xrange(stream(rush), MINIMUM_ID, MAXIMUM_ID);
    check("acknowledged, and still in the stream", all.size() == 70);
    int written = store(rush, all, ifNewer) + store(rush, all, ifNewer);
    check("replayed twice: no row is written", written == 0);
    empty(rush);
    store(rush, all, ifNewer);
    check("replayed into nothing: the same rows", kept(rush));

    String plain = afterClaim(5_000, always);
    String newer = afterClaim(5_001, ifNewer);
    table("Seat 1A went from 7 to 8", row("replace", "passenger"),
            row("always", plain), row("if newer", newer));
    check("always: the seat goes back", plain.equals("7"));
    check("if newer: it does not", newer.equals("8"));
}

/// The last booking of each seat.
List<StreamEntry> coalesce(List<StreamEntry> entries) {
    return List.copyOf(entries.stream().collect(
            toMap(entry -> entry.getFields().get("seat"), entry -> entry,
                    (_, last) -> last)).values());
}

/// Ten seats change hands, in turn. Returns how many rows a worker wrote.
int changeHands(int flight, UnaryOperator<List<StreamEntry>> fold)
        throws SQLException {
    open(flight);
    for (int i = 0; i < changes; i++) {
        accept(valkey(), flight, seat(i % 10),
                i < 10 ? "" : "" + (90 + i), "" + (100 + i));
    }
    var some = read(flight, "A", changes);
    int written = store(flight, fold.apply(some), ifNewer);
    acknowledge(flight, some); // all, not only the last
    return written;
}

/// The same changes, one by one and coalesced.
void coalesced() throws SQLException {
    int all = changeHands(4_000, some -> some);
    int last = changeHands(4_001, this::coalesce);
    table(changes + " changes of ten seats", row("stored", "upserts"),
            row("one by one", all), row("coalesced", last));
    check("one by one: an upsert each", all == changes);
    check("coalesced: an upsert for each seat",
            last == Math.min(changes, 10));
    check("both: the rows that were promised", kept(4_000) && kept(4_001));
    check("nothing is pending", group(4_001, "pending") == 0);
}

/// Bookings: accepted; of these, in a buffer of Valkey's and in no file
/// yet when the kill came, the last one or none; gone after the restart.
record Killed(int accepted, int unwritten, long lost) {
    Row as(String file) {
        return row(file, accepted, unwritten, lost);
    }
}

/// A server with these options accepts bookings, until one that it has
/// accepted is unwritten, for `ms` at most. Then it is killed.
Killed killed(int ms, String... options) {
    try (var server = privateValkey(options)) {
        long end = System.nanoTime() + ms * 1_000_000L;
        int accepted = 0;
        long buffer = 0; // bytes
        while (buffer == 0 && System.nanoTime() < end) {
            accept(server.client(), 1, seat(accepted++), "", "1");
            buffer = info(server.client(), "aof_buffer_length");
        }
        killAndRestart(server);
        return new Killed(accepted, Long.signum(buffer),
                accepted - server.client().xlen(stream(1)));
    }
}

void killAndRestart(PrivateValkey server) {
    server.kill();
    try {
        server.client().ping();
    } catch (JedisConnectionException e) {
        // the pool drops a connection when its user has seen it fail
    }
    server.restart();
}

/// Four servers, four kills.
void serverDies() {
    var none = killed(200, "--appendonly no");
    var no = killed(1_200, "--appendonly yes", "--appendfsync no");
    var second = killed(wait, "--appendonly yes",
            "--appendfsync everysec");
    var always = killed(200, "--appendonly yes", "--appendfsync always");
    table("Bookings and kill -9", row("file", measured("accepted"),
                    measured("unwritten"), measured("lost")),
            none.as("none"), no.as("AOF, fsync no"),
            second.as("AOF, fsync everysec"),
            always.as("AOF, fsync always"));
    check("no file: all are lost", none.lost == none.accepted);
    check("fsync no and always: none is unwritten, none is lost",
            no.unwritten + no.lost + always.unwritten + always.lost == 0);
    check("fsync everysec: none is lost but what was unwritten",
            second.lost <= second.unwritten);
}

/// Without AOF, and the bookings were stored in time. Then Valkey dies.
void soldTwice() throws SQLException {
    int flight = 7_000;
    empty(flight);
    try (var server = privateValkey("--appendonly no")) {
        var valkey = server.client();
        accept(valkey, flight, "1A", "", "7");
        store(flight, valkey.xrange(stream(flight), "-", "+"), ifNewer);
        check("1A is sold to 7, and stored",
                rows(flight).equals(Map.of("1A", "7")));
        killAndRestart(server);
        check("Valkey sells it to 8",
                accept(valkey, flight, "1A", "", "8"));
        store(flight, valkey.xrange(stream(flight), "-", "+"), ifNewer);
        check("the database gives 7's seat to 8",
                rows(flight).equals(Map.of("1A", "8")));
    }
}
