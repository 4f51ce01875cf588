///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import tools.jackson.databind.json.JsonMapper;

final int ttl = knob("ttl", 300_000, 1, 900_000);  // ms kept
final int delays = knob("delays", 100, 1, 1_000);  // delayed flights
final int popular = knob("popular", 10, 0, 100); // of them are read
final int writers = knob("writers", 5, 1, 6);      // of one flight

final JsonMapper json = JsonMapper.builder().build();
final LongAdder loads = new LongAdder(); // queries that readers cost

void main() {
    steps(this::oneWrite, this::throughOrAround, this::twoSets,
            this::twoComparedSets, this::anyOrder, this::rolledBack,
            this::noSet, this::prunedLog, this::outage);
}

record Flight(int id, String departure, long version) {}

String key(int id) {
    return "flight:" + id + ":row";
}

/// The write: a flight and its row in the log, in one transaction.
Flight commit(int id, int minutes) throws Exception {
    return transaction(db -> {
        Flight now = update(db, id, minutes);
        log(db, now, minutes, "tower");
        return now;
    });
}

interface Work<T> {
    T in(Connection db) throws Exception;
}

/// All of it or, if it throws, nothing.
<T> T transaction(Work<T> work) throws Exception {
    try (var db = flughafenCopy().getConnection()) {
        db.setAutoCommit(false);
        try {
            T done = work.in(db);
            db.commit();
            return done;
        } catch (Exception e) {
            db.rollback();
            throw e;
        }
    }
}

/// Delays a flight, and gives it its next version.
Flight update(Connection db, int id, int minutes) throws SQLException {
    return ask(db, """
            UPDATE flight SET version = version + 1,
                departure = datetime(departure, ? || ' minutes'),
                arrival = datetime(arrival, ? || ' minutes')
            WHERE flight_id = ?
            RETURNING flight_id, departure, version""",
            minutes, minutes, id).getFirst();
}

/// What changed, and by whom.
void log(Connection db, Flight now, int minutes, String user)
        throws SQLException {
    ask(db, """
            INSERT INTO flight_log
            SELECT CURRENT_TIMESTAMP, ?, flight_id, flightno, flightno,
                "from", "to", "from", "to",
                datetime(departure, ? || ' minutes'),
                datetime(arrival, ? || ' minutes'), departure, arrival,
                airplane_id, airplane_id, airline_id, airline_id, NULL
            FROM flight WHERE flight_id = ?""",
            user, -minutes, -minutes, now.id());
}

List<Flight> ask(Connection db, String text, Object... parameters)
        throws SQLException {
    try (var sql = db.prepareStatement(text)) {
        int place = 0;
        for (Object p : parameters) sql.setObject(++place, p);
        var flights = new ArrayList<Flight>();
        if (!sql.execute()) return flights;
        try (var result = sql.getResultSet()) {
            while (result.next()) flights.add(flight(result));
        }
        return flights;
    }
}

Flight flight(ResultSet row) throws SQLException {
    return new Flight(row.getInt("flight_id"),
            row.getString("departure"), row.getLong("version"));
}

/// Sets a flight, unless Valkey holds a newer version of it.
Object setUnlessOlder(UnifiedJedis cache, Flight flight) {
    return cache.eval("""
            local known = redis.call('GET', KEYS[1])
            if known and cjson.decode(known).version
                > cjson.decode(ARGV[1]).version then return 0 end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return 1""", List.of(key(flight.id())),
            List.of(json.writeValueAsString(flight), "" + ttl));
}

/// Write-through: first the database, then the cache.
Flight delay(UnifiedJedis cache, int id, int minutes) throws Exception {
    Flight now = commit(id, minutes);
    attempt(() -> setUnlessOlder(cache, now));
    return now;
}

/// What Valkey has, else what the database has.
Flight read(UnifiedJedis cache, int id) throws Exception {
    Flight known = attempt(() -> cached(cache, id));
    if (known != null) return known;
    Flight row = load(id);
    attempt(() -> setUnlessOlder(cache, row));
    return row;
}

/// What Valkey has; null if it has nothing.
Flight cached(UnifiedJedis cache, int id) {
    String known = cache.get(key(id));
    return known == null ? null : json.readValue(known, Flight.class);
}

/// What Valkey answers; null if it cannot be reached.
<T> T attempt(Supplier<T> command) {
    try {
        return command.get();
    } catch (JedisConnectionException e) {
        return null;
    }
}

Flight load(int id) throws SQLException {
    loads.increment();
    try (var db = flughafenCopy().getConnection()) {
        return ask(db, """
                SELECT flight_id, departure, version
                FROM flight WHERE flight_id = ?""", id).getFirst();
    }
}

