///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

// Keep also that there is no such airport: "" stands for none.

final int ttl = 60_000; // ms for which an answer is kept
final LongAdder queries = new LongAdder();

void main() { steps(this::absent); }

/// Cache-aside that forgets what is absent. This is all you have to change.
String name(String iata) {
    String key = "airport:" + iata;
    String known = valkey().get(key);
    if (known != null) return known;
    String name = query(iata);
    if (!name.isEmpty()) valkey().set(key, name, setParams().px(ttl));
    return name;
}

/// A database that knows no airport, counted.
String query(String iata) {
    queries.increment();
    return "";
}

void absent() {
    name("ZZZ");
    name("ZZZ");
    check("what is absent is asked for once", queries.sum() == 1);
}
