///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import java.sql.ResultSet;
import lab.Figures.*;
import redis.clients.jedis.UnifiedJedis;

final int looks = knob("looks", 500, 0, 10_000); // at a key
final int parts = knob("parts", 20, 1, 100);      // of as many pages
final int longTrace = knob("requests", 4_000_000, 200_000, 10_000_000);
final int samples = knob("reads", 100, 100, 2_000); // timed

void main() {
    steps(this::whoseHits, this::wholePages, this::onePass,
            this::fromCounts, this::otherOrders, this::onePercent,
            this::latency, this::belady);
}

/// The hits and misses of one use case.
record Counters(LongAdder hits, LongAdder misses) {}

final Map<String, Counters> useCases = new ConcurrentHashMap<>();

/// Cache-aside, as in lesson 02, that counts for its use case.
String read(String useCase, UnifiedJedis valkey, String key,
        String sql, Object... parameters) throws Exception {
    Counters counters = useCases.computeIfAbsent(useCase,
            _ -> new Counters(new LongAdder(), new LongAdder()));
    String known = valkey.get(key);
    if (known != null) {
        counters.hits.increment();
        return known;
    }
    counters.misses.increment();
    String value = String.join("\n",
            column(flughafen(), sql, parameters));
    valkey.set(key, value, setParams().px(600_000));
    return value;
}

double hitRatio(String useCase) {
    double hits = useCases.get(useCase).hits.sum();
    return hits / (hits + useCases.get(useCase).misses.sum());
}

/// What a route's page shows: its ten flights that earn most.
final String routePage = """
        SELECT flightno || ' ' || departure || ' ' || sum(price)
        FROM flight JOIN booking USING (flight_id)
        WHERE "from" = ? AND "to" = ?
        GROUP BY flight_id ORDER BY sum(price) DESC LIMIT 10""";

double serverRatio(UnifiedJedis valkey) {
    double hits = info(valkey, "keyspace_hits");
    return hits / (hits + info(valkey, "keyspace_misses"));
}

/// Two use cases read; then others, who read nothing for a page.
void whoseHits() throws Exception {
    try (var server = privateValkey()) {
        UnifiedJedis own = server.client();
        for (int i = 0; i < 1_000; i++) {
            int to = 2 + i % 10;
            read("route", own, "route:1:" + to, routePage, 1, to);
        }
        for (int id = 1; id <= 200; id++) {
            read("airport", own, "airport:" + id,
                    "SELECT name FROM airport WHERE airport_id = ?", id);
        }
        Row read = ratios("both have read", own);
        for (int i = 0; i < looks; i++) {
            own.exists("route:1:2");
            own.type("route:1:2");
            own.pttl("route:1:2");
        }
        Row looked = ratios("a monitor has looked", own);
        own.hset("route:1:2:versioned", "version", "2"); // no rows
        for (int i = 0; i < 1_000; i++) {
            own.hget("route:1:2:versioned", "rows"); // nil: a miss
        }
        table("Hit ratios", row("when", "INFO", "route", "airport"),
                read, looked, ratios("tombstones were read", own));
        check("the client counts 0.99 and 0", hitRatio("route") == 0.99
                && hitRatio("airport") == 0);
        check("INFO counts looks and nils of hashes as hits",
                info(own, "keyspace_hits") == 990 + 3L * looks + 1_000
                && info(own, "keyspace_misses") == 210);
    }
}

/// The server's hit ratio beside those of the two use cases.
Row ratios(String when, UnifiedJedis valkey) {
    return row(when, serverRatio(valkey), hitRatio("route"),
            hitRatio("airport"));
}

/// How many pages were whole, and the server's hit ratio.
record Seen(long whole, double hitRatio) {}

