///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
// A circuit breaker and a bulkhead.
//DEPS io.github.resilience4j:resilience4j-circuitbreaker:2.4.0
//DEPS io.github.resilience4j:resilience4j-bulkhead:2.4.0
//SOURCES lab/Lab.java
import static java.net.InetAddress.getLoopbackAddress;
import static java.util.Collections.frequency;
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.Protocol.Command.REPLICAOF;
import static redis.clients.jedis.Protocol.Command.SAVE;
import static redis.clients.jedis.params.SetParams.setParams;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import lab.Figures.Row;
import lab.PrivateValkey;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

final int readers = knob("readers", 50, 40, 500);  // who come at once
final int timeout = knob("timeout", 50, 20, 500);  // ms, for each wait
final int bound = knob("bound", 8, 1, 20);         // loads at once
final int trials = knob("trials", 3, 1, 10);       // when half-open

final List<String> flights = IntStream.rangeClosed(1_001, 1_020)
        .mapToObj(Integer::toString).toList(); // 20 pages
final SetParams ttl = setParams().px(600_000);

void main() {
    steps(this::defaults, this::failures, this::bounded,
            varies(this::recovery), this::jitter, this::failover);
}

// Since the last crowd came:
final LongAdder answered = new LongAdder();     // readers with a page
final LongAdder asked = new LongAdder();        // GETs, answered or not
final LongAdder loads = new LongAdder();
final AtomicInteger inFlight = new AtomicInteger();
final AtomicInteger most = new AtomicInteger(); // loads at once

volatile Callable<?> loadWaits = () -> null;    // for what a step says

/// The page of a flight, from the database.
String load(String flight) throws Exception {
    loads.increment();
    most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    try {
        loadWaits.call();
        return column(flughafen(), """
                SELECT json_object('no', flightno, 'departs', departure)
                FROM flight WHERE flight_id = ?""", flight).getFirst();
    } finally {
        inFlight.decrementAndGet();
    }
}

String key(String flight) {
    return "flight:" + flight + ":page";
}

/// A page from Valkey, from the database, or the last good one of this
/// process; or only what needs no page; or an exception.
enum Kind { CACHED, LOADED, STALE, PARTIAL, ERROR }

record Answer(Kind kind, String page) {}

interface Read {
    Answer of(String flight) throws Exception;
}

/// All readers at once, each in a thread of its own: what they got.
List<Kind> crowd(Read read) throws Exception {
    Stream.of(answered, asked, loads).forEach(LongAdder::reset);
    most.set(0);
    var start = new CyclicBarrier(readers);
    var all = new ArrayList<Callable<Answer>>();
    for (int i = 0; i < readers; i++) {
        String flight = flights.get(i % flights.size());
        all.add(() -> {
            start.await(30, SECONDS);
            Answer answer = read.of(flight);
            answered.increment();
            return answer;
        });
    }
    var got = new ArrayList<Kind>();
    var thread = Thread.ofVirtual().name("readers").factory();
    try (var pool = Executors.newThreadPerTaskExecutor(thread)) {
        for (var reader : pool.invokeAll(all)) {
            got.add(reader.state() == Future.State.FAILED
                    ? Kind.ERROR : reader.resultNow().kind());
        }
    }
    return got;
}

/// Cache-aside, as in lesson 02. It knows nothing of failures.
Answer plain(UnifiedJedis valkey, String flight) throws Exception {
    asked.increment();
    String known = valkey.get(key(flight));
    if (known != null) return new Answer(Kind.CACHED, known);
    String page = load(flight);
    valkey.set(key(flight), page, ttl);
    return new Answer(Kind.LOADED, page);
}

/// A server of our own, with the first so many pages in it. A replica of
/// it need not wait for others.
PrivateValkey server(int pages) throws Exception {
    var server = privateValkey("--repl-diskless-sync no");
    for (String flight : flights.subList(0, pages)) {
        server.client().set(key(flight), load(flight), ttl);
    }
    return server;
}

