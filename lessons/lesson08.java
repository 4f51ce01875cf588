///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import java.sql.ResultSet;
import lab.Actor;

final int readers = knob("readers", 50, 2, 1_000);    // who read at once
final int loadMs = knob("load", 100, 0, 5_000);       // ms it takes
final int leaseMs = knob("lease", 10_000, 1, 60_000); // ms it is good
final int beta = knob("beta", 1, 0, 10); // how early XFetch refreshes

final String key = "airport:1:seats";
final String lease = key + ":lease";
final int ttl = 60_000;                   // ms for which it is kept,
final int grace = 20_000;                 // and the last of them stale
final LongAdder loads = new LongAdder();  // since the last stampede began

void main() {
    steps(this::coldKey, varies(this::oneProcess), this::twoProcesses,
            varies(this::oneLease), varies(this::holderDies),
            varies(this::shortLease), varies(this::staleKey),
            this::busyHour, this::byBeta);
}

/// How many seats were sold from airport 1. A load takes its time.
String load() throws Exception {
    loads.increment();
    if (server) awaitGoOn();
    else Thread.sleep(loadMs);
    try (var db = flughafen().getConnection();
            var sql = db.createStatement();
            ResultSet rows = sql.executeQuery("""
                    SELECT count(*)
                    FROM flight JOIN booking USING (flight_id)
                    WHERE "from" = 1""")) {
        rows.next();
        return rows.getString(1);
    }
}

/// Cache-aside, as in lesson 02.
String cacheAside(String key, Callable<String> load) throws Exception {
    String known = valkey().get(key);
    return known != null ? known : fill(key, load);
}

/// Loads and sets, with a time to live.
String fill(String key, Callable<String> load) throws Exception {
    String value = load.call();
    valkey().set(key, value, setParams().px(ttl));
    return value;
}

/// All readers at once, each in a thread of its own: what they got.
List<String> stampede(Callable<String> read) throws Exception {
    loads.reset();
    var start = new CyclicBarrier(readers);
    var threads = server ? Thread.ofVirtual().name("readers")
            : Thread.ofVirtual().name("reader-", 1);
    var got = new ArrayList<String>();
    try (var pool = Executors.newThreadPerTaskExecutor(
            threads.factory())) {
        var all = Collections.nCopies(readers, (Callable<String>) () -> {
            start.await(30, SECONDS);
            return read.call();
        });
        for (var reader : pool.invokeAll(all)) got.add(reader.get());
    }
    return got;
}

/// No load ends before all have begun: nobody is late by chance.
void coldKey() throws Exception {
    var begun = new CyclicBarrier(readers);
    stampede(() -> cacheAside(key, () -> {
        begun.await(30, SECONDS);
        return load();
    }));
    table("A cold key", row("readers", "loads"),
            row(readers, loads.sum()));
    check("every reader loads", loads.sum() == readers);
}

/// The read that is under way for each key.
final Map<String, FutureTask<String>> reads = new ConcurrentHashMap<>();

/// One reader reads. Who comes before it is done gets the same result:
/// a failure, too, as an ExecutionException.
String coalesced(String key, Callable<String> read) throws Exception {
    var mine = new FutureTask<>(read);
    FutureTask<String> theirs = reads.putIfAbsent(key, mine);
    if (theirs != null) return theirs.get(30, SECONDS);
    mine.run(); // keeps what the read throws
    reads.remove(key);
    return mine.get();
}

/// The same readers, coalesced.
void oneProcess() throws Exception {
    valkey().del(key);
    var got = stampede(() ->
            coalesced(key, () -> cacheAside(key, this::load)));
    table("Coalesced", row("readers", "loads"),
            row(readers, loads.sum()));
    check("one reader loads", loads.sum() == 1);
    check("all get what is kept",
            Set.copyOf(got).equals(Set.of(valkey().get(key))));
}

boolean server; // an application server, in a process of its own
final Semaphore goOn = new Semaphore(0);
Actor a;
Actor b;

/// An application server. It says what it does, and does what it is told.
void server() throws Exception {
    server = true;
    for (String told; (told = IO.readln()) != null; ) {
        switch (told) {
            case "go on" -> goOn.release();
            case "coalesced" -> serve(() -> cacheAside(key, this::load));
            case "leased" -> serve(() -> leased(key, leaseMs, this::load));
            default -> throw new IllegalArgumentException(told);
        }
    }
}

