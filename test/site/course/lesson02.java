///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../../../lessons/lab/Lab.java
import static lab.Lab.*;

final int ttl = knob("ttl", 60); // seconds
final int readers = knob("readers", 50);

void main() {
    steps(this::firstRead, this::penetration, this::race, this::hostile,
            since("9.0", "a field that expires", this::fields), this::broken);
}

/// Ask Valkey; on a miss ask the database, and remember the answer.
String departures(String airport) {
    String key = "departures:" + airport;
    String cached = valkey().get(key);
    if (cached != null) return cached; // a hit: SQLite is not asked
    String fresh = query("""
            SELECT f.flightno, t.name AS destination, f.departure
              FROM flight f JOIN airport t ON t.airport_id = f."to"
             WHERE f."from" = ? AND f.departure >= ?
             ORDER BY f.departure LIMIT 12""", airport, NOON);
    valkey().set(key, fresh, SetParams.setParams().px(ttl * 1_000L));
    return fresh;
}

void firstRead() {
    IO.println("ZRH: " + departures("ZRH"));
    IO.println("ZRH: " + departures("ZRH"));
    check("a miss fills the cache", valkey().exists("departures:ZRH"));
}

void penetration() {
    for (int i = 0; i < 1_000; i++) departures("ZZZ");
}

void race() {
    Actor reader = spawn("reader", this::slowReader);
    Actor writer = spawn("writer", this::writer);
    writer.await();
    reader.tell("go on");
}

void hostile() {
    IO.println("</script><script>alert('<b>1</b>')</script>");
}

void fields() {
    valkey().hexpire("flight:7", 60, "gate");
}

void broken() {
    check("two and two are five", 2 + 2 == 5);
    throw new IllegalStateException("no such airport");
}
