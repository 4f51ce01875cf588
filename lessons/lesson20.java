///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
// Little here is timed, and most of it runs once: quick compiling pays.
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1
// Counts and times on the client's side, as Prometheus reads them.
//DEPS io.micrometer:micrometer-registry-prometheus:1.17.2
// Shows them at /metrics; of the version that the registry is built on.
//DEPS io.prometheus:prometheus-metrics-exporter-httpserver:1.7.0
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import io.micrometer.core.instrument.*;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.*;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.net.http.HttpRequest;
import lab.Figures;
import lab.PrivateValkey;
import redis.clients.jedis.*;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.Pool;

final int reads = knob("reads", 100, 4, 10_000);
final int stall = knob("stall", 100, 50, 500);  // ms for somebody else
final int pool = knob("pool", 2, 1, 100);       // connections
final int callers = knob("callers", 20, 1, 500);
final boolean stay = knob("stay", false);       // for a Prometheus
final int port = knob("port", 9464, 0, 65_535); // of /metrics, then

void main() {
    if (stay) steps(this::stay);
    else steps(this::counted, since("8.1", "logs of large messages",
            this::threeLogs), this::whoWaits, this::hotKey, this::hotSlot,
            this::bothSides, this::poolTooSmall);
}

/// A command that the client has no method for.
Object ask(UnifiedJedis valkey, String command, Object... words) {
    return valkey.executeCommand(new CommandObject<>(
            new CommandArguments(command::getBytes).addObjects(words),
            BuilderFactory.ENCODED_OBJECT));
}

/// The numbers that stand in a reply where `pattern` has a group.
List<Long> numbers(Object reply, String pattern) {
    return Pattern.compile(pattern).matcher("" + reply).results()
            .map(found -> Long.valueOf(found.group(1))).toList();
}

/// `reads` keys, of which three in four are there.
List<String> flights(UnifiedJedis valkey) {
    var keys = new ArrayList<String>();
    for (int i = 0; i < reads; i++) {
        keys.add("flight:" + i);
        if (i % 4 > 0) valkey.set(keys.get(i), "LX " + i);
    }
    return keys;
}

/// The same keys: one by one, and all at once.
void counted() {
    try (var server = privateValkey()) {
        UnifiedJedis own = server.client();
        List<String> keys = flights(own);
        keys.forEach(own::get);
        long hits = info(own, "keyspace_hits");
        own.mget(keys.toArray(String[]::new));
        check(reads + " GETs: calls=" + reads,
                info(own, "cmdstat_get") == reads);
        check("the MGET: calls=1", info(own, "cmdstat_mget") == 1);
        check("each of its keys: a hit or a miss, as before",
                info(own, "keyspace_hits") == 2 * hits && 2 * (reads
                        - hits) == info(own, "keyspace_misses"));

        Object reply = ask(own, "LATENCY", "HISTOGRAM", "get");
        List<Long> bounds = numbers(reply, "(\\d+)=\\d"); // µs
        List<Long> counts = numbers(reply, "\\d=(\\d+)");
        chart("GETs that took at most", "GETs",
                IntStream.range(0, bounds.size()).mapToObj(i ->
                        bar(bounds.get(i) + " µs", counts.get(i)))
                        .toArray(Figures.Bar[]::new));
        check("a bound is a power of two, or up to 4 % more",
                bounds.stream().allMatch(bound ->
                        bound <= 1.04 * Long.highestOneBit(bound)));
    }
}

boolean fails(Runnable command) {
    try {
        command.run();
        return false;
    } catch (JedisException e) {
        return true;
    }
}

/// A slow command, a large request and a large reply.
void threeLogs() {
    try (var server = privateValkey("--slowlog-log-slower-than 150000")) {
        UnifiedJedis own = server.client();
        ask(own, "DEBUG", "SLEEP", "0.2"); // s
        own.set("map:ZRH", "x".repeat(2_000_000));
        own.get("map:ZRH");
        check("the slow one", first(own, "slow").equals("DEBUG"));
        check("the request", first(own, "large-request").equals("SET"));
        check("the reply", first(own, "large-reply").equals("GET"));
        check("SLOWLOG has one of the three",
                ask(own, "SLOWLOG", "LEN").equals(1L));
    }
}

