///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static lab.Lab.*;
import static redis.clients.jedis.params.GetExParams.getExParams;
import static redis.clients.jedis.params.SetParams.setParams;

// A flight's page: who is read lives, but no page outlives its flight.

final int slide = 600_000; // ms for which a page lives after a read
final LongAdder loads = new LongAdder();

/// `departure` is in ms since 1970.
record Flight(int id, long departure) {
    String key() {
        return "flight:" + id + ":page";
    }
}

void main() {
    steps(this::read, this::prolonged, this::capped, this::departed,
            this::together);
}

/// Sliding, with jitter downwards and the departure as the cap. In the
/// past, the end makes Valkey keep nothing: PXAT may be, PX may not.
String page(Flight flight, Callable<String> load) throws Exception {
    int jitter = ThreadLocalRandom.current().nextInt(slide / 5);
    long end = Math.min(flight.departure(),
            System.currentTimeMillis() + slide - jitter);
    String known = valkey().getEx(flight.key(), getExParams().pxAt(end));
    if (known != null) return known;
    String page = load.call();
    valkey().set(flight.key(), page, setParams().pxAt(end));
    return page;
}

/// A flight that leaves in so many minutes.
Flight leaving(int id, int minutes) {
    return new Flight(id, System.currentTimeMillis() + minutes * 60_000L);
}

String load() {
    loads.increment();
    return "page, load " + loads;
}

void read() throws Exception {
    Flight flight = leaving(1, 120);
    String miss = page(flight, this::load);
    String hit = page(flight, this::load);
    check("two reads, one load", loads.sum() == 1);
    check("the hit equals the miss", hit.equals(miss));
}

void prolonged() throws Exception {
    Flight flight = leaving(2, 120);
    page(flight, this::load);
    valkey().pexpire(flight.key(), 60_000); // as if 9 minutes had passed
    page(flight, this::load);
    long left = valkey().pttl(flight.key());
    check("a read makes the page live longer: GETEX", left > slide / 2);
    check("but no longer than `slide`", left <= slide);
}

/// A second is granted to those who count from now.
boolean endsInTime(Flight flight) {
    long end = valkey().pexpireTime(flight.key());
    return 0 < end && end <= flight.departure() + 1_000;
}

void capped() throws Exception {
    Flight flight = leaving(3, 5);
    page(flight, this::load);
    check("a new page ends at the departure, at the latest",
            endsInTime(flight));
    page(flight, this::load);
    check("a read does not carry it past the departure",
            endsInTime(flight));
}

void departed() throws Exception {
    Flight flight = leaving(4, -1);
    String told;
    try {
        told = page(flight, this::load);
    } catch (Exception e) {
        told = e.getMessage();
    }
    check("who asks for a departed flight gets its page, no error",
            told.startsWith("page"));
    check("and nothing is kept", !valkey().exists(flight.key()));
}

/// The most pages of 1,000 that end within one second.
int peak(List<Flight> flights) {
    var ends = new HashMap<Long, Integer>();
    for (Flight flight : flights) {
        long end = valkey().pexpireTime(flight.key());
        ends.merge(end / 1_000, 1, Integer::sum);
    }
    return Collections.max(ends.values());
}

void together() throws Exception {
    var flights = IntStream.range(0, 1_000)
            .mapToObj(i -> leaving(100 + i, 120)).toList();
    // as after a warm-up: all are set at one moment, or nearly
    for (Flight flight : flights) page(flight, this::load);
    check("1,000 new pages: no 100 end in one second",
            peak(flights) < 100);
    for (Flight flight : flights) page(flight, this::load);
    check("nor after a read of each", peak(flights) < 100);
    check("each has at least half of `slide` left",
            flights.stream().allMatch(flight ->
                    valkey().pttl(flight.key()) > slide / 2));
}
