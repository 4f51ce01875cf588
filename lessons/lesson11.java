///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import java.sql.ResultSet;
import lab.Figures.*;
import redis.clients.jedis.UnifiedJedis;

final int days = knob("days", 3);       // of requests, one to warm up
final int looks = knob("looks", 1_000); // of a monitor
final int parts = knob("parts", 20);    // of a page, and as many pages
final int samples = knob("reads", 100); // timed per hit ratio

final int ttl = 60_000;               // ms for which an answer is kept

void main() {
    steps(this::whoseHits, this::wholePages, this::onePass,
            this::fromCounts, this::otherOrders, this::onePercent,
            this::latency, this::belady);
}

/// The hits and misses of one use case.
record Ratio(LongAdder hits, LongAdder misses) {
    double hitRatio() {
        return hits.sum() / (double) (hits.sum() + misses.sum());
    }
}

final Map<String, Ratio> ratios = new ConcurrentHashMap<>();

Ratio of(String useCase) {
    return ratios.computeIfAbsent(useCase,
            _ -> new Ratio(new LongAdder(), new LongAdder()));
}

/// Cache-aside, as in lesson 02, that counts for its use case.
String read(String useCase, UnifiedJedis valkey, String key,
        Callable<String> load) throws Exception {
    String known = valkey.get(key);
    if (known != null) {
        of(useCase).hits.increment();
        return known;
    }
    of(useCase).misses.increment();
    String value = load.call();
    valkey.set(key, value, setParams().px(ttl));
    return value;
}

/// What a route's page shows: its ten flights that earn most.
String page(int from, int to) throws Exception {
    return ask("""
            SELECT flightno || ' ' || departure || ' ' || sum(price)
            FROM flight JOIN booking USING (flight_id)
            WHERE "from" = ? AND "to" = ?
            GROUP BY flight_id ORDER BY sum(price) DESC LIMIT 10""",
            from, to);
}

/// All rows of one column, a line each.
String ask(String sql, Object... parameters) throws Exception {
    try (var db = flughafen().getConnection();
            var statement = db.prepareStatement(sql)) {
        int place = 0;
        for (Object p : parameters) statement.setObject(++place, p);
        var lines = new StringJoiner("\n");
        ResultSet rows = statement.executeQuery();
        while (rows.next()) lines.add(rows.getString(1));
        return lines.toString();
    }
}

/// The server's counter of this name since it started, or was reset.
long info(UnifiedJedis valkey, String counter) {
    return valkey.info("stats").lines()
            .filter(line -> line.startsWith(counter + ":"))
            .mapToLong(line -> Long.parseLong(line.split(":")[1]))
            .sum();
}

/// Two use cases read; then others, who read nothing for a page.
void whoseHits() throws Exception {
    try (var server = privateValkey()) {
        UnifiedJedis own = server.client();
        for (int i = 0; i < 1_000; i++) {
            int to = 2 + i % 10;
            read("route", own, "route:1:" + to, () -> page(1, to));
        }
        for (int i = 1; i <= 200; i++) {
            int id = i;
            read("airport", own, "airport:" + id, () -> ask(
                    "SELECT name FROM airport WHERE airport_id = ?", id));
        }
        Row read = told("both have read", own);
        for (int i = 0; i < looks; i++) own.pttl("route:1:2");
        Row looked = told("a monitor has looked", own);
        own.hset("route:1:3:versioned", "version", "2"); // no rows
        for (int i = 0; i < looks; i++) {
            own.hget("route:1:3:versioned", "rows"); // nil: a miss
        }
        table("Hit ratios", row("when", "INFO", "route", "airport"),
                read, looked, told("tombstones were read", own));
        check("the client counts 0.99 and 0", of("route").hitRatio() == 0.99
                && of("airport").hitRatio() == 0);
        check("INFO counts looks and nils of hashes as hits",
                info(own, "keyspace_hits") == 990 + 2L * looks
                && info(own, "keyspace_misses") == 210);
    }
}

/// The server's hit ratio beside those of the two use cases.
Row told(String when, UnifiedJedis valkey) {
    return row(when, serverRatio(valkey), of("route").hitRatio(),
            of("airport").hitRatio());
}

