///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../../../lessons/lab/Lab.java
import static lab.Lab.*;
import java.util.concurrent.atomic.AtomicInteger;
import static redis.clients.jedis.params.SetParams.setParams;

final int ttl = knob("ttl", 60);
final AtomicInteger loads = new AtomicInteger();

void main() {
    steps(this::firstRead, this::secondRead, varies(this::race),
            since("99.0", "what is not there yet", this::later));
}

/// Ask Valkey; on a miss load, and remember the answer for `ttl` seconds.
String departures(String airport) {
    String hit = valkey().get("departures:" + airport);
    if (hit != null) return hit;
    // @start region=miss
    String loaded = load(airport);
    valkey().set("departures:" + airport, loaded, setParams().ex(ttl));
    return loaded;
    // @end
}

String load(String airport) {
    loads.incrementAndGet();
    return airport + " has 12 departures";
}

void firstRead() {
    IO.println(departures("ZRH"));
    check("a miss fills the cache", valkey().exists("departures:ZRH"));
}

/// The same question again.
void secondRead() {
    IO.println(departures("ZRH"));
    check("a hit loads nothing", loads.get() == 1);
}

void race() {
    departures("GVA");
    check("it loaded once more", loads.get() == 2);
}

void later() {
    check("never reached", false);
}