/// The command of a log's latest entry: id, time, cost, then its words.
String first(UnifiedJedis valkey, String log) {
    String entry = "" + ask(valkey, "COMMANDLOG", "GET", "1", log);
    return entry.replaceFirst("\\W*\\d+, \\d+, \\d+, \\[(\\w+).*", "$1");
}

/// A GET is due each millisecond. At one time the server is busy for
/// somebody else. Who says how many GETs were late?
void whoWaits() throws Exception {
    try (var server = privateValkey()) {
        UnifiedJedis own = server.client();
        var other = new FutureTask<>(() ->
                ask(own, "DEBUG", "SLEEP", "" + stall / 1e3));
        int gets = 4 * stall;
        double[] due = IntStream.range(0, gets).asDoubleStream().toArray();
        double[] sinceSent = new double[gets];
        double[] sinceDue = new double[gets];
        long start = System.nanoTime();
        for (int i = 0; i < gets; i++) {
            if (i == stall) Thread.ofVirtual().start(other);
            long turn = start + i * 1_000_000L;
            NANOSECONDS.sleep(turn - System.nanoTime());
            long sent = System.nanoTime();
            own.get("flight:8");
            long answered = System.nanoTime();
            sinceSent[i] = (answered - sent) / 1e6;
            sinceDue[i] = (answered - turn) / 1e6;
        }
        other.get(10, SECONDS);
        chart("A GET each millisecond", "due at, ms", "answered after, ms",
                line("since it was due", due, sinceDue),
                line("since it was sent", due, sinceSent));
        double late = stall / 5.0; // ms
        double slowest = slowestGet(own);
        table("GETs that took %.0f ms or more".formatted(late),
                row("timed", measured("GETs")),
                row("by the server", slowest < late ? 0 : "some"),
                row("since sent", count(sinceSent, late)),
                row("since due", count(sinceDue, late)));
        check("the server: no GET was late", slowest < late);
        check("ten times as many are late since due as since sent",
                count(sinceDue, late)
                        >= 10 * Math.max(1, count(sinceSent, late)));
    }
}

/// What the server says of its slowest GET: a bound in ms.
double slowestGet(UnifiedJedis valkey) {
    Object buckets = ask(valkey, "LATENCY", "HISTOGRAM", "get");
    return numbers(buckets, "(\\d+)=\\d").getLast() / 1e3;
}

long count(double[] times, double limit) {
    return DoubleStream.of(times).filter(time -> time >= limit).count();
}

/// Five keys, read by a factor of ten more often each.
void hotKey() {
    try (var server = privateValkey("--maxmemory-policy allkeys-lfu",
                    "--lfu-decay-time 0")) { // else a minute may end here
        UnifiedJedis own = server.client();
        var rows = new ArrayList<Figures.Row>();
        for (int times : List.of(0, 10, 100, 1_000, 10_000)) {
            String key = "flight:" + times;
            own.set(key, "");
            try (var pipeline = own.pipelined()) {
                for (int i = 0; i < times; i++) pipeline.get(key);
            }
            rows.add(row(key, times, own.objectFreq(key)));
        }
        table("How often is it read?",
                row("key", "reads", measured("FREQ")), rows);
        check("a new key has 5", own.objectFreq("flight:0") == 5);
        var keys = new HashSet<String>();
        own.scanIteration(100, "flight:*").collect(keys);
        String hottest = Collections.max(keys,
                Comparator.comparing(own::objectFreq));
        check("SCAN and FREQ find the one that is read most",
                hottest.equals("flight:10000"));
        check("1,000 times the reads, not 20 times the counter",
                own.objectFreq(hottest) < 20 * own.objectFreq("flight:10"));

        own.configSet("maxmemory-policy", "allkeys-lru");
        long switched = own.objectIdletime(hottest);
        own.get(hottest);
        table("Idle for how long?", row("after", measured("s")),
                row("the switch", switched),
                row("a read", own.objectIdletime(hottest)));
        check("a read sets it right", own.objectIdletime(hottest) < 60);
    }
}