double serverRatio(UnifiedJedis valkey) {
    double hits = info(valkey, "keyspace_hits");
    return hits / (hits + info(valkey, "keyspace_misses"));
}

/// How many pages were whole, and the server's hit ratio.
record Seen(int whole, double hitRatio) {}

/// As many keys gone, spread over all pages, then all of one page.
void wholePages() {
    Seen spread = pages(page -> "page:" + page + ":0");
    Seen together = pages(part -> "page:0:" + part);
    table("One key of " + parts + " is gone", row("which", "INFO",
                    "pages", "pages without a load"),
            row("one of each page", spread.hitRatio, parts, spread.whole),
            row("all of one page", together.hitRatio, parts,
                    together.whole));
    check("the server's hit ratio is the same",
            spread.hitRatio == together.hitRatio);
    check("one of each: every page must load", spread.whole == 0);
    check("all of one: one page must", together.whole == parts - 1);
}

/// Sets all parts of all pages, takes some away, and reads every page
/// by one MGET.
Seen pages(IntFunction<String> gone) {
    try (var server = privateValkey()) {
        UnifiedJedis own = server.client();
        for (int p = 0; p < parts; p++) {
            for (String key : page(p)) own.set(key, "a part");
        }
        for (int i = 0; i < parts; i++) own.del(gone.apply(i));
        int whole = 0;
        for (int p = 0; p < parts; p++) {
            if (!own.mget(page(p)).contains(null)) whole++;
        }
        return new Seen(whole, serverRatio(own));
    }
}

String[] page(int page) {
    return IntStream.range(0, parts).mapToObj(
            part -> "page:" + page + ":" + part).toArray(String[]::new);
}

int[] day;      // a request per booking, as the flights leave: its route
int routes;     // how many different ones; they are 0, 1, 2, ...
int[] requests; // several such days, each shuffled
long[] curve;   // of `requests`: LRU's hits with 0, 1, 2, ... places

/// Each booking is one request for its route's page.
void askForRequests() throws Exception {
    var numbers = new HashMap<List<Integer>, Integer>();
    var trace = IntStream.builder();
    try (var db = flughafen().getConnection();
            var sql = db.createStatement();
            ResultSet rows = sql.executeQuery("""
                    SELECT "from", "to", count(*)
                    FROM flight JOIN booking USING (flight_id)
                    GROUP BY flight_id ORDER BY departure, flight_id""")) {
        while (rows.next()) {
            int route = numbers.computeIfAbsent(
                    List.of(rows.getInt(1), rows.getInt(2)),
                    _ -> numbers.size());
            for (int i = rows.getInt(3); i > 0; i--) trace.add(route);
        }
    }
    day = trace.build().toArray();
    routes = numbers.size();
    requests = repeat(days, day);
    var random = new Random(11);
    for (int i = 0; i < requests.length; i++) {
        int inDay = i % day.length;
        int other = i - inDay + random.nextInt(inDay + 1);
        int route = requests[i];
        requests[i] = requests[other];
        requests[other] = route;
    }
}

