///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import data.Fault;
import lab.Figures.Row;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.params.SetParams;

final int capacity = knob("capacity", 100, 1, 1_000); // loads a second
final int retries = knob("retries", 3, 0, 10); // of a simulated client
final String day = knob("day", "2025-07-15");  // that is today
final int warm = knob("warm", 100, 0, 100);    // % of a list is warmed
final int bound = knob("bound", 8, 1, 1_000);  // loads at once

final int ttl = 600_000; // ms for which a page is kept
final LongAdder loads = new LongAdder();

void main() {
    steps(this::coldStart, this::whatIsHot, this::inFlight,
            this::hotPhase, this::roundTrips, this::lateSet,
            this::comesBack);
}

/// What is done about a cache that comes back empty in second 20.
enum Way { NOTHING, SHED, WARMED }

/// A request, when it was sent, and how often it may be sent again.
record Asked(int key, int at, int retries) {}

/// Two minutes in steps of 1 ms. One database answers first come, first
/// served. Who has no answer after 1 s gives up, and asks again.
class Simulation {
    final Random random = new Random(13);
    final int[] until = new int[2_000]; // ms at which each key expires
    final Queue<Asked> queue = new ArrayDeque<>(); // at the database
    final Queue<Asked> again = new ArrayDeque<>(); // to be sent again
    final double[] goodput = new double[120]; // answers in time, by second
    final int loadMs = 1_000 / capacity; // whole ms: 400 acts as 500
    int now;
    boolean shedding;

    double[] run(Way way) {
        int warmed = 0; // keys, the hottest first
        Arrays.setAll(until, _ -> random.nextInt(60_000));
        for (; now < 120_000; now++) {
            if (now == 20_000) Arrays.fill(until, 0);
            boolean closed = way == Way.WARMED && now >= 20_000
                    && warmed < 1_500;
            shedding = way == Way.SHED && now >= 60_000 && now < 90_000;
            if (!closed) arrive();
            if (now % loadMs > 0) continue;
            if (closed) until[warmed++] = now + 60_000;
            else serve();
        }
        return goodput;
    }

    /// Key k comes with a probability near to 1/k: Zipf's law.
    void arrive() {
        int k = (int) StrictMath.pow(2_000, random.nextDouble());
        ask(new Asked(k - 1, now, retries));
        while (!again.isEmpty() && again.peek().at <= now) {
            ask(again.remove());
        }
    }

    void ask(Asked asked) {
        if (now < until[asked.key]) {
            goodput[now / 1_000]++; // a hit
            return;
        }
        int wait = queue.size() * loadMs;
        if (shedding && wait > 500) return; // refused at once
        queue.add(asked);
        if (wait > 1_000 && asked.retries > 0) again.add(new Asked(
                asked.key, now + 1_000, asked.retries - 1));
    }

    void serve() {
        if (shedding) queue.removeIf(waiting -> now - waiting.at > 1_000);
        Asked asked = queue.poll();
        if (asked == null || now - asked.at > 1_000) return; // for nobody
        goodput[now / 1_000]++;
        until[asked.key] = now + 60_000;
    }
}

/// Mean goodput from one second to another.
double mean(double[] goodput, int from, int to) {
    return Arrays.stream(goodput, from, to).average().orElseThrow();
}

/// The same two minutes, three times.
void coldStart() {
    double[] s = IntStream.range(0, 120).asDoubleStream().toArray();
    double[] nothing = new Simulation().run(Way.NOTHING);
    double[] shed = new Simulation().run(Way.SHED);
    double[] warmed = new Simulation().run(Way.WARMED);
    chart("Of 1,000 requests a second", "second", "answered in time",
            line("nothing is done", s, nothing),
            line("load is shed from 60 to 90", s, shed),
            line("warmed before it opens", s, warmed));
    check("before: all", mean(nothing, 0, 20) > 990);
    check("empty: less than half of them, for a minute",
            Math.abs(mean(nothing, 20, 80) - 450) < 50);
    check("and then none", mean(nothing, 90, 120) == 0);
    check("half a minute of shedding: all again, for good",
            mean(shed, 95, 120) > 990);
    check("warmed: none for 15 s, then all", mean(warmed, 20, 35) < 10
            && mean(warmed, 35, 120) > 990);
}

/// The flight numbers of a day, those with most passengers first.
List<String> hottest(int daysAgo) throws Exception {
    List<String> all = column(flughafen(), """
            SELECT flightno, count(*) AS passengers
            FROM flight INDEXED BY flight_departure
            JOIN booking USING (flight_id)
            WHERE departure >= date(?, ?) AND departure < date(?, ?)
            GROUP BY flightno ORDER BY passengers DESC, flightno""",
            day, -daysAgo + " days", day, 1 - daysAgo + " days");
    return all.subList(0, all.size() * warm / 100);
}