/// Lets its readers loose, coalesced, and says how many loads it took.
void serve(Callable<String> read) {
    goOn.drainPermits();
    Thread.ofVirtual().name("readers").start(() -> {
        try {
            stampede(() -> coalesced(key, read));
            IO.println("loads: " + loads.sum());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    });
}

/// A server's load takes as long as the lesson wants.
void awaitGoOn() throws Exception {
    IO.println("loading");
    if (!goOn.tryAcquire(30, SECONDS)) throw new TimeoutException();
}

/// Lets a server's load end: how many it says its readers took.
int finish(Actor server) throws Exception {
    server.tell("go on");
    String said = server.hear();
    while (!said.startsWith("loads: ")) said = server.hear();
    return Integer.parseInt(said.replace("loads: ", ""));
}

/// Two servers. Neither load ends before both have begun.
void twoProcesses() throws Exception {
    valkey().del(key);
    a = spawn("A", this::server);
    b = spawn("B", this::server);
    a.tell("coalesced");
    check("A loads", a.hear().equals("loading"));
    b.tell("coalesced");
    check("B loads", b.hear().equals("loading"));
    check("two processes, two loads", finish(a) + finish(b) == 2);
}

/// Does the work if nobody else has the lease. Empty if somebody has.
<T> Optional<T> alone(String key, int ms, Callable<T> work)
        throws Exception {
    String token = UUID.randomUUID().toString();
    var ifNobodyHasIt = setParams().nx().px(ms);
    if (valkey().set(key + ":lease", token, ifNobodyHasIt) == null) {
        return Optional.empty();
    }
    try {
        return Optional.of(work.call());
    } finally {
        release(key + ":lease", token);
    }
}

/// Gives the lease back, unless it has become another's.
void release(String lease, String token) {
    valkey().eval("""
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            return redis.call('DEL', KEYS[1])""",
            List.of(lease), List.of(token));
}

/// One reader of all processes loads. The others wait and look again.
String leased(String key, int ms, Callable<String> load)
        throws Exception {
    for (int turn = 0; ; turn++) {
        String known = valkey().get(key);
        if (known != null) return known;
        // cacheAside looks again: set since we looked?
        Optional<String> mine = alone(key, ms,
                () -> cacheAside(key, load));
        if (mine.isPresent()) return mine.get();
        pause(turn);
    }
}

/// Waits a little: not all for the same time, or they come in a crowd.
void pause(int turn) throws Exception {
    if (server && turn == 0) IO.println("waiting");
    Thread.sleep(ThreadLocalRandom.current().nextInt(5, 25));
}

/// The same two servers. B comes while A is loading.
void oneLease() throws Exception {
    valkey().del(key);
    a.tell("leased");
    check("A loads", a.hear().equals("loading"));
    b.tell("leased");
    check("B waits", b.hear().equals("waiting"));
    check("two processes, one load", finish(a) + finish(b) == 1);
}

/// Once more, but A does not live to the end of its load.
void holderDies() throws Exception {
    valkey().del(key);
    a.tell("leased");
    check("A loads", a.hear().equals("loading"));
    a.kill();
    IO.println("A is killed");
    b.tell("leased");
    String said = b.hear();
    check("B waits for a dead process", said.equals("waiting"));
    long left = valkey().pttl(lease);
    check("the lease expires", 0 < left && left <= leaseMs);
    valkey().pexpire(lease, 50); // we do not wait as long as that
    if (said.equals("waiting")) said = b.hear();
    check("then B loads", said.equals("loading"));
    check("one more load", finish(b) == 1);
    b.close();
}

/// Readers of one process, under a lease of `ms`: how many loads?
long loadsUnder(int ms, Callable<String> load) throws Exception {
    valkey().del(key, lease);
    stampede(() -> leased(key, ms, load));
    return loads.sum();
}

/// Leases longer and shorter than a load; then a load that does not end
/// before all readers have begun one.
void shortLease() throws Exception {
    int[] ms = IntStream.of(leaseMs, loadMs / 2, loadMs / 5, loadMs / 20)
            .map(m -> Math.max(1, m)).toArray(); // 0 would be refused
    long[] n = new long[ms.length];
    for (int i = 0; i < n.length; i++) {
        n[i] = loadsUnder(ms[i], this::load);
    }
    chart("Loads of " + loadMs + " ms and more",
            "of " + readers + " readers",
            bar("lease " + ms[0] + " ms", n[0]),
            bar("lease " + ms[1] + " ms", n[1]),
            bar("lease " + ms[2] + " ms", n[2]),
            bar("lease " + ms[3] + " ms", n[3]));
    check("a lease longer than the load: one load", n[0] == 1);

    var begun = new CyclicBarrier(readers);
    check("a load that outlasts every lease: every reader loads",
            loadsUnder(5, () -> {
                begun.await(30, SECONDS);
                return load();
            }) == readers);

    alone(key, leaseMs, () -> valkey().set(lease, "of another"));
    check("a late release leaves the lease of another",
            "of another".equals(valkey().get(lease)));
    valkey().del(lease);
}

/// What is there, at once. If it is stale, somebody loads behind it.
/// Two trips: with the expiry kept beside the value it would be one.
String staleWhileRevalidate(String key, Callable<String> load,
        Executor background) throws Exception {
    String known = valkey().get(key);
    if (known == null) return leased(key, leaseMs, load);
    if (stale(key)) {
        background.execute(() -> refresh(key, load));
    }
    return known;
}

/// Loads what is stale. If that fails, it is no failure of a reader.
void refresh(String key, Callable<String> load) {
    try {
        alone(key, leaseMs, () -> stale(key) ? fill(key, load) : "");
    } catch (Exception e) {
        IO.println("not refreshed: " + e.getMessage());
    }
}

boolean stale(String key) {
    return valkey().pttl(key) < grace;
}

/// A stale key, and a load that does not end while a reader is waiting.
void staleKey() throws Exception {
    valkey().set(key, "old", setParams().px(grace - 1));
    check("a refresh fails: its reader gets the old value",
            staleWhileRevalidate(key, () -> {
                throw new IllegalStateException("the database is down");
            }, Runnable::run).equals("old"));

    var answered = new CountDownLatch(readers);
    var got = new ArrayList<String>();
    try (var background = Executors.newVirtualThreadPerTaskExecutor()) {
        got.addAll(stampede(() -> {
            String value = staleWhileRevalidate(key, () -> {
                if (answered.await(30, SECONDS)) return load();
                throw new TimeoutException("a reader waits");
            }, background);
            answered.countDown();
            return value;
        }));
    }
    check("all readers get the old value, none waits",
            got.equals(Collections.nCopies(readers, "old")));
    check("one load", loads.sum() == 1);
    check("the new value is kept, and fresh",
            !valkey().get(key).equals("old") && !stale(key));
}

/// XFetch: whether to load now what has `left` to live and took `took`.
boolean early(double left, double took, double beta, double random) {
    return left <= -took * beta * StrictMath.log(random);
}

record Hour(int expired, int loads) {}

/// An hour of a key that is kept for 10 s, and loaded in 1 s. `alone`:
/// with one load at a time, as under a lease.
Hour hour(double perSecond, double beta, boolean alone) {
    var random = new Random(8);
    var ends = new ArrayDeque<Double>(); // of the loads under way
    double expiry = 10;
    int expired = 0;
    int loads = 0;
    for (int i = 0; i < 3_600 * perSecond; i++) {
        double now = i / perSecond;
        while (!ends.isEmpty() && ends.peek() <= now) {
            expiry = ends.poll() + 10;
        }
        if (now >= expiry) expired++;
        if (alone && !ends.isEmpty()) continue;
        double luck = 1 - random.nextDouble(); // above 0, up to 1
        if (early(expiry - now, 1, beta, luck)) {
            loads++;
            ends.add(now + 1);
        }
    }
    return new Hour(expired, loads);
}

/// The same hour, each way; and an hour with few requests.
void busyHour() {
    Hour naive = hour(50, 0, false);
    Hour leased = hour(50, 0, true);
    Hour early = hour(50, beta, false);
    Hour both = hour(50, beta, true);
    Hour rare = hour(0.05, beta, false);
    table("3600 s, kept for 10 s, loaded in 1 s",
            row("requests", "way", "met an expired key", "loads"),
            row(180_000, "each for itself", naive.expired, naive.loads),
            row(180_000, "lease", leased.expired, leased.loads),
            row(180_000, "XFetch", early.expired, early.loads),
            row(180_000, "XFetch, lease", both.expired, both.loads),
            row(180, "XFetch", rare.expired, rare.loads));
    check("a lease: few loads, but who meets an expired key must wait",
            leased.loads == 327 && leased.expired == 50 * leased.loads);
    check("XFetch: nobody meets an expired key", early.expired == 0);
    check("nor with a lease, and for fewer loads",
            both.expired == 0 && both.loads < early.loads);
    check("a key that few ask for expires all the same",
            rare.expired == rare.loads && rare.loads == 179);
}

/// And by beta.
void byBeta() {
    double[] betas = {0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4};
    Hour[] hours = Arrays.stream(betas).mapToObj(
            beta -> hour(50, beta, false)).toArray(Hour[]::new);
    chart("180,000 requests", "beta", "requests",
            line("expired", betas, Arrays.stream(hours)
                    .mapToDouble(Hour::expired).toArray()),
            line("loads", betas, Arrays.stream(hours)
                    .mapToDouble(Hour::loads).toArray()));
    check("beta 4: more loads than without XFetch",
            hours[8].loads > hours[0].loads);
}
