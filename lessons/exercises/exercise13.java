///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

// Warm a cache while people use both it and its database.

final int ttl = 600_000; // ms for which a departure is kept, at most
final List<Integer> flights = IntStream.rangeClosed(1, 40).boxed().toList();

void main() {
    steps(this::bounded, this::alreadyThere, this::setMeanwhile,
            this::failedLoads, this::lives);
}

interface Load {
    String of(int flight) throws Exception;
}

/// Loads all flights at once and sets them. This is all you have to change.
/// The hottest flight comes first. Returns when all is done.
void warm(List<Integer> flights, int bound, Load load) throws Exception {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int flight : flights) {
            pool.submit(() -> valkey().set(key(flight), load.of(flight),
                    setParams().px(ttl)));
        }
    }
}

String key(int flight) {
    return "flight:" + flight + ":departure";
}

/// The departure as the database has it.
String load(int flight) throws Exception {
    return column(flughafen(),
            "SELECT departure FROM flight WHERE flight_id = ?", flight)
            .getFirst();
}

/// Warms an empty cache, or fails after 20 s.
void warmed(int bound, Load load) throws Exception {
    for (int flight : flights) valkey().del(key(flight));
    finish(bound, load);
}

void finish(int bound, Load load) throws Exception {
    var task = new FutureTask<Void>(() -> {
        warm(flights, bound, load);
        return null;
    });
    Thread.ofVirtual().name("warmer").start(task);
    task.get(20, SECONDS);
}

/// How many of the flights are there.
long there() {
    return flights.stream().filter(f -> valkey().exists(key(f))).count();
}

/// The first four loads begin before one ends.
void bounded() throws Exception {
    var begun = new CountDownLatch(4);
    var first = new ConcurrentLinkedQueue<Integer>();
    var inFlight = new AtomicInteger();
    var most = new AtomicInteger();
    warmed(4, flight -> {
        first.add(flight);
        most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        begun.countDown();
        if (!begun.await(5, SECONDS)) throw new TimeoutException("5 s");
        String departure = load(flight);
        inFlight.decrementAndGet();
        return departure;
    });
    check("all flights are there", there() == 40);
    check("never more than four loads at once", most.get() <= 4);
    check("four, where four are allowed", most.get() >= 4);
    check("the hottest four come first",
            Set.copyOf(first.stream().limit(4).toList())
                    .equals(Set.of(1, 2, 3, 4)));
}

/// A warmer that was interrupted begins again.
void alreadyThere() throws Exception {
    valkey().del(key(40));
    var loads = new LongAdder();
    finish(4, flight -> {
        loads.increment();
        return load(flight);
    });
    check("what is there is not loaded again", loads.sum() == 1);
    check("what was missing is there", there() == 40);
}

/// Somebody writes while the warmer loads.
void setMeanwhile() throws Exception {
    warmed(4, flight -> {
        String departure = load(flight);
        if (flight == 7) valkey().set(key(7), "newer", setParams().px(ttl));
        return departure;
    });
    check("what was set meanwhile stays",
            "newer".equals(valkey().get(key(7))));
}

/// Every other load fails: more of them than loads are allowed at once.
void failedLoads() throws Exception {
    warmed(4, flight -> {
        if (flight % 2 == 0) throw new IllegalStateException("time-out");
        return load(flight);
    });
    check("loads that fail do not end the warming", there() == 20);
}

void lives() throws Exception {
    warmed(4, this::load);
    long[] left = flights.stream()
            .mapToLong(flight -> valkey().pttl(key(flight))).toArray();
    long least = Arrays.stream(left).min().orElseThrow();
    long most = Arrays.stream(left).max().orElseThrow();
    check("each expires, none lives for longer than the TTL",
            least > 0 && most <= ttl);
    check("none lives for less than half of it", least > ttl / 2);
    check("they do not expire together", most - least > ttl / 20);
}