/// A client as it comes, and a Valkey that is paused.
void defaults() throws Exception {
    try (var server = server(20);
            var valkey = RedisClient.create(server.uri())) {
        var pool = valkey.getPool();
        pool.addObjects(8); // connections, as after some minutes of work
        server.client().sendCommand(SAVE); // for when it is back
        server.pause();
        var crowd = new FutureTask<>(() -> crowd(f -> plain(valkey, f)));
        Thread.ofVirtual().start(crowd);
        until(() -> pool.getNumWaiters() == readers - 8);
        check("8 have a connection", pool.getNumActive() == 8);
        Thread.sleep(300);
        table("After 300 ms", row("readers", "with a page", "loads"),
                row(readers, answered.sum(), loads.sum()));
        check("no page, and no load", answered.sum() + loads.sum() == 0);

        server.kill(); // who waits for a reply gets an error
        until(() -> pool.getNumActive() == 0);
        check("the others wait on", pool.getNumWaiters() == readers - 8);

        server.restart();
        Thread.sleep(100);
        check("it is back: still", pool.getNumWaiters() == readers - 8);
        plain(valkey, flights.getFirst()); // one reader more
        check("who comes now wakes them: all have a page", frequency(
                crowd.get(30, SECONDS), Kind.CACHED) == readers - 8);
    }
}

/// Looks every ms, for 20 s at most.
void until(Callable<Boolean> holds) throws Exception {
    Instant end = Instant.now().plusSeconds(20);
    while (!holds.call()) {
        if (Instant.now().isAfter(end)) throw new TimeoutException("20 s");
        Thread.sleep(1);
    }
}

/// A client that waits for so many ms: to connect, for a reply, and for
/// one of its 8 connections.
RedisClient client(int port, int ms) {
    var pool = new ConnectionPoolConfig();
    pool.setMaxWait(Duration.ofMillis(ms));
    return RedisClient.builder().poolConfig(pool)
            .hostAndPort(new HostAndPort("127.0.0.1", port))
            .clientConfig(DefaultJedisClientConfig.builder()
                    .timeoutMillis(ms).build()).build();
}

/// The same, but an error of Valkey is a miss.
Answer tolerant(UnifiedJedis valkey, String flight) throws Exception {
    try {
        return plain(valkey, flight);
    } catch (JedisException e) {
        return new Answer(Kind.LOADED, load(flight));
    }
}

/// Five failures, and two crowds for each. Half of the pages are kept.
void failures() throws Exception {
    var rows = new ArrayList<Row>();
    try (var server = server(10);
            var client = client(server.port(), timeout);
            var deaf = new ServerSocket(0, 1, getLoopbackAddress());
            var far = client(deaf.getLocalPort(), timeout)) {
        rows.add(failing("is not reached", far));
        server.client().configSet("maxmemory", "1");
        rows.add(failing("is full", server.client()));
        server.pause();
        rows.add(failing("is paused", client));
        server.resume();
        var script = loop(server.client(), client);
        rows.add(failing("runs a script without end", client));
        server.kill();
        rows.add(failing("is killed", client));
        until(script::isDone); // its connection broke
    }
    table(readers + " readers", row("Valkey", "plain: errors", "loads",
            "tolerant: errors", "loads"), rows);
}

/// Runs a script without end by one client. Returns when the other one gets
/// no answer any more.
Future<?> loop(UnifiedJedis one, UnifiedJedis two) throws Exception {
    var script = new FutureTask<>(() -> one.eval("while true do end"));
    Thread.ofVirtual().name("script").start(script);
    Read get = f -> new Answer(Kind.CACHED, two.get(key(f)));
    until(() -> frequency(crowd(get), Kind.ERROR) == readers);
    return script;
}

/// Two crowds, who meet the same failure.
Row failing(String how, UnifiedJedis valkey) throws Exception {
    int plain = frequency(crowd(f -> plain(valkey, f)), Kind.ERROR);
    long plainLoads = loads.sum();
    int left = frequency(crowd(f -> tolerant(valkey, f)), Kind.ERROR);
    check("it " + how + ": only plain fails", plain > 0 && left == 0);
    return row(how, plain, plainLoads, left, loads.sum());
}