/// A cluster of one node. Which of its slots is busy?
void hotSlot() throws Exception {
    try (var server = privateValkey("--cluster-enabled yes",
                    "--cluster-slot-stats-enabled yes")) {
        try (var node = RedisClient.create(server.uri())) {
            ask(node, "CLUSTER", "ADDSLOTSRANGE", "0", "16383");
            for (int i = 0; i < 500 && fails(() -> node.get("a")); i++) {
                Thread.sleep(20); // up two seconds after its start
            }
        }
        UnifiedJedis own = server.client();
        for (int i = 0; i < 100; i++) own.set("flight:" + i, "");
        for (int i = 0; i < 1_000; i++) own.get("flight:8");
        Object slot = numbers(ask(own, "CLUSTER", "SLOT-STATS", "ORDERBY",
                "NETWORK-BYTES-IN", "LIMIT", "1", "DESC"),
                "(\\d+), ").getFirst();
        check("the slot of that key is the busiest", slot.equals(
                ask(own, "CLUSTER", "KEYSLOT", "flight:8")));
    }
}

/// What an application has of its cache: a pool, and its own figures.
class Cache implements AutoCloseable {
    final PrometheusMeterRegistry meters =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final RedisClient valkey;

    Cache(PrivateValkey server) {
        var limits = new ConnectionPoolConfig();
        limits.setMaxTotal(pool);
        limits.setMaxIdle(pool);
        limits.setMaxWait(Duration.ofSeconds(20));
        valkey = RedisClient.builder().poolConfig(limits)
                .hostAndPort("127.0.0.1", server.port()).build();
        var all = valkey.getPool();
        meters.gauge("valkey.pool.max", all, Pool::getMaxTotal);
        meters.gauge("valkey.pool.active", all, Pool::getNumActive);
        meters.gauge("valkey.pool.waiters", all, Pool::getNumWaiters);
        for (String outcome : List.of("ok", "miss", "error")) {
            timer("GET", outcome); // 0, and not absent
            timer("SET", outcome);
        }
    }

    Timer timer(String command, String outcome) {
        return Timer.builder("valkey.command")
                .tags("command", command, "outcome", outcome)
                .serviceLevelObjectives(Stream.of(1, 5, 20, 50, 200, 1_000)
                        .map(Duration::ofMillis).toArray(Duration[]::new))
                .register(meters);
    }

    /// Times all that a caller waits for: a connection, the network, the
    /// server, the reply. A GET that is ok is a hit.
    <T> T timed(String command, Supplier<T> call) {
        Timer.Sample begun = Timer.start(meters);
        String outcome = "error";
        try {
            T reply = call.get();
            outcome = reply == null ? "miss" : "ok";
            return reply;
        } finally {
            begun.stop(timer(command, outcome));
        }
    }

    String get(String key) {
        return timed("GET", () -> valkey.get(key));
    }

    void set(String key, String row) {
        timed("SET", () -> valkey.set(key, row, setParams().px(60_000)));
    }

    @Override public void close() {
        valkey.close();
    }
}

/// Shows figures on loopback, until the lesson ends. Returns where.
String show(int port, PrometheusMeterRegistry meters) throws IOException {
    var server = HTTPServer.builder().port(port)
            .inetAddress(InetAddress.getLoopbackAddress())
            .registry(meters.getPrometheusRegistry()).buildAndStart();
    return "http://127.0.0.1:" + server.getPort() + "/metrics";
}

/// A figure of that page, a whole number; its name and labels in order.
long figure(String page, String... words) {
    return numbers(page, String.join(".*", words) + "\\D*? (\\d+)")
            .getFirst();
}

