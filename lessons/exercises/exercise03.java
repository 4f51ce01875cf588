///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static lab.Lab.*;

import java.sql.Connection;
import java.sql.SQLException;
import tools.jackson.databind.json.JsonMapper;

// Cancel flights through the cache. What stays in it of such a flight?

final int ttl = 60_000; // ms for which an entry is kept
final JsonMapper json = JsonMapper.builder().build();
final LongAdder loads = new LongAdder();

void main() {
    steps(this::cancelled, this::lateDelay, this::booked,
            this::backAgain, this::lateCancel);
}

/// Without a departure it says: there is no such flight.
record Flight(int id, String departure, long version) {}

/// Cancels, then invalidates. This is all you have to change.
void cancel(int id) throws Exception {
    Flight last = transaction(db -> delete(db, id));
    valkey().del(key(id));
}

/// Sets a flight, unless Valkey holds a newer version of it.
void setUnlessOlder(Flight flight) {
    valkey().eval("""
            local known = redis.call('GET', KEYS[1])
            if known and cjson.decode(known).version
                > cjson.decode(ARGV[1]).version then return 0 end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return 1""", List.of(key(flight.id())),
            List.of(json.writeValueAsString(flight), "" + ttl));
}

/// What Valkey has, else what the database has, if anything.
Optional<Flight> read(int id) throws Exception {
    String known = valkey().get(key(id));
    if (known != null) {
        Flight flight = json.readValue(known, Flight.class);
        return Optional.of(flight).filter(f -> f.departure() != null);
    }
    Optional<Flight> row = load(id);
    row.ifPresent(this::setUnlessOlder);
    return row;
}

String key(int id) {
    return "flight:" + id + ":entry";
}

void cancelled() throws Exception {
    prepare();
    read(1);
    cancel(1);
    long asked = loads.sum();
    check("a cancelled flight is not found", read(1).isEmpty());
    check("the cache says so: nobody asks the database",
            loads.sum() == asked);
    long left = valkey().pttl(key(1));
    check("what the cache says expires", 0 < left && left <= ttl);
}

void lateDelay() throws Exception {
    read(2);
    Flight delayed = transaction(db -> delay(db, 2));
    cancel(2);
    setUnlessOlder(delayed); // its writer was slow
    check("a late set of the last version does not bring it back",
            read(2).isEmpty());
}

void booked() throws Exception {
    Flight before = read(10).orElseThrow(); // its bookings are still there
    boolean refused = false;
    try {
        cancel(10);
    } catch (SQLException e) {
        refused = e.getMessage().contains("FOREIGN KEY");
    }
    check("a flight with bookings is not cancelled, and the caller knows",
            refused);
    check("nor is it cancelled in the cache",
            read(10).equals(Optional.of(before)));
}

void backAgain() throws Exception {
    read(3);
    cancel(3);
    Flight back = transaction(db -> insert(db, 3, 3));
    setUnlessOlder(back);
    check("a flight that comes back, with version 3 after 1, is found",
            read(3).equals(Optional.of(back)));
}

void lateCancel() throws Exception {
    read(4);
    afterCommit = () -> {
        afterCommit = () -> {};
        setUnlessOlder(transaction(db -> insert(db, 4, 3)));
    };
    cancel(4); // slow: the flight is back before the cache is told
    check("a late cancel does not hide a flight that came back",
            read(4).isPresent());
}

/// What happens between a commit and what follows it.
Action afterCommit = () -> {};

interface Action {
    void run() throws Exception;
}

interface Work<T> {
    T in(Connection db) throws Exception;
}

/// All of it or, if it throws, nothing.
<T> T transaction(Work<T> work) throws Exception {
    T done;
    try (var db = flughafenCopy().getConnection()) {
        db.setAutoCommit(false);
        try {
            done = work.in(db);
            db.commit();
        } catch (Exception e) {
            db.rollback();
            throw e;
        }
    }
    afterCommit.run();
    return done;
}

/// Versions for all flights; flights 1 to 4 lose their bookings.
void prepare() throws Exception {
    transaction(db -> {
        ask(db, "ALTER TABLE flight ADD version INTEGER DEFAULT 1");
        return ask(db, "DELETE FROM booking WHERE flight_id <= 4");
    });
}

/// Deletes a flight. At the commit nobody may be booked on it.
Flight delete(Connection db, int id) throws SQLException {
    ask(db, "PRAGMA defer_foreign_keys = ON");
    return ask(db, """
            DELETE FROM flight WHERE flight_id = ?
            RETURNING flight_id, departure, version""", id).getFirst();
}

Flight delay(Connection db, int id) throws SQLException {
    return ask(db, """
            UPDATE flight SET version = version + 1,
                departure = datetime(departure, '45 minutes')
            WHERE flight_id = ?
            RETURNING flight_id, departure, version""", id).getFirst();
}

/// A flight with the id of one that was cancelled.
Flight insert(Connection db, int id, long version) throws SQLException {
    return ask(db, """
            INSERT INTO flight
            SELECT ?, flightno, "from", "to", departure, arrival,
                airline_id, airplane_id, ?
            FROM flight WHERE flight_id = 10
            RETURNING flight_id, departure, version""",
            id, version).getFirst();
}

Optional<Flight> load(int id) throws SQLException {
    loads.increment();
    try (var db = flughafenCopy().getConnection()) {
        return ask(db, """
                SELECT flight_id, departure, version
                FROM flight WHERE flight_id = ?""", id)
                .stream().findFirst();
    }
}

List<Flight> ask(Connection db, String text, Object... parameters)
        throws SQLException {
    try (var sql = db.prepareStatement(text)) {
        int place = 0;
        for (Object p : parameters) sql.setObject(++place, p);
        var flights = new ArrayList<Flight>();
        if (!sql.execute()) return flights;
        try (var row = sql.getResultSet()) {
            while (row.next()) {
                flights.add(new Flight(row.getInt("flight_id"),
                        row.getString("departure"),
                        row.getLong("version")));
            }
        }
        return flights;
    }
}