volatile Instant now = Instant.EPOCH; // a clock that the steps move
final InstantSource clock = () -> now;

/// Opens when half of ten calls have failed, for as long as `wait` says.
CircuitBreaker breaker(IntervalFunction wait) {
    return CircuitBreaker.of("valkey", CircuitBreakerConfig.custom()
            .slidingWindowSize(10).minimumNumberOfCalls(10)
            .failureRateThreshold(50)
            .waitIntervalFunctionInOpenState(wait)
            .permittedNumberOfCallsInHalfOpenState(trials)
            .clock(clock.withZone(ZoneOffset.UTC)).build());
}

final CircuitBreaker breaker = breaker(IntervalFunction.of(1_000));
final Bulkhead bulkhead = Bulkhead.of("database", BulkheadConfig.custom()
        .maxConcurrentCalls(bound).maxWaitDuration(Duration.ZERO).build());
final Map<String, String> copies = new ConcurrentHashMap<>(); // last good
volatile UnifiedJedis valkey;               // the one that is asked now
volatile Callable<?> askWaits = () -> null; // for what a step says

/// Asks Valkey, unless the breaker is open; then the database, unless
/// `bound` others do; then takes what there is, and says so.
Answer guarded(String flight) throws Exception {
    boolean missed = false;
    try {
        String known = breaker.executeCallable(() -> ask(flight));
        if (known != null) return new Answer(Kind.CACHED, known);
        missed = true;
    } catch (JedisException | CallNotPermittedException e) {
        // go on without; and no SET below: it would wait, too
    }
    if (bulkhead.tryAcquirePermission()) {
        try {
            String page = load(flight);
            copies.put(flight, page);
            if (missed) keep(flight, page);
            return new Answer(Kind.LOADED, page);
        } finally {
            bulkhead.onComplete();
        }
    }
    String copy = copies.get(flight);
    return copy != null ? new Answer(Kind.STALE, copy)
            : new Answer(Kind.PARTIAL, "{\"flight_id\": " + flight + "}");
}

String ask(String flight) throws Exception {
    asked.increment();
    askWaits.call();
    return valkey.get(key(flight));
}

/// Sets a page. If that fails, its reader has it all the same.
void keep(String flight, String page) {
    try {
        valkey.set(key(flight), page, ttl);
    } catch (JedisException e) {
        // the next reader loads it again
    }
}

/// A crowd with time-outs only. No load ends before all have begun.
List<Kind> tolerantCrowd() throws Exception {
    var begun = new CountDownLatch(readers);
    loadWaits = () -> {
        begun.countDown();
        return begun.await(30, SECONDS);
    };
    return crowd(flight -> tolerant(valkey, flight));
}

/// A guarded crowd. A load ends, and a trial asks, when all others have
/// an answer.
List<Kind> guardedCrowd(int trials) throws Exception {
    var copied = new CountDownLatch(readers - trials - bound);
    var others = new CountDownLatch(readers - trials);
    loadWaits = () -> copied.await(30, SECONDS);
    askWaits = () -> trials == 0 || others.await(30, SECONDS);
    return crowd(flight -> {
        Answer answer = guarded(flight);
        copied.countDown();
        others.countDown();
        return answer;
    });
}

final Row header = row("crowd", "cached", "loaded", "stale", "partial",
        "loads at once", measured("asked"));

/// What a crowd got, and what it took.
Row crowdRow(String name, List<Kind> got, int atOnce) {
    check(name + ": " + atOnce + " loads at once", most.get() == atOnce);
    return row(name, frequency(got, Kind.CACHED),
            frequency(got, Kind.LOADED), frequency(got, Kind.STALE),
            frequency(got, Kind.PARTIAL), most.get(), asked.sum());
}

/// Valkey is paused. Three crowds come.
void bounded() throws Exception {
    try (var server = server(20);
            var client = client(server.port(), timeout)) {
        valkey = client;
        for (String flight : flights) copies.put(flight, load(flight));
        server.pause();
        Row tolerant = crowdRow("time-outs", tolerantCrowd(), readers);
        Row guarded = crowdRow("guarded", guardedCrowd(0), bound);
        copies.clear(); // as in a process that has just started
        Row bare = crowdRow("guarded, no copies", guardedCrowd(0), bound);
        check("and nobody asks Valkey", asked.sum() == 0);
        table("Valkey is paused", header, tolerant, guarded, bare);
    }
}

