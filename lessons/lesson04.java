///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.stream.Collectors.toMap;
import static lab.Lab.*;
import static redis.clients.jedis.StreamEntryID.*;
import static redis.clients.jedis.params.XAutoClaimParams.xAutoClaimParams;
import static redis.clients.jedis.params.XPendingParams.xPendingParams;
import static redis.clients.jedis.params.XReadGroupParams.xReadGroupParams;

import java.sql.SQLException;
import lab.Figures.Row;
import lab.PrivateValkey;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.resps.StreamEntry;

final int bookings = knob("bookings", 70); // that are accepted in a step
final int batch = knob("batch", 30);       // that a worker takes at once
final int capacity = knob("capacity", 20); // that it stores in a minute
final int outage = knob("outage", 10);     // minutes without a worker
final int changes = knob("changes", 100);  // of ten seats
final int sent = knob("sent", 300);        // to a server that is killed

final LongAdder upserts = new LongAdder();

void main() {
    steps(this::crash, this::minutes, this::late, this::coalesced,
            this::serverDies, this::soldTwice);
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
/// promise: the seat is theirs. A retry gets the same answer.
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

String seat(int i) {
    return i / 6 + 1 + "ABCDEF".substring(i % 6, i % 6 + 1);
}

/// Seats of a flight are sold, each to another passenger.
void sell(int flight, int first, int count) {
    for (int i = first; i < first + count; i++) {
        accept(valkey(), flight, seat(i), "", "" + (i + 1));
    }
}

/// A flight of which no seat is sold, and a group of workers that read
/// its stream from the beginning.
void open(int flight) throws SQLException {
    sql("DELETE FROM booking WHERE flight_id = " + flight);
    valkey().xgroupCreate(stream(flight), "workers",
            new StreamEntryID(0, 0), true);
}

void sql(String text) throws SQLException {
    try (var db = flughafenCopy().getConnection();
            var sql = db.createStatement()) {
        sql.execute(text);
    }
}

/// Bookings that nobody has read yet: they are the worker's from now on.
List<StreamEntry> read(int flight, String worker, int count) {
    var answer = valkey().xreadGroup("workers", worker,
            xReadGroupParams().count(count),
            Map.of(stream(flight), XREADGROUP_UNDELIVERED_ENTRY));
    return answer == null ? List.of() : answer.getFirst().getValue();
}

/// Bookings that others have read and not acknowledged. In production
/// only those that are idle for longer than any batch takes, not for 0.
List<StreamEntry> claim(int flight, String worker, int count) {
    return valkey().xautoclaim(stream(flight), "workers", worker, 0,
            MINIMUM_ID, xAutoClaimParams().count(count)).getValue();
}

/// Stores bookings in one transaction. Returns how many rows changed.
int store(int flight, List<StreamEntry> entries) throws SQLException {
    return upsert(flight, entries, ifNewer);
}

final String ifNewer = "WHERE excluded.event > ifnull(event, 0)";

int upsert(int flight, List<StreamEntry> entries, String condition)
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
                """ + condition)) {
            int changed = 0;
            for (StreamEntry entry : entries) {
                sql.setInt(1, flight);
                sql.setString(2, entry.getFields().get("seat"));
                sql.setString(3, entry.getFields().get("passenger"));
                sql.setString(4, entry.getFields().get("price"));
                sql.setLong(5, event(entry));
                changed += sql.executeUpdate();
                upserts.increment();
            }
            db.commit();
            return changed;
        } catch (SQLException e) {
            db.rollback();
            throw e;
        }
    }
}

/// The entry's id as a number: milliseconds, and a count within them.
long event(StreamEntry entry) {
    return entry.getID().getTime() * 1_000_000
            + entry.getID().getSequence();
}

/// After the commit: the group need not remember these any more.
void acknowledge(int flight, List<StreamEntry> entries) {
    if (entries.isEmpty()) return; // XACK refuses an empty list
    valkey().xack(stream(flight), "workers", entries.stream()
            .map(StreamEntry::getID).toArray(StreamEntryID[]::new));
}

/// A worker: read, commit, acknowledge, until nothing is left. Returns
/// how many rows changed. In production it waits, with BLOCK.
int work(int flight, String worker) throws SQLException {
    int changed = 0;
    for (var some = read(flight, worker, batch); !some.isEmpty();
            some = read(flight, worker, batch)) {
        changed += store(flight, some);
        acknowledge(flight, some);
    }
    return changed;
}

/// Who has which seat of a flight, as Valkey promised it.
Map<String, String> promised(int flight) {
    return valkey().hgetAll(seats(flight));
}

/// And as the database has it.
Map<String, String> rows(int flight) throws SQLException {
    try (var db = flughafenCopy().getConnection();
            var sql = db.prepareStatement("""
                    SELECT seat, passenger_id FROM booking
                    WHERE flight_id = ?""")) {
        sql.setInt(1, flight);
        var rows = new HashMap<String, String>();
        var row = sql.executeQuery();
        while (row.next()) rows.put(row.getString(1), row.getString(2));
        return rows;
    }
}

/// What XINFO GROUPS says: `lag` was read by nobody yet, `pending` was
/// read and not acknowledged.
long group(int flight, String field) {
    return (Long) valkey().xinfoGroups(stream(flight)).getFirst()
            .getGroupInfo().get(field);
}

final String queue = "flight:2000:queue"; // a list: the same bookings

/// A worker in a process of its own. It does what it is told.
void worker() throws Exception {
    int flight = 2_000;
    var held = new ArrayList<StreamEntry>();
    for (String told; (told = IO.readln()) != null; ) {
        switch (told) {
            case "read" -> held.addAll(read(flight, "A", batch));
            case "pop" -> valkey().lpop(queue, batch);
            case "claim" -> held.addAll(claim(flight, "B", batch));
            case "store" -> store(flight, held);
            default -> throw new IllegalArgumentException(told);
        }
        IO.println("done: " + told);
    }
}

/// Lets a new worker do some work, and kills it.
void lifeOf(String name, String... work) throws Exception {
    var worker = spawn(name, this::worker);
    for (String one : work) {
        worker.tell(one);
        worker.hear();
    }
    worker.kill();
}

/// Where the bookings of a flight are now.
Row now(int flight, String moment) throws SQLException {
    return row(moment, group(flight, "lag"), group(flight, "pending"),
            rows(flight).size());
}

/// A dies before its commit; B between its commit and XACK; C does not.
void crash() throws Exception {
    sql("ALTER TABLE booking ADD event INTEGER");
    int flight = 2_000;
    open(flight);
    sell(flight, 0, bookings);
    check("another passenger does not get 1A",
            !accept(valkey(), flight, "1A", "", "500"));
    check("who has it and asks again does",
            accept(valkey(), flight, "1A", "", "1"));
    for (int i = 0; i < bookings; i++) valkey().rpush(queue, seat(i));
    var moments = new ArrayList<Row>();
    moments.add(now(flight, "accepted"));
    lifeOf("A", "read", "pop");
    moments.add(now(flight, "A has read, and is killed"));
    check("nobody has read the rest",
            group(flight, "lag") == bookings - batch);
    lifeOf("B", "claim", "store");
    moments.add(now(flight, "B has claimed and stored, and is killed"));

    var left = claim(flight, "C", bookings);
    check("C claims exactly what A held", left.size() == batch);
    check("each is delivered for the third time",
            valkey().xpending(stream(flight), "workers", xPendingParams(
                    MINIMUM_ID, MAXIMUM_ID, bookings)).stream()
                    .allMatch(entry -> entry.getDeliveredTimes() == 3));
    check("stored again, they change no row", store(flight, left) == 0);
    acknowledge(flight, left);
    moments.add(now(flight, "C has claimed, stored, acknowledged"));
    check("the rest changes a row each",
            work(flight, "C") == bookings - batch);
    moments.add(now(flight, "C has done the rest"));
    table(bookings + " bookings",
            row("moment", "lag", "pending", "rows"), moments);
    check("nothing lost, nothing twice",
            rows(flight).equals(promised(flight)));
    check("the list: what A held is nowhere",
            valkey().lpop(queue, bookings)
                    .equals(IntStream.range(batch, bookings)
                            .mapToObj(this::seat).toList()));
}

/// Ten bookings a minute. A worker dies with what it has just read; the
/// next one comes `--outage` minutes later. The clock is the lesson's.
void minutes() throws Exception {
    int flight = 3_000;
    int dies = 5;
    open(flight);
    var held = new ArrayList<Double>();
    var behind = new ArrayList<Double>(); // accepted, and not stored
    int minute = 0;
    for (boolean done = false; !done && minute < 200; minute++) {
        sell(flight, 10 * minute, 10);
        if (minute == dies) read(flight, "A", capacity);
        else if (minute < dies || minute >= dies + outage) {
            var some = new ArrayList<>(claim(flight, "B", capacity));
            int rest = capacity - some.size();
            if (rest > 0) some.addAll(read(flight, "B", rest));
            store(flight, some);
            acknowledge(flight, some);
        }
        held.add((double) group(flight, "pending"));
        behind.add((double) group(flight, "lag") + held.getLast());
        done = minute > dies && behind.getLast() == 0;
    }
    double[] x = IntStream.range(0, minute).asDoubleStream().toArray();
    chart("A worker dies in minute " + dies, "minute", "bookings",
            line("accepted, not stored", x, doubles(behind)),
            line("held by the dead", x, doubles(held)));
    int most = Collections.max(behind).intValue();
    int after = minute - dies - outage;
    IO.println(most + " behind, " + after + " minutes to catch up");
    check("ten more are behind in each minute without a worker",
            most == 10 * outage);
    check("catching up takes: behind / (capacity - 10)", after
            == Math.ceilDiv(most, Math.max(1, capacity - 10)));
    check("all that was promised is stored",
            rows(flight).equals(promised(flight)));
}

double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(d -> d).toArray();
}

/// Ten seats change hands, in turn.
void passOn(int flight) {
    for (int i = 0; i < changes; i++) {
        String owner = "" + (i < 10 ? i + 1 : 100 + i - 10);
        accept(valkey(), flight, seat(i % 10), owner, "" + (100 + i));
    }
}

/// The last booking of each seat.
List<StreamEntry> coalesce(List<StreamEntry> entries) {
    return List.copyOf(entries.stream().collect(
            toMap(entry -> entry.getFields().get("seat"), entry -> entry,
                    (_, last) -> last, LinkedHashMap::new)).values());
}

/// The same changes, one by one and coalesced.
void coalesced() throws SQLException {
    var counts = new ArrayList<Long>();
    for (int flight : List.of(4_000, 4_001)) {
        open(flight);
        sell(flight, 0, 10);
        work(flight, "A");
        passOn(flight);
        var some = read(flight, "A", changes);
        upserts.reset();
        store(flight, flight == 4_000 ? some : coalesce(some));
        acknowledge(flight, some); // all, not only the last
        counts.add(upserts.sum());
    }
    table(changes + " changes of ten seats", row("stored", "upserts"),
            row("one by one", counts.getFirst()),
            row("coalesced", counts.getLast()));
    check("one by one: an upsert each", counts.getFirst() == changes);
    check("coalesced: an upsert for each seat",
            counts.getLast() <= 10);
    check("the same rows", rows(4_000).equals(rows(4_001)));
    check("those that were promised",
            rows(4_001).equals(promised(4_001)));
    check("nothing is pending", group(4_001, "pending") == 0);
}

/// A has read the sale of a seat, and hangs. B stores what came after
/// it, and then what A held. Who has the seat in the database?
String afterClaim(int flight, String condition) throws SQLException {
    open(flight);
    accept(valkey(), flight, "1A", "", "7");
    read(flight, "A", 1);
    accept(valkey(), flight, "1A", "7", "8");
    work(flight, "B");
    var late = claim(flight, "B", batch);
    upsert(flight, late, condition);
    acknowledge(flight, late);
    return rows(flight).get("1A");
}

/// The stream of the crash once more; then an old booking after a new one.
void late() throws SQLException {
    var all = valkey().xrange(stream(2_000), MINIMUM_ID, MAXIMUM_ID);
    check("acknowledged, and still in the stream",
            all.size() == bookings);
    int changed = store(2_000, all) + store(2_000, all);
    check("replayed twice: no row changes", changed == 0);
    sql("DELETE FROM booking WHERE flight_id = 2000");
    store(2_000, all);
    check("replayed into nothing: the same rows",
            rows(2_000).equals(promised(2_000)));

    String plain = afterClaim(5_000, "");
    String newer = afterClaim(5_001, ifNewer);
    table("Seat 1A went from 7 to 8", row("upsert", "passenger"),
            row("always", plain), row("if newer", newer));
    check("always: the seat goes back", plain.equals("7"));
    check("if newer: it does not", newer.equals("8"));
}

/// `unwritten` are bytes that Valkey had not given to the system yet.
record Killed(long lost, long unwritten) {}

/// A server with these options is killed: how many of the bookings it
/// had accepted are gone?
Killed kill(String... options) {
    try (var server = privateValkey(options)) {
        for (int i = 0; i < sent; i++) {
            accept(server.client(), 1, seat(i), "", "1");
        }
        long unwritten = server.client().info("persistence").lines()
                .filter(line -> line.startsWith("aof_buffer_length:"))
                .mapToLong(line -> Long.parseLong(line.substring(18)))
                .sum(); // there is no such line without AOF
        killAndRestart(server);
        return new Killed(sent - server.client().xlen(stream(1)),
                unwritten);
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
    Killed none = kill("--appendonly no");
    Killed no = kill("--appendonly yes", "--appendfsync no");
    Killed second = kill("--appendonly yes", "--appendfsync everysec");
    Killed always = kill("--appendonly yes", "--appendfsync always");
    chart("Lost with kill -9", "of " + sent + " accepted bookings",
            bar("no AOF", none.lost), bar("AOF, fsync no", no.lost),
            bar("AOF, everysec", second.lost),
            bar("AOF, always", always.lost));
    check("without AOF: all", none.lost == sent);
    check("AOF, no fsync: none", no.lost == 0);
    check("AOF, fsync every second: none, if all was written",
            second.lost == 0 || second.unwritten > 0);
    check("AOF, fsync always: none", always.lost == 0);
}

/// Without AOF, and the bookings were stored in time. Then Valkey dies.
void soldTwice() throws SQLException {
    int flight = 7_000;
    sql("DELETE FROM booking WHERE flight_id = " + flight);
    try (var server = privateValkey("--appendonly no")) {
        var valkey = server.client();
        accept(valkey, flight, "1A", "", "7");
        store(flight, valkey.xrange(stream(flight), "-", "+"));
        killAndRestart(server);
        boolean again = accept(valkey, flight, "1A", "", "8");
        check("1A is sold to 7, and stored; then to 8", again);
        store(flight, valkey.xrange(stream(flight), "-", "+"));
        check("the database gives 7's seat to 8",
                rows(flight).equals(Map.of("1A", "8")));
    }
}