/// Today's requests, in any order, at most 2,000: each passenger looks
/// once at the page of the flight number.
List<String> requests() throws Exception {
    List<String> all = column(flughafen(), """
            SELECT flightno
            FROM flight INDEXED BY flight_departure
            JOIN booking USING (flight_id)
            WHERE departure >= ? AND departure < date(?, '1 day')
            ORDER BY booking_id""", day, day);
    if (all.isEmpty()) throw new Fault(Fault.USAGE,
            "nobody flies on --day=" + day + "; try --day=2025-07-15");
    Collections.shuffle(all, new Random(13));
    return all.subList(0, Math.min(2_000, all.size()));
}

/// Two lists, held against today's requests.
void whatIsHot() throws Exception {
    List<String> asked = requests();
    var yesterday = Set.copyOf(hottest(1));
    var weekAgo = Set.copyOf(hottest(7));
    long first = asked.stream().filter(yesterday::contains).count();
    long second = asked.stream().filter(weekAgo::contains).count();
    table("Today", row("the list of", "pages", "requests", "for its pages"),
            row("yesterday", yesterday.size(), asked.size(), first),
            row("a week ago", weekAgo.size(), asked.size(), second));
    check("yesterday: not half of the requests", first < asked.size() / 2);
    check("a week ago: more than three quarters",
            second > asked.size() * 3 / 4);
}

String key(String flight) {
    return "flight:" + flight + ":page";
}

/// The page of a flight number.
String load(String flight) throws Exception {
    loads.increment();
    return column(flughafenCopy(), """
            SELECT json_object('flight', flightno, 'to', iata,
                'departs', departure)
            FROM flightschedule JOIN airport ON airport_id = "to"
            WHERE flightno = ?""", flight).getFirst();
}

interface Load {
    String page(String flight) throws Exception;
}

/// Loads and sets each page, with at most `bound` loads at once. A page
/// whose load fails stays cold: its first reader will load it.
void warm(List<String> flights, int bound, Load load) {
    var permits = new Semaphore(bound);
    var thread = Thread.ofVirtual().name("warmers").factory();
    try (var pool = Executors.newThreadPerTaskExecutor(thread)) {
        for (String flight : flights) {
            permits.acquireUninterruptibly();
            pool.submit(() -> {
                try {
                    return valkey().set(key(flight), load.page(flight),
                            setParams().nx().px(ttl));
                } finally {
                    permits.release();
                }
            });
        }
    }
}

/// The most loads at once. The first `bound` of them wait for each other.
int mostAtOnce(List<String> flights, int bound) {
    var begun = new CountDownLatch(bound);
    var inFlight = new AtomicInteger();
    var most = new AtomicInteger();
    warm(flights, bound, flight -> {
        most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        begun.countDown();
        if (!begun.await(30, SECONDS)) throw new TimeoutException("30 s");
        String page = load(flight);
        inFlight.decrementAndGet();
        return page;
    });
    return most.get();
}

/// The 100 hottest pages, without a bound and with one.
void inFlight() throws Exception {
    List<String> flights = hottest(7).stream().limit(100).toList();
    int n = flights.size();
    int all = mostAtOnce(flights, n);
    int few = mostAtOnce(flights, Math.min(bound, n));
    table("Warming", row("bound", "loads", "most at once"),
            row("none", n, all), row(bound, n, few));
    check("no bound: all at once", all == n);
    check("a bound: never more than that", few <= bound);
    check("a bound leaves out no load", loads.sum() == 2 * n);
}

/// Cache-aside, as in lesson 02. An empty page is a tombstone: a miss.
String read(String flight) throws Exception {
    String known = valkey().get(key(flight));
    if (known != null && !known.isEmpty()) return known;
    String page = load(flight);
    valkey().set(key(flight), page, setParams().px(ttl));
    return page;
}

/// An empty cache is warmed with a list. Then today's requests come.
/// Returns how many loads they wait for.
long waited(String name, List<String> list) throws Exception {
    valkey().del(column(flughafen(),
            "SELECT flightno FROM flightschedule").stream()
            .map(this::key).toArray(String[]::new));
    loads.reset();
    warm(list, bound, this::load);
    check("warmed with " + name + ": as many loads as pages",
            loads.sumThenReset() == list.size());
    for (String flight : requests()) read(flight);
    return loads.sum();
}

/// The same day, warmed with each of the lists.
void hotPhase() throws Exception {
    List<String> yesterday = hottest(1);
    List<String> weekAgo = hottest(7);
    List<String> today = hottest(0);
    long cold = waited("nothing", List.of());
    long first = waited("yesterday's list", yesterday);
    long second = waited("the list of a week ago", weekAgo);
    long third = waited("today's own list", today);
    table("Loads", row("warmed with", "before", "while people wait"),
            row("nothing", 0, cold),
            row("yesterday's list", yesterday.size(), first),
            row("the list of a week ago", weekAgo.size(), second),
            row("today's own list", today.size(), third));
    check("a week ago: people wait for a quarter of these at most",
            second <= cold / 4);
    check("today's own: for none", third == 0);
    check("yesterday: half as many loads again in all",
            yesterday.size() + first > cold * 3 / 2);
}