/// As many keys gone: one of each page, then all of one page.
void wholePages() {
    Seen spread = pages(page -> "page:" + page + ":0");
    Seen together = pages(part -> "page:0:" + part);
    table("One key of " + parts + " is gone",
            row("which", "INFO", "pages without a load"),
            row("one of each page", spread.hitRatio, spread.whole),
            row("all of one page", together.hitRatio, together.whole));
    check("the server's hit ratio is the same",
            spread.hitRatio == together.hitRatio);
    check("one of each: all pages must load; all of one: one must",
            spread.whole == 0 && together.whole == parts - 1);
}

/// Sets as many parts of as many pages, takes some away, and reads every
/// page by one MGET.
Seen pages(IntFunction<String> gone) {
    try (var server = privateValkey()) {
        UnifiedJedis own = server.client();
        for (int p = 0; p < parts; p++) {
            for (String key : page(p)) own.set(key, "a part");
        }
        for (int i = 0; i < parts; i++) own.del(gone.apply(i));
        long whole = IntStream.range(0, parts)
                .filter(p -> !own.mget(page(p)).contains(null)).count();
        return new Seen(whole, serverRatio(own));
    }
}

/// The keys of a page.
String[] page(int p) {
    return IntStream.range(0, parts)
            .mapToObj(i -> "page:" + p + ":" + i).toArray(String[]::new);
}

int[] asked;   // a request per booking, as the flights leave: its route
long[] counts; // how many there are of each route; these are 0, 1, 2, ...
final int warmUp = 100_000;  // requests at first that are not counted,
final int counted = 400_000; // and then those that are
long[] curve;                // of these: LRU's hits by places, from 0 on

/// Each booking is one request for its route's page.
void askForRequests() throws Exception {
    asked = column(flughafen(), """
            SELECT dense_rank() OVER (ORDER BY "from", "to") - 1
            FROM flight JOIN booking USING (flight_id)
            ORDER BY departure, flight_id""").stream()
            .mapToInt(Integer::parseInt).toArray();
    counts = new long[IntStream.of(asked).max().orElseThrow() + 1];
    for (int route : asked) counts[route]++;
}

/// Requests that know nothing of each other: each the route of a booking
/// drawn at random. A longer trace begins with the shorter one.
int[] independent(int requests) {
    return new Random(11).ints(requests, 0, asked.length)
            .map(booking -> asked[booking]).toArray();
}

/// The hits of a cache with so many places, from request `first` on.
/// Whoever comes when it is full drives out the one at the head of the
/// list. A hit moves an entry to the tail if `lru`; else this is FIFO.
long simulate(int[] trace, int first, int places, boolean lru) {
    var cache = new LinkedHashMap<Integer, String>(16, 0.75f, lru) {
        @Override protected boolean removeEldestEntry(
                Map.Entry<Integer, String> eldest) {
            return size() > places;
        }
    };
    long hits = 0;
    for (int i = 0; i < trace.length; i++) {
        if (cache.get(trace[i]) == null) cache.put(trace[i], "a page");
        else if (i >= first) hits++;
    }
    return hits;
}

/// LRU's hits with 0, 1, 2, ... places, all from one pass. The key used
/// last lies on top of the stack; how deep a key is found is how many
/// places it would have taken to keep it.
long[] mattson(int[] trace, int first) {
    int[] stack = new int[counts.length];
    int size = 0;
    long[] hits = new long[counts.length + 1];
    for (int i = 0; i < trace.length; i++) {
        int above = 0;
        while (above < size && stack[above] != trace[i]) above++;
        if (above == size) size++; // never seen: a miss in any cache
        else if (i >= first) hits[above + 1]++;
        System.arraycopy(stack, 0, stack, 1, above);
        stack[0] = trace[i];
    }
    Arrays.parallelPrefix(hits, Long::sum);
    return hits;
}

/// The whole curve by one pass, and twenty of its points by simulation.
void onePass() throws Exception {
    askForRequests();
    int[] trace = independent(warmUp + counted);
    IO.println("%,d bookings of %,d routes; %,d requests counted"
            .formatted(asked.length, counts.length, counted));
    curve = mattson(trace, warmUp);
    double[] simulated = Arrays.stream(sizes(20)).map(n -> simulate(
            trace, warmUp, (int) n, true) / (double) counted).toArray();
    chart("Hit ratio of LRU", "places", "hit ratio",
            drawn("one pass", sizes(50), this::lru),
            line("simulated", sizes(20), simulated));
    check("at 20 sizes, not one hit more or less", Arrays.equals(
            simulated, Arrays.stream(sizes(20)).map(this::lru).toArray()));
}