int[] repeat(int times, int[] trace) {
    return Stream.generate(() -> trace).limit(times)
            .flatMapToInt(IntStream::of).toArray();
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
long[] mattson(int[] trace, int first, int keys) {
    int[] stack = new int[keys];
    int size = 0;
    long[] hits = new long[keys + 1];
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
    curve = mattson(requests, day.length, routes);
    double counted = requests.length - day.length;
    double[] places = new double[20];
    double[] hits = new double[20];
    int equal = 0;
    for (int i = 0; i < 20; i++) {
        int size = routes * (i + 1) / 20;
        long simulated = simulate(requests, day.length, size, true);
        places[i] = size;
        hits[i] = simulated / counted;
        if (simulated == curve[size]) equal++;
    }
    IO.println("%,d routes, %,.0f requests counted"
            .formatted(routes, counted));
    chart("Hit ratio of LRU", "places", "hit ratio",
            drawn("one pass", curve, counted),
            line("simulated", places, hits));
    check("at 20 sizes, not one hit more or less", equal == 20);
}

/// A curve as a line of about fifty points.
Line drawn(String name, long[] hits, double counted) {
    double[] places = IntStream.rangeClosed(0, 50)
            .mapToDouble(i -> i * routes / 50).toArray();
    return line(name, places, Arrays.stream(places)
            .map(p -> hits[(int) p] / counted).toArray());
}

/// Che's approximation: LRU's hit ratio from how often each key is asked
/// for. It takes about `t` requests until `places` different keys were
/// asked for; a key that is asked for again within `t` is a hit.
double che(long[] counts, int places) {
    double all = LongStream.of(counts).sum();
    double low = 0;
    double high = 1_000 * all;
    for (int i = 0; i < 60; i++) {
        double t = (low + high) / 2;
        double different = 0;
        for (long n : counts) different += again(n / all, t);
        if (different < places) low = t;
        else high = t;
    }
    double hitRatio = 0;
    for (long n : counts) hitRatio += n / all * again(n / all, low);
    return hitRatio;
}

/// The chance of at least one request of a key among `t`.
double again(double share, double t) {
    return 1 - StrictMath.exp(-share * t);
}

long[] countsOfADay() {
    long[] counts = new long[routes];
    for (int route : day) counts[route]++;
    return counts;
}

/// The same twenty sizes, without a look at the requests' order.
void fromCounts() {
    long[] counts = countsOfADay();
    double counted = requests.length - day.length;
    double apart = 0;
    var rows = new ArrayList<Row>();
    for (int i = 1; i <= 20; i++) {
        int places = routes * i / 20;
        double exact = curve[places] / counted;
        double che = che(counts, places);
        apart = Math.max(apart, Math.abs(exact - che));
        if (i % 4 == 0) rows.add(row(places, "%.4f".formatted(exact),
                "%.4f".formatted(che)));
    }
    table("Hit ratio of LRU", row("places", "one pass", "Che"), rows);
    check("Che is right within 0.001", apart < 0.001);
}

/// The same requests as the flights leave, and by turns.
void otherOrders() {
    int all = day.length;
    long[] leave = mattson(repeat(2, day), all, routes);
    long[] turns = mattson(repeat(2, byTurns()), all, routes);
    long[] counts = countsOfADay();
    double[] places = IntStream.rangeClosed(0, 20)
            .mapToDouble(i -> routes * i / 20).toArray();
    chart("The same requests", "places", "hit ratio",
            drawn("as they leave", leave, all),
            line("Che", places, Arrays.stream(places)
                    .map(p -> che(counts, (int) p)).toArray()),
            drawn("by turns", turns, all));
    int half = routes / 2;
    double che = che(counts, half);
    table("Half the places", row("order", "hit ratio"),
            row("as they leave", leave[half] / (double) all),
            row("Che, any order", che),
            row("by turns", turns[half] / (double) all));
    check("as they leave: Che is too low by more than 0.2",
            leave[half] / (double) all > che + 0.2);
    check("by turns: Che is too high by more than 0.2",
            turns[half] / (double) all < che - 0.2);
}

/// Every route once, then all that have a second request, and so on.
int[] byTurns() {
    int[] turns = new int[routes];
    record Turn(int turn, int route) {}
    return IntStream.of(day).mapToObj(r -> new Turn(turns[r]++, r))
            .sorted(Comparator.comparing(Turn::turn)
                    .thenComparing(Turn::route))
            .mapToInt(Turn::route).toArray();
}

/// What a hit ratio takes, and what it leaves to the database.
void onePercent() {
    double[] ratios = {0.8, 0.9, 0.95, 0.98, 0.99, 0.995};
    int[] places = new int[ratios.length];
    long[] queries = new long[ratios.length];
    var rows = new ArrayList<Row>();
    long all = requests.length - day.length;
    for (int i = 0; i < ratios.length; i++) {
        while (curve[places[i]] < ratios[i] * all) places[i]++;
        queries[i] = all - curve[places[i]];
        rows.add(row(ratios[i], places[i], queries[i]));
    }
    table("%,d requests".formatted(all),
            row("hit ratio", "places", "queries"), rows);
    double load = queries[3] / (double) queries[4];
    check("from 99 % to 98 %: twice the queries",
            1.9 < load && load < 2.1);
    check("and that took away less than 5 % of the places",
            places[3] > 0.95 * places[4]);
}

/// Times in µs.
record Times(double mean, double p50, double p99) {}

/// Reads one page over and over. Misses are made: nobody has the key.
Times timed(double hitRatio) throws Exception {
    long misses = Math.round((1 - hitRatio) * samples);
    long[] nanos = new long[2 * samples]; // the first half warms up
    var reads = new AtomicInteger();
    var times = measure("hit ratio " + hitRatio, samples, () -> {
        int n = reads.getAndIncrement();
        boolean miss = n % samples < misses;
        String key = miss ? "route:1:6:" + n + ":" + misses : "route:1:6";
        long start = System.nanoTime();
        read("timed", valkey(), key, () -> page(1, 6));
        nanos[n] = System.nanoTime() - start;
    });
    return new Times(Arrays.stream(nanos).skip(samples).average()
            .orElseThrow() / 1_000, times.p50(), times.p99());
}

/// The means beside what two of them predict, and what hides in them.
void latency() throws Exception {
    read("timed", valkey(), "route:1:6", () -> page(1, 6));
    double[] ratios = {0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 1};
    int last = ratios.length - 1;
    Times[] times = new Times[last + 1];
    for (int i = last; i >= 0; i--) times[i] = timed(ratios[i]);
    double hit = times[last].mean;
    double miss = times[0].mean;
    chart("Mean of a read", "hit ratio", "µs",
            line("drawn", ratios, Arrays.stream(ratios)
                    .map(h -> h * hit + (1 - h) * miss).toArray()),
            line("measured", ratios, Arrays.stream(times)
                    .mapToDouble(Times::mean).toArray()));
    chart("The same reads", "hit ratio", "µs",
            line("p99", ratios, Arrays.stream(times)
                    .mapToDouble(Times::p99).toArray()),
            line("p50", ratios, Arrays.stream(times)
                    .mapToDouble(Times::p50).toArray()));
    check("without hits p50 is more than five times that of hits",
            times[0].p50 > 5 * times[last].p50);
    check("at 0.6 it is no longer a fifth of that",
            times[2].p50 < times[0].p50 / 5);
    check("at 0.98 p99 is more than five times p50, still",
            times[6].p99 > 5 * times[6].p50);
}

/// Twelve requests, with 1 to 5 places; then many times twenty.
void belady() {
    int[] trace = {1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5};
    long[] fifo = new long[6];
    long[] lru = new long[6];
    var rows = new ArrayList<Row>();
    for (int n = 1; n <= 5; n++) {
        fifo[n] = trace.length - simulate(trace, 0, n, false);
        lru[n] = trace.length - simulate(trace, 0, n, true);
        rows.add(row(n, fifo[n], lru[n]));
    }
    table("Misses of twelve requests", row("places", "FIFO", "LRU"), rows);
    check("FIFO: 9 misses with 3 places, 10 with 4",
            fifo[3] == 9 && fifo[4] == 10);
    check("LRU: 10 misses with 3 places, 8 with 4",
            lru[3] == 10 && lru[4] == 8);

    var random = new Random(11);
    int fifoWorse = 0;
    int lruWorse = 0;
    for (int n = 0; n < 10_000; n++) {
        int[] any = random.ints(20, 1, 6).toArray();
        if (worseWithMore(any, false)) fifoWorse++;
        if (worseWithMore(any, true)) lruWorse++;
    }
    IO.println("FIFO: %d of 10,000 random traces miss more with 4"
            .formatted(fifoWorse));
    check("a few traces of FIFO miss more with 4 places than with 3",
            0 < fifoWorse && fifoWorse < 100);
    check("none of LRU does", lruWorse == 0);
}

/// Whether four places have fewer hits than three.
boolean worseWithMore(int[] trace, boolean lru) {
    return simulate(trace, 0, 4, lru) < simulate(trace, 0, 3, lru);
}