/// A flight that is in the cache is delayed, and read again.
void oneWrite() throws Exception {
    addVersions();
    Flight before = read(valkey(), 1_000);
    Flight now = delay(valkey(), 1_000, 45);
    long asked = loads.sum();
    Flight told = read(valkey(), 1_000);
    table("Flight " + now.id(), row("", "departure", "version"),
            row("before", before.departure(), before.version()),
            row("after", told.departure(), told.version()));
    check("the next read gets what was committed", told.equals(now));
    check("it asks no database", loads.sum() == asked);
    check("what is set expires", valkey().pttl(key(1_000)) > 0);
}

/// The FlughafenDB has no versions; the lesson's copy of it gets them.
void addVersions() throws SQLException {
    try (var db = flughafenCopy().getConnection()) {
        ask(db, "ALTER TABLE flight ADD version INTEGER DEFAULT 1");
    }
}

/// What follows the commit of a write.
interface Then {
    void to(Flight now);
}

record Cost(long loads, long kept) {}

/// Delays `--delays` flights and reads `--popular` of them, ten times
/// each. Counts the readers' queries, and the flights that Valkey holds.
Cost cost(int first, Then then) throws Exception {
    for (int i = 0; i < delays; i++) then.to(commit(first + i, 10));
    long before = loads.sum();
    for (int i = 0; i < 10 * popular; i++) {
        read(valkey(), first + i % popular);
    }
    long asked = loads.sum() - before;
    long kept = IntStream.range(first, first + delays)
            .filter(id -> valkey().exists(key(id))).count();
    return new Cost(asked, kept);
}

/// Write-through, and write-around: after the commit a delete.
void throughOrAround() throws Exception {
    Cost set = cost(2_000, now -> setUnlessOlder(valkey(), now));
    Cost del = cost(3_000, now -> valkey().del(key(now.id())));
    table(delays + " delays, " + 10 * popular + " reads",
            row("pattern", "queries for reads", "flights kept"),
            row("write-through", set.loads(), set.kept()),
            row("write-around", del.loads(), del.kept()));
    check("write-through: no read is a query", set.loads() == 0);
    check("write-around: the first read of a flight is a query",
            del.loads() == popular);
    check("write-through keeps what was written", set.kept() == delays);
    check("write-around keeps what was read", del.kept() == popular);
}

/// Two writers' commits, as the database ordered them.
record Commits(Flight first, Flight second) {}

/// Two delays of a flight; the first writer is slow between its commit
/// and what follows it.
Commits race(int id, Then then) throws Exception {
    var committed = new CountDownLatch(1);
    var resume = new CountDownLatch(1);
    var slow = new FutureTask<>(() -> {
        Flight first = commit(id, 30);
        committed.countDown();
        await(resume);
        then.to(first);
        return first;
    });
    Thread.ofVirtual().name("slow writer").start(slow);
    await(committed);
    Flight second = commit(id, 60);
    then.to(second);
    resume.countDown();
    return new Commits(slow.get(10, SECONDS), second);
}

void await(CountDownLatch latch) throws Exception {
    if (!latch.await(10, SECONDS)) throw new TimeoutException("10 s");
}

void plainSet(Flight now) {
    valkey().set(key(now.id()), json.writeValueAsString(now),
            setParams().px(ttl));
}

/// Each writer sets what it committed.
void twoSets() throws Exception {
    Commits done = race(4_001, this::plainSet);
    check("SET: the first commit stays",
            done.first().equals(cached(valkey(), 4_001)));
}

/// Each writer sets what it committed, unless there is newer.
void twoComparedSets() throws Exception {
    Commits done = race(4_003, now -> setUnlessOlder(valkey(), now));
    check("SET unless older: the second commit stays",
            done.second().equals(cached(valkey(), 4_003)));
}

/// All orders in which versions can arrive.
List<List<Long>> orders(List<Long> versions) {
    if (versions.isEmpty()) return List.of(List.of());
    var orders = new ArrayList<List<Long>>();
    for (Long last : versions) {
        var others = new ArrayList<>(versions);
        others.remove(last);
        for (List<Long> order : orders(others)) {
            orders.add(Stream.concat(order.stream(), Stream.of(last))
                    .toList());
        }
    }
    return orders;
}

/// After how many of the orders is there no older version in the cache?
int noneOlder(List<List<Long>> orders, Then then) throws Exception {
    int right = 0;
    for (List<Long> order : orders) {
        plainSet(new Flight(5_000, "", 0)); // from before all of them
        for (long version : order) {
            then.to(new Flight(5_000, "", version));
        }
        Flight left = cached(valkey(), 5_000);
        if (left == null || left.version() == writers) right++;
    }
    return right;
}