/// LRU's hit ratio by that pass.
double lru(double places) {
    return curve[(int) places] / (double) counted;
}

/// So many sizes of a cache, evenly spread; the last has room for all.
double[] sizes(int many) {
    return IntStream.rangeClosed(1, many)
            .mapToDouble(i -> counts.length * i / many).toArray();
}

/// A function as a line through these points.
Line drawn(String name, double[] x, DoubleUnaryOperator y) {
    return line(name, x, Arrays.stream(x).map(y).toArray());
}

/// Che's approximation: LRU's hit ratio from how often each key is asked
/// for. It takes about `t` requests until `places` different keys were
/// asked for; a key that is asked for again within `t` is a hit.
double che(double places) {
    double low = 0;
    double high = 1_000.0 * asked.length;
    for (int i = 0; i < 60; i++) {
        double t = (low + high) / 2;
        double different = 0;
        for (long n : counts) different += within(t, n);
        if (different < places) low = t;
        else high = t;
    }
    double hits = 0;
    for (long n : counts) hits += n * within(low, n);
    return hits / asked.length;
}

/// The chance that `t` requests contain a key that the bookings contain
/// `n` times.
double within(double t, long n) {
    return 1 - StrictMath.exp(-t * n / asked.length);
}

/// One pass over many requests, and what their counts say without it.
void fromCounts() {
    long[] hits = mattson(independent(longTrace), warmUp);
    double apart = 0;
    var rows = new ArrayList<Row>();
    for (double places : sizes(10)) {
        double exact = hits[(int) places] / (double) (longTrace - warmUp);
        double che = che(places);
        apart = Math.max(apart, Math.abs(exact - che));
        rows.add(row((int) places, "%.4f".formatted(exact),
                "%.4f".formatted(che)));
    }
    table("Hit ratio of LRU", row("places", "one pass", "Che"), rows);
    check("Che is right within 0.001", apart < 0.001);
}

/// The bookings as the flights leave, and by turns.
void otherOrders() {
    long[] leaving = mattson(asked, 0);
    long[] turns = mattson(byTurns(), 0);
    double all = asked.length;
    chart("The same requests", "places", "hit ratio",
            drawn("as they leave", sizes(50), n -> leaving[(int) n] / all),
            drawn("Che", sizes(50), this::che),
            drawn("by turns", sizes(50), n -> turns[(int) n] / all));
    int half = counts.length / 2;
    double che = che(half);
    table("Half the places", row("order", "hit ratio"),
            row("as they leave", leaving[half] / all),
            row("Che, any order", che), row("by turns", turns[half] / all));
    check("as they leave: Che is too low by more than 0.2",
            leaving[half] / all > che + 0.2);
    check("by turns: Che is too high by more than 0.2",
            turns[half] / all < che - 0.2);
}

/// Every route once, then all that have a second request, and so on.
int[] byTurns() {
    int most = (int) LongStream.of(counts).max().orElseThrow();
    return IntStream.range(0, most).flatMap(turn ->
            IntStream.range(0, counts.length)
                    .filter(route -> turn < counts[route])).toArray();
}

/// What a hit ratio takes, and what it leaves to the database.
void onePercent() {
    table("%,d requests".formatted(counted),
            row("hit ratio", "places", "queries"),
            Stream.of(0.8, 0.9, 0.95, 0.98, 0.99, 0.995)
                    .map(h -> row(h, places(h), queries(places(h))))
                    .toList());
    int most = places(0.99);
    long withFewer = queries(most - most / 20);
    check("5 % fewer places than for 0.99: more than twice the queries",
            withFewer > 2 * queries(most));
    check("and the hit ratio is above 0.97", withFewer < 0.03 * counted);
}

