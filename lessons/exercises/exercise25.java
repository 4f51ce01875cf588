///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import java.sql.SQLException;
import javax.sql.DataSource;

// One pattern for all flights? Some are read, others are written. Keep a
// flight only while it is read more often than it is written.

final DataSource db = flughafenCopy();
int queries;
int commands;
int stale; // reads of a gate that was not the flight's any more

void main() {
    steps(this::mostlyRead, this::mostlyWritten, this::turn,
            this::onTheEdge);
}

/// Cache-aside, for every flight. Change this, and `write`.
String read(int flight) throws SQLException {
    String known = get(flight);
    if (known != null) return known;
    String gate = select(flight);
    set(flight, gate);
    return gate;
}

/// A write deletes, for every flight. Change this, and `read`.
void write(int flight) throws SQLException {
    update(flight);
    del(flight);
}

String key(int flight) {
    return "flight:" + flight + ":gate";
}

String get(int flight) {
    commands++;
    return valkey().get(key(flight));
}

void set(int flight, String gate) {
    commands++;
    valkey().set(key(flight), gate, setParams().px(60_000));
}

void del(int flight) {
    commands++;
    valkey().del(key(flight));
}

/// The gate of a flight: a query.
String select(int flight) throws SQLException {
    queries++;
    return gate(flight);
}

/// To the next gate: a query.
void update(int flight) throws SQLException {
    queries++;
    column(db, "UPDATE flight SET gate = gate + 1 WHERE flight_id = ?",
            flight);
}

/// What the database says. This one is not counted.
String gate(int flight) throws SQLException {
    return column(db, "SELECT gate FROM flight WHERE flight_id = ?",
            flight).getFirst();
}

/// Reads (`r`) and writes (`w`) a flight; counts from zero.
void play(int flight, String operations) throws SQLException {
    queries = 0;
    commands = 0;
    for (char operation : operations.toCharArray()) {
        if (operation == 'w') write(flight);
        else if (!read(flight).equals(gate(flight))) stale++;
    }
}

void mostlyRead() throws SQLException {
    column(db, "ALTER TABLE flight ADD gate INTEGER DEFAULT 1");
    play(1, "rrrrrrrrrw".repeat(10));
    check("90 reads, 10 writes: at most 20 queries", queries <= 20);
    check("no read was stale", stale == 0);
}

void mostlyWritten() throws SQLException {
    play(2, "wwwwwwwwwr".repeat(10));
    check("10 reads, 90 writes: no command", commands == 0);
    check("and a query for each operation", queries == 100);
}

/// A flight that is read, then written, then read again.
void turn() throws SQLException {
    play(3, "r".repeat(100));
    check("100 reads: one query", queries == 1);
    play(3, "w".repeat(100));
    check("then 100 writes: at most 20 commands", commands <= 20);
    play(3, "r".repeat(100));
    check("then 100 reads: at most 20 queries", queries <= 20);
    check("no read was stale", stale == 0);
}

/// A flight about which there is no telling.
void onTheEdge() throws SQLException {
    play(4, "rwrrwwrrrwww".repeat(5) + "rrr");
    check("no read was stale, here neither", stale == 0);
}