/// A page, set 1,000 times: one by one, and in a pipeline.
void roundTrips() throws Exception {
    String page = load(requests().getFirst());
    try (var server = privateValkey()) {
        UnifiedJedis valkey = server.client();
        long start = info(valkey, "total_reads_processed");
        for (int i = 0; i < 1_000; i++) valkey.set("page:" + i, page);
        long middle = info(valkey, "total_reads_processed");
        try (var pipeline = valkey.pipelined()) {
            for (int i = 0; i < 1_000; i++) pipeline.set("page:" + i, page);
        } // sends what is left, and reads the replies
        long end = info(valkey, "total_reads_processed");
        table("1,000 SETs", row("sent", measured("reads by the server")),
                row("one by one", middle - start - 1), // one is INFO's
                row("in a pipeline", end - middle - 1));
        check("in a pipeline: a tenth of the reads at most",
                end - middle <= (middle - start) / 10);
    }
}

final SetParams always = setParams().px(ttl);
final SetParams nx = setParams().nx().px(ttl); // only if it is not there

/// The warmer loads; the writer commits, and then does its part; then the
/// warmer sets. The last cell says what is kept.
Row race(String flight, SetParams how, String part, Callable<?> writes,
        String expected) throws Exception {
    valkey().del(key(flight));
    String loaded = load(flight);
    var writer = new FutureTask<>(() -> {
        column(flughafenCopy(), """
                UPDATE flightschedule
                SET departure = time(departure, '1 hour')
                WHERE flightno = ?""", flight);
        return writes.call();
    });
    Thread.ofVirtual().name("writer").start(writer);
    writer.get(30, SECONDS);
    valkey().set(key(flight), loaded, how);
    String page = valkey().get(key(flight));
    String kept = page.isEmpty() ? "tombstone"
            : page.equals(load(flight)) ? "new page" : "old page";
    String command = how == always ? "SET" : "SET NX";
    check(part + ", then " + command + ": " + expected,
            kept.equals(expected));
    return row(part, command, kept);
}

/// Three writers, and two commands of the warmer.
void lateSet() throws Exception {
    String flight = requests().getFirst();
    Callable<?> set = () -> valkey().set(key(flight), load(flight), always);
    Callable<?> delete = () -> valkey().del(key(flight));
    SetParams brief = setParams().px(10_000);
    Callable<?> mark = () -> valkey().set(key(flight), "", brief);
    table("The warmer sets late",
            row("the writer's part", "the warmer's command", "kept"),
            race(flight, always, "sets the new page", set, "old page"),
            race(flight, nx, "sets the new page", set, "new page"),
            race(flight, nx, "deletes the key", delete, "old page"),
            race(flight, nx, "leaves a tombstone", mark, "tombstone"));
    check("readers go past the tombstone",
            read(flight).equals(load(flight)));
}

final String[] pages = {"untouched", "changed", "deleted", "added",
        "deleted while down", "expired while down"};

/// Saves five pages and changes some, kills the server, deletes one more,
/// and starts the server again. Returns what is kept.
List<String> crash(String... options) throws Exception {
    try (var server = privateValkey(options)) {
        UnifiedJedis valkey = server.client();
        valkey.mset("untouched", "old", "changed", "old",
                "deleted", "old", "deleted while down", "old");
        valkey.set("expired while down", "old", setParams().px(300));
        valkey.executeCommand(new CommandArguments(Command.SAVE));
        valkey.set("changed", "new");
        valkey.del("deleted");
        valkey.set("added", "new");

        server.kill();
        try {
            valkey.del("deleted while down");
        } catch (JedisConnectionException e) {
            IO.println("the last DEL does not arrive");
        }
        Thread.sleep(300); // until one has expired
        server.restart();
        return valkey.mget(pages).stream()
                .map(kept -> kept == null ? "a miss" : kept).toList();
    }
}

/// The same crash with a snapshot, and with an append-only file.
void comesBack() throws Exception {
    String[] right = {"old", "new", "a miss", "new", "a miss", "a miss"};
    List<String> snapshot = crash();
    List<String> log = crash("--appendonly yes", "--appendfsync always");
    table("After a crash", row("page", "should be", "from the snapshot",
                    "from the append-only file"),
            IntStream.range(0, pages.length).mapToObj(i -> row(pages[i],
                    right[i], snapshot.get(i), log.get(i))).toList());
    check("the snapshot: three more old pages than there should be",
            Collections.frequency(snapshot, "old") == 1 + 3);
    check("the append-only file: one",
            Collections.frequency(log, "old") == 1 + 1);
}