/// The fewest that make such a hit ratio.
int places(double hitRatio) {
    int n = 0;
    while (lru(n) < hitRatio) n++;
    return n;
}

/// The misses of that many places.
long queries(int places) {
    return counted - curve[places];
}

/// Times in µs.
record Times(double mean, double p50, double p99) {}

/// Reads one page over and over. Misses are made, evenly spread: nobody
/// has the key.
Times timed(double hitRatio) throws Exception {
    long misses = Math.round((1 - hitRatio) * samples);
    long[] nanos = new long[2 * samples]; // the first half warms up
    var reads = new AtomicInteger();
    var times = measure("hit ratio " + hitRatio, samples, () -> {
        int n = reads.getAndIncrement();
        boolean miss = n * misses / samples < (n + 1) * misses / samples;
        String key = miss ? "route:1:6:" + n + ":" + misses : "route:1:6";
        long start = System.nanoTime();
        read("timed", valkey(), key, routePage, 1, 6);
        nanos[n] = System.nanoTime() - start;
    });
    long sum = Arrays.stream(nanos).skip(samples).sum();
    return new Times(sum / 1e3 / samples, times.p50(), times.p99());
}

/// The means beside what two of them predict, and what hides in them.
void latency() throws Exception {
    read("timed", valkey(), "route:1:6", routePage, 1, 6);
    double[] ratios = {0, 0.3, 0.6, 0.8, 0.9, 0.98, 0.99, 1};
    var times = new HashMap<Double, Times>();
    for (double h : ratios) times.put(h, timed(h));
    Times hit = times.get(1.0);
    Times miss = times.get(0.0);
    chart("Mean of a read", "hit ratio", "µs",
            drawn("predicted", ratios,
                    h -> h * hit.mean + (1 - h) * miss.mean),
            drawn("measured", ratios, h -> times.get(h).mean));
    chart("The same reads", "hit ratio", "µs",
            drawn("p99", ratios, h -> times.get(h).p99),
            drawn("p50", ratios, h -> times.get(h).p50));
    check("without hits p50 is more than five times that of hits",
            miss.p50 > 5 * hit.p50);
    Times high = times.get(0.98);
    check("at 0.8 it is less than half of that, and at 0.98 too",
            times.get(0.8).p50 < miss.p50 / 2 && high.p50 < miss.p50 / 2);
    check("at 0.98 the mean is below half of that without hits",
            high.mean < miss.mean / 2);
    check("at 0.98 p99 is more than five times p50, still",
            high.p99 > 5 * high.p50);
}

/// Twelve requests, with 1 to 5 places; then many times twenty.
void belady() {
    int[] trace = {1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5};
    table("Misses of twelve requests", row("places", "FIFO", "LRU"),
            IntStream.rangeClosed(1, 5).mapToObj(n -> row(n,
                    misses(trace, n, false), misses(trace, n, true)))
                    .toList());
    check("FIFO: 9 misses with 3 places, 10 with 4",
            misses(trace, 3, false) == 9 && misses(trace, 4, false) == 10);
    check("LRU: 10 misses with 3 places, 8 with 4",
            misses(trace, 3, true) == 10 && misses(trace, 4, true) == 8);

    long fifo = worse(false);
    IO.println("FIFO: %d of 10,000 random traces miss more with 4"
            .formatted(fifo));
    check("a few traces of FIFO miss more with 4 places than with 3",
            0 < fifo && fifo < 100);
    check("none of LRU does", worse(true) == 0);
}

/// How many of 10,000 traces miss more with 4 places than with 3.
long worse(boolean lru) {
    var random = new Random(11);
    return Stream.generate(() -> random.ints(20, 1, 6).toArray())
            .limit(10_000)
            .filter(t -> misses(t, 4, lru) > misses(t, 3, lru)).count();
}

long misses(int[] trace, int places, boolean lru) {
    return trace.length - simulate(trace, 0, places, lru);
}