/// The same reads, counted by the client and by the server.
void bothSides() throws Exception {
    try (var server = privateValkey(); var cache = new Cache(server)) {
        UnifiedJedis own = server.client();
        flights(own).forEach(cache::get);
        own.hset("flight:hash", "to", "ZRH");
        check("a hash: GET fails", fails(() -> cache.get("flight:hash")));
        URI metrics = URI.create(show(0, cache.meters));
        String page = http().send(HttpRequest.newBuilder(metrics)
                .timeout(Duration.ofSeconds(5)).build(), ofString()).body();

        long hits = figure(page, "count", "GET", "ok");
        long misses = figure(page, "count", "GET", "miss");
        long all = hits + misses + figure(page, "count", "GET", "error");
        table("Who counts what", row("figure", "the client", "the server"),
                row("GETs", all, info(own, "cmdstat_get")),
                row("hits", hits, info(own, "keyspace_hits")),
                row("misses", misses, info(own, "keyspace_misses")));
        check("the server: the same GETs and misses, one hit more",
                all == info(own, "cmdstat_get")
                        && misses == info(own, "keyspace_misses")
                        && hits + 1 == info(own, "keyspace_hits"));
        check("commandstats: failed_calls=1", numbers(own.info("all"),
                "cmdstat_get:.*failed_calls=(\\d+)").contains(1L));
    }
}

/// All ask at once, and the server pauses for a moment.
void poolTooSmall() throws Exception {
    try (var server = privateValkey(); var cache = new Cache(server)) {
        UnifiedJedis own = server.client();
        own.set("flight:8", "LX 8");
        var connections = cache.valkey.getPool();
        connections.addObjects(pool);
        server.pause();
        var asking = Executors.newVirtualThreadPerTaskExecutor();
        IntStream.range(0, callers).forEach(_ ->
                asking.submit(() -> cache.get("flight:8")));
        for (int i = 0; i < 5_000 && connections.getNumActive()
                + connections.getNumWaiters() < callers; i++) {
            Thread.sleep(1);
        }
        String page = cache.meters.scrape();
        Thread.sleep(50); // all wait, for at least so long
        server.resume();
        asking.close(); // once all have an answer
        int held = Math.min(pool, callers);
        check("no GET has ended", figure(page, "count", "GET", "ok") == 0);
        check(held + " have a connection", figure(page, "active") == held);
        check(callers - held + " wait for one",
                figure(page, "waiters") == callers - held);
        check("then timer and server have all " + callers,
                cache.timer("GET", "ok").count() == callers
                        && info(own, "cmdstat_get") == callers);
        check("the client waited ten times as long as the server says",
                cache.timer("GET", "ok").max(MILLISECONDS)
                        > 10 * slowestGet(own));
    }
}

/// What INFO says, under the names that redis_exporter gives it.
void exportInfo(PrometheusMeterRegistry meters, UnifiedJedis valkey) {
    meters.gauge("redis.up", valkey, v -> fails(v::ping) ? 0 : 1);
    meters.gauge("redis.connected.slave.lag.seconds", valkey,
            v -> numbers(v.info("replication"), "lag=(\\d+)").getFirst());
    Map.of("redis.memory.used.bytes", "used_memory",
            "redis.memory.max.bytes", "maxmemory", "redis.db.keys", "db0",
            "redis.connected.slaves", "connected_slaves")
            .forEach((name, field) -> meters.gauge(name, valkey,
                    v -> info(v, field)));
    Map.of("redis.evicted.keys", "evicted_keys",
            "redis.rejected.connections", "rejected_connections")
            .forEach((name, field) -> FunctionCounter.builder(name, valkey,
                    v -> info(v, field)).register(meters));
}

/// A cache that is used, its figures at /metrics, until Ctrl-C.
void stay() throws Exception {
    try (var server = privateValkey("--maxmemory 8mb",
                    "--maxmemory-policy allkeys-lfu",
                    "--repl-backlog-size 1mb", // it counts, too
                    "--repl-diskless-sync-delay 0");
            var replica = privateValkey(
                    "--replicaof 127.0.0.1 " + server.port());
            var cache = new Cache(server)) {
        exportInfo(cache.meters, cache.valkey);
        IO.println("Figures at " + show(port, cache.meters));
        for (var random = new Random();; Thread.sleep(5)) {
            var key = "flight:" + random.nextInt(1 + random.nextInt(2_000));
            if (cache.get(key) == null) cache.set(key, "x".repeat(8_000));
        }
    }
}
