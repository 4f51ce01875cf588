///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static lab.Lab.*;
import static redis.clients.jedis.StreamEntryID.*;
import static redis.clients.jedis.params.XAddParams.xAddParams;
import static redis.clients.jedis.params.XAutoClaimParams.xAutoClaimParams;
import static redis.clients.jedis.params.XReadGroupParams.xReadGroupParams;

import java.sql.SQLException;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.resps.StreamEntry;

// A booking that the database refuses holds up all others. Set it aside.

final String stream = "{flight:1000}:bookings";
final String refused = "{flight:1000}:refused"; // a hash: entry id, why
final LongAdder transactions = new LongAdder();

void main() {
    steps(this::healthy, this::poisoned, this::missingTable,
            this::notSetAside);
}

/// Stores what was read and acknowledges it. This is all you have to
/// change.
void work(List<StreamEntry> some) throws SQLException {
    store(some);
    acknowledge(some);
}

/// Stores bookings in one transaction: all of them or none.
void store(List<StreamEntry> entries) throws SQLException {
    transactions.increment();
    try (var db = flughafenCopy().getConnection()) {
        db.setAutoCommit(false);
        try (var sql = db.prepareStatement("""
                INSERT INTO booking
                    (flight_id, seat, passenger_id, price)
                VALUES (1000, ?, ?, 99)
                ON CONFLICT (flight_id, seat) DO NOTHING""")) {
            for (StreamEntry entry : entries) {
                sql.setString(1, entry.getFields().get("seat"));
                sql.setString(2, entry.getFields().get("passenger"));
                sql.executeUpdate();
            }
            db.commit();
        } catch (SQLException e) {
            db.rollback();
            throw e;
        }
    }
}

void acknowledge(List<StreamEntry> entries) {
    if (entries.isEmpty()) return;
    valkey().xack(stream, "workers", entries.stream()
            .map(StreamEntry::getID).toArray(StreamEntryID[]::new));
}

/// Keeps a booking's id and what is wrong with it, for somebody to see.
void setAside(StreamEntry entry, SQLException why) {
    valkey().hset(refused, "" + entry.getID(), why.getMessage());
}

/// Whether a row broke a rule of the database. It will each time.
/// Any other error may be gone at the next attempt.
boolean isRefusal(SQLException e) {
    return e.getErrorCode() == 19; // SQLITE_CONSTRAINT
}

void healthy() throws Exception {
    valkey().xgroupCreate(stream, "workers", new StreamEntryID(0, 0), true);
    sql("DELETE FROM booking WHERE flight_id = 1000");
    book(10, 0);
    attempt(read());
    check("ten good bookings are stored", seats() == 10);
    check("in one transaction", transactions.sum() == 1);
    check("and acknowledged", pending() == 0);
}

void poisoned() throws Exception {
    sql("DELETE FROM booking WHERE flight_id = 1000");
    book(10, 4); // the fourth is for a passenger that does not exist
    attempt(read());
    check("one bad booking of ten: the nine others are stored",
            seats() == 9);
    List<String> why = valkey().hvals(refused);
    check("the bad one is set aside, and no other, with the reason",
            why.size() == 1 && why.getFirst().contains("FOREIGN KEY"));
    check("it does not come again: nothing is pending", pending() == 0);
    acknowledge(claim());
}

void missingTable() throws Exception {
    valkey().del(refused);
    sql("DELETE FROM booking WHERE flight_id = 1000");
    book(10, 0);
    sql("ALTER TABLE booking RENAME TO booking_away");
    attempt(read());
    sql("ALTER TABLE booking_away RENAME TO booking");
    check("the table is missing: no booking is set aside for that",
            valkey().hlen(refused) == 0);
    check("all stay pending", pending() == 10);
    attempt(claim());
    check("and are stored when the table is back", seats() == 10);
}

void notSetAside() throws Exception {
    sql("DELETE FROM booking WHERE flight_id = 1000");
    valkey().del(refused);
    valkey().set(refused, "not a hash"); // HSET will fail
    book(1, 1);
    attempt(read());
    check("what cannot be set aside stays pending", pending() == 1);
}

/// Works, as a worker does that must not die of one batch.
void attempt(List<StreamEntry> some) {
    try {
        work(some);
    } catch (SQLException | JedisDataException e) {
        IO.println(e.getMessage());
    }
}

/// So many bookings; number `bad` is for nobody we know.
void book(int count, int bad) {
    for (int i = 1; i <= count; i++) {
        valkey().xadd(stream, xAddParams(), Map.of("seat", i + "A",
                "passenger", i == bad ? "-1" : "" + i));
    }
}

List<StreamEntry> read() {
    return valkey().xreadGroup("workers", "A", xReadGroupParams().count(10),
            Map.of(stream, XREADGROUP_UNDELIVERED_ENTRY))
            .getFirst().getValue();
}

List<StreamEntry> claim() {
    return valkey().xautoclaim(stream, "workers", "A", 0, MINIMUM_ID,
            xAutoClaimParams().count(10)).getValue();
}

long pending() {
    return valkey().xpending(stream, "workers").getTotal();
}

long seats() throws SQLException {
    return Long.parseLong(column(flughafenCopy(),
            "SELECT count(*) FROM booking WHERE flight_id = 1000")
            .getFirst());
}

void sql(String text) throws SQLException {
    column(flughafenCopy(), text);
}