/// Versions of one flight, `--writers` of them, in every order there is.
void anyOrder() throws Exception {
    var orders = orders(
            LongStream.rangeClosed(1, writers).boxed().toList());
    int plain = noneOlder(orders, this::plainSet);
    int deleted = noneOlder(orders, now -> valkey().del(key(now.id())));
    int compared = noneOlder(orders,
            now -> setUnlessOlder(valkey(), now));
    chart("No older version stays", "of " + orders.size() + " orders",
            bar("SET", plain), bar("DEL", deleted),
            bar("SET unless older", compared));
    check("SET: in one order of " + writers,
            plain * writers == orders.size());
    check("DEL: in every order", deleted == orders.size());
    check("SET unless older: in every order", compared == orders.size());
}

/// A log row without a user: the database refuses it, and rolls back.
void rolledBack() throws Exception {
    int early = 6_001;
    int late = 6_002;
    Flight before = read(valkey(), late);
    boolean first = refused(() -> transaction(db -> {
        Flight now = update(db, early, 60);
        setUnlessOlder(valkey(), now); // too early
        log(db, now, 60, null);
        return now;
    }));
    boolean second = refused(() -> setUnlessOlder(valkey(),
            transaction(db -> {
                Flight now = update(db, late, 60);
                log(db, now, 60, null);
                return now;
            })));
    Flight ghost = read(valkey(), early);
    Flight kept = cached(valkey(), late);
    check("both writes were refused", first && second);
    check("set before: the cache has what never was",
            ghost.version() > load(early).version());
    check("set after: the cache is unchanged", before.equals(kept));
}

boolean refused(Callable<?> write) throws Exception {
    try {
        write.call();
        return false;
    } catch (SQLException e) {
        return e.getMessage().contains("NOT NULL");
    }
}

/// Sets each flight that was logged since the last repair, as it is now.
/// Returns how many. NOT INDEXED, or GROUP BY would have SQLite read all
/// of the index on flight_id, and not only the rows above the note.
int repair(UnifiedJedis cache) throws Exception {
    String known = cache.get("flight_log:repaired");
    long repaired = known == null ? 0 : Long.parseLong(known);
    int flights = 0;
    try (var db = flughafenCopy().getConnection();
            var sql = db.prepareStatement("""
                    SELECT flight_id, departure, version, entry
                    FROM (SELECT flight_id, max(rowid) AS entry
                        FROM flight_log NOT INDEXED
                        WHERE rowid > ? GROUP BY flight_id)
                    JOIN flight USING (flight_id) ORDER BY entry""")) {
        sql.setLong(1, repaired);
        try (var row = sql.executeQuery()) {
            for (; row.next(); flights++) {
                setUnlessOlder(cache, flight(row));
                repaired = row.getLong("entry");
            }
        }
    }
    cache.set("flight_log:repaired", "" + repaired);
    return flights;
}

/// What is logged so far needs no repair here.
void beginRepairs(UnifiedJedis cache) throws SQLException {
    try (var db = flughafenCopy().getConnection();
            var sql = db.createStatement();
            var row = sql.executeQuery(
                    "SELECT ifnull(max(rowid), 0) FROM flight_log")) {
        row.next();
        cache.set("flight_log:repaired", row.getString(1));
    }
}

/// A commit that nothing follows, as if the writer had died.
void noSet() throws Exception {
    int id = 7_000;
    beginRepairs(valkey());
    read(valkey(), id);
    Flight now = commit(id, 60);
    check("readers get the old row", !read(valkey(), id).equals(now));
    int set = repair(valkey());
    check("the repair sets one flight", set == 1);
    check("readers get the new row", now.equals(cached(valkey(), id)));
    check("nothing is left to repair", repair(valkey()) == 0);
}

/// All entries of the log were old, and are deleted. Then a commit that
/// nothing follows.
void prunedLog() throws Exception {
    try (var db = flughafenCopy().getConnection()) {
        ask(db, "DELETE FROM flight_log");
    }
    int id = 7_000;
    Flight now = commit(id, 60);
    check("the repair passes its entry over", repair(valkey()) == 0);
    valkey().del("flight_log:repaired");
    check("without a note it finds the entry", repair(valkey()) == 1);
    check("readers get the new row", now.equals(cached(valkey(), id)));
}

/// Two caches hold a flight. While both are down it is delayed.
void outage() throws Exception {
    try (var kept = privateValkey("--appendonly yes",
            "--appendfsync always");
            var lost = privateValkey("--appendonly no")) {
        int id = 8_000;
        beginRepairs(kept.client());
        Flight before = load(id);
        setUnlessOlder(kept.client(), before);
        setUnlessOlder(lost.client(), before);
        kept.kill();
        lost.kill();
        Flight now = delay(kept.client(), id, 60);
        attempt(() -> setUnlessOlder(lost.client(), now));
        check("down: readers get the new row",
                read(kept.client(), id).equals(now));
        kept.restart();
        lost.restart();
        check("back with its data: readers get the old row",
                before.equals(cached(kept.client(), id)));
        check("back without: there is nothing old",
                cached(lost.client(), id) == null);
        repair(kept.client());
        check("repaired: readers get the new row",
                now.equals(cached(kept.client(), id)));
    }
}