/// Valkey is empty, and readers have time-outs only. Then it is killed,
/// comes back empty once more, and they have a breaker.
void recovery() throws Exception {
    try (var server = server(0)) {
        valkey = server.client(); // waits for seconds, and never has to
        for (String flight : flights) copies.put(flight, load(flight));
        Row tolerant = crowdRow("time-outs", tolerantCrowd(), readers);

        server.kill();
        breaker.reset();
        for (String flight : flights) guarded(flight);
        check("ten ask, ten do not", asked.sum() == readers + 10);
        ((RedisClient) valkey).getPool().clear(); // the dead connections
        server.restart();
        now = now.plusMillis(1_001);
        Row halfOpen = crowdRow("half-open", guardedCrowd(trials), bound);
        check("only the trials ask Valkey", asked.sum() == trials);
        check("it is closed", breaker.getState() == State.CLOSED);

        for (String flight : flights) keep(flight, load(flight));
        Row warmed = crowdRow("warmed", crowd(this::guarded), 0);
        table("Valkey is back, empty", header, tolerant, halfOpen, warmed);
    }
}

/// Twenty servers, whose breakers opened together: the most that try again
/// in the same tenth of a second.
long mostTries(IntervalFunction wait) {
    var all = Stream.generate(() -> breaker(wait)).limit(20).toList();
    all.forEach(CircuitBreaker::transitionToOpenState);
    return IntStream.range(0, 20).mapToLong(_ -> {
        now = now.plusMillis(100);
        return all.stream().filter(b -> b.getState() == State.OPEN
                && b.tryAcquirePermission()).count();
    }).max().orElseThrow();
}

/// The same wait for all, and one of its own for each.
void jitter() {
    long same = mostTries(IntervalFunction.of(1_000));
    long own = mostTries(IntervalFunction.ofRandomized(1_000, 0.5));
    chart("Servers that try again together", "of 20",
            bar("after 1 s", same), bar("after 0.5 to 1.5 s", own));
    check("the same wait: all together", same == 20);
    check("jitter: never all together", own < 20);
}

/// A lock on the last seat of flight 1001, as any server takes it.
boolean locks(String who, UnifiedJedis valkey) {
    return valkey.set("flight:1001:seat:lock", who,
            setParams().nx().px(60_000)) != null;
}

/// Sells that seat. Whether the database let it.
boolean sells(int passenger) throws Exception {
    return !column(flughafenCopy(), """
            INSERT INTO booking (flight_id, seat, passenger_id, price)
            VALUES (1001, '99A', ?, 100)
            ON CONFLICT (flight_id, seat) DO NOTHING
            RETURNING booking_id""", passenger).isEmpty();
}

/// Lets a server follow another; "NO" and "ONE": makes it a primary.
void follow(UnifiedJedis valkey, String host, String port) {
    valkey.executeCommand(
            new CommandArguments(REPLICAOF).add(host).add(port));
}

/// A replica takes over. What happened last has not reached it.
void failover() throws Exception {
    try (var primary = server(20); var replica = privateValkey();
            var watch = client(replica.port(), 5_000)) {
        UnifiedJedis one = primary.client();
        UnifiedJedis two = replica.client();
        follow(two, "127.0.0.1", "" + primary.port());
        until(() -> watch.dbSize() == 20); // it has all pages
        follow(two, "127.0.0.1", "1"); // cut off: nobody is there
        check("A has the lock, B has not",
                locks("A", one) && !locks("B", one));

        primary.kill();
        follow(two, "NO", "ONE");
        valkey = two; // the switch
        breaker.reset();
        crowdRow("the replica has all pages", crowd(this::guarded), 0);
        check("B has the lock, too", locks("B", two));
        check("the seat is sold once", sells(1) && !sells(2));
    }
}
