///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;

import java.io.IOException;
import lab.Figures.Line;
import lab.Figures.Row;
import lab.PrivateValkey;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.csc.Cache;
import redis.clients.jedis.csc.DefaultCache;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

final int size = knob("size", 100, 1, 10_000);         // bytes of a value
final int rounds = knob("rounds", 2, 1, 30); // timed; as many to warm up
final int writes = knob("writes", 2_000, 40, 200_000); // in a storm
final int readers = knob("readers", 8, 1, 64);         // while it lasts
final int pool = knob("pool", 8, 1, 64); // connections of the built-in

final PrivateValkey server = privateValkey();
final RedisClient valkey = (RedisClient) server.client();
final int[] depths = {1, 4, 16, 64, 256};
final byte[] key = "key:__rand_int__".getBytes(); // the benchmark's own
final byte[] value = "x".repeat(size).getBytes();

void main() {
    steps(this::byDepth, this::ways, this::nearReads, this::lateReply,
            this::placeholder, this::lostConnection, this::refused,
            varies(this::compare));
}

/// What a program says; nothing if it is not there or it fails.
String said(Object... words) throws Exception {
    try {
        Process program = new ProcessBuilder(Stream.of(words)
                .map(Object::toString).toList()).start();
        CompletableFuture.delayedExecutor(30, SECONDS)
                .execute(program::destroyForcibly);
        byte[] said = program.getInputStream().readAllBytes();
        return program.waitFor() == 0 ? new String(said) : "";
    } catch (IOException e) {
        return "";
    }
}

/// So many batches of a depth take some 20 ms: valkey-benchmark counts
/// whole milliseconds.
int batches(int depth) {
    return Math.min(400, 20_000 / depth);
}

/// Commands a second by valkey-benchmark: SET, then GET.
double[] benchmark(int depth) throws Exception {
    String csv = said(server.program("valkey-benchmark"), "--csv",
            "-p", server.port(), "-c", 1, "-P", depth, "-d", size,
            "-n", depth * batches(depth), "-t", "set,get");
    var rates = csv.lines().map(line -> line.split("\",\""))
            .filter(cell -> cell[0].matches("\"[SG]ET"))
            .mapToDouble(cell -> Double.parseDouble(cell[1]));
    return Arrays.copyOf(rates.toArray(), 2); // zeros: it did not run
}

/// Commands a second by Jedis: a batch is sent, and its replies read.
double jedis(int depth, Runnable command, Pipeline pipeline) {
    int batches = batches(depth);
    long start = System.nanoTime();
    for (int i = 0; i < batches; i++) {
        for (int j = 0; j < depth; j++) command.run();
        pipeline.sync();
    }
    return depth * batches / ((System.nanoTime() - start) / 1e9);
}

/// At each depth valkey-benchmark, then Jedis. Keeps the best of each:
/// what disturbs a run only makes it slower.
void round(Pipeline pipe, Map<Integer, double[]> best) throws Exception {
    for (int depth : depths) {
        double[] theirs = benchmark(depth);
        double[] now = {theirs[0], theirs[1],
                jedis(depth, () -> pipe.set(key, value), pipe),
                jedis(depth, () -> pipe.get(key), pipe)};
        best.merge(depth, now, (old, _) -> {
            Arrays.setAll(old, i -> Math.max(old[i], now[i]));
            return old;
        });
    }
}

/// One client of each kind on a core of its own, the server on another.
void byDepth() throws Exception {
    long self = ProcessHandle.current().pid();
    String cores = said("taskset", "-cp", self) // "... list: 0-3"
            .replaceFirst(".*: ", "").strip();
    String first = cores.replaceFirst("\\D.*", "");
    String last = cores.replaceFirst(".*\\D", "");
    var best = new TreeMap<Integer, double[]>();
    try (var own = new Connection("127.0.0.1", server.port())) {
        var pipe = new Pipeline(own); // of an unrecorded connection
        said("taskset", "-acp", first, server.pid()); // all its threads
        said("taskset", "-acp", last, self); // and whatever it starts
        measure("a round", rounds, () -> round(pipe, best));
    } finally {
        said("taskset", "-acp", cores, self);
        said("taskset", "-acp", cores, server.pid());
    }
    show(best);
}

double[] column(Map<Integer, double[]> best, int i) {
    return best.values().stream().mapToDouble(rate -> rate[i]).toArray();
}

void show(Map<Integer, double[]> best) {
    double[] benchmark = column(best, 1);
    double[] jedis = column(best, 3);
    boolean there = benchmark[0] > 0;
    double[] power = {0, 1, 2, 3, 4};
    chart("GETs a second", "depth, as a power of four", "GETs a second",
            Stream.of(line("valkey-benchmark", power, benchmark),
                    line("Jedis", power, jedis))
                    .skip(there ? 0 : 1).toArray(Line[]::new));
    var rows = new ArrayList<Row>();
    best.forEach((depth, rate) -> {
        for (int i = 0; i < 2; i++) {
            double ours = rate[i + 2];
            rows.add(row(depth, i == 0 ? "SET" : "GET",
                    there ? rate[i] : "did not run", ours,
                    there ? ours / rate[i] : "", depth / ours * 1e6));
        }
    });
    table("One client, " + size + " bytes, commands a second",
            row("depth", "command", measured("valkey-benchmark"),
                    measured("Jedis"), measured("ratio"),
                    measured("Jedis: µs a batch")), rows);
    check("both wrote the same key", valkey.strlen(
            new String(key)) == size && valkey.dbSize() == 1);
    check("a pipeline of 256: more than twice the GETs a second",
            jedis[4] > 2 * jedis[0]);
}

/// 64 GETs as most write them: Strings, a pooled client; unrecorded.
void ways() throws Exception {
    String name = new String(key);
    try (var client = RedisClient.create(server.uri())) {
        var trips = measure("a trip each", 50, () -> {
            for (int i = 0; i < 64; i++) client.get(name);
        });
        var texts = measure("a pipeline", () -> {
            try (var batch = client.pipelined()) {
                for (int i = 0; i < 64; i++) batch.get(name);
            }
        });
        check("a trip each takes more than twice as long as a pipeline",
                trips.p50() > 2 * texts.p50());
    }
}

volatile Runnable inGap = () -> {};
volatile Runnable whileAway = () -> {};

/// Here somebody else may do something. In a race it does so, once.
void gap() {
    Runnable now = inGap;
    inGap = () -> {};
    now.run();
}

/// Copies of the keys that begin with `page:`. Valkey says on a
/// connection of the cache's own which of them are written.
class NearCache implements AutoCloseable {
    /// A value, or the placeholder of one that is under way.
    final Map<String, Object> kept = new ConcurrentHashMap<>();
    final Semaphore ready = new Semaphore(0);
    volatile boolean tracked;
    volatile boolean closed;
    volatile Connection own;

    NearCache() throws Exception {
        valkey.set("page:marker", "");
        Thread.ofPlatform().name("near cache").daemon().start(this::listen);
        awaitReady();
    }

    /// A placeholder goes first. If it is still there when the value
    /// comes, nothing was written meanwhile.
    String get(String key) {
        if (!tracked) return valkey.get(key);
        if (kept.get(key) instanceof String value) return value;
        Object placeholder = new Object();
        kept.put(key, placeholder);
        String value = valkey.get(key);
        gap();
        if (value == null) kept.remove(key, placeholder);
        else kept.replace(key, placeholder, value);
        return value;
    }

    /// As one would write it first.
    String naive(String key) {
        if (kept.get(key) instanceof String value) return value;
        String value = valkey.get(key);
        gap();
        if (value != null) kept.put(key, value);
        return value;
    }

    /// Tracks, clears, hears. When the connection is lost, once more.
    void listen() {
        while (!closed) {
            try (Connection now = valkey.getPool().getResource()) {
                own = now;
                if (closed) return;
                track(now);
                kept.clear(); // of what was written meanwhile nobody told
                tracked = true;
                ready.release();
                while (true) invalidate((List<?>) now.getUnflushedObject());
            } catch (JedisConnectionException lost) {
                tracked = false;
                whileAway.run();
                LockSupport.parkNanos(1_000_000); // no server: do not spin
            }
        }
    }

    /// Names the keys that were written; a FLUSHALL names none.
    void invalidate(List<?> message) {
        if (message.getLast() instanceof List<?> keys) {
            for (Object key : keys) kept.remove(new String((byte[]) key));
        } else {
            kept.clear();
        }
    }

    void awaitReady() throws Exception {
        if (!ready.tryAcquire(10, SECONDS)) throw new TimeoutException();
    }

    @Override public void close() {
        closed = true;
        own.disconnect();
    }
}

Object tell(Connection connection, Command command, Object... words) {
    return connection.executeCommand(
            new CommandArguments(command).addObjects(words));
}

/// Messages on a channel need RESP2; Jedis 8 begins with RESP3.
void track(Connection own) {
    own.setTimeoutInfinite(); // it may be long until something is written
    tell(own, Command.HELLO, 2);
    Object id = tell(own, Command.CLIENT, "ID");
    tell(own, Command.CLIENT, "TRACKING", "ON", "REDIRECT", id,
            "BCAST", "PREFIX", "page:");
    tell(own, Command.SUBSCRIBE, "__redis__:invalidate");
}

/// Writes one more page, and waits until the cache has heard of it: then
/// it has heard of all that was written before.
void settle(UnaryOperator<String> read) {
    String now = read.apply("page:marker") + ".";
    valkey.set("page:marker", now);
    long end = System.nanoTime() + SECONDS.toNanos(10);
    while (!now.equals(read.apply("page:marker"))) {
        if (System.nanoTime() > end) {
            throw new IllegalStateException("the cache hears nothing");
        }
        Thread.yield();
    }
}

/// A page that is read a thousand times.
void nearReads() throws Exception {
    valkey.set("page:1", "old");
    try (var cache = new NearCache()) {
        long before = info(valkey, "cmdstat_get");
        for (int i = 0; i < 1_000; i++) cache.get("page:1");
        check("1,000 reads, one GET",
                info(valkey, "cmdstat_get") - before == 1);
    }
}

/// The page is written when a reader has it and has not kept it yet.
String race(UnaryOperator<String> read) {
    valkey.set("page:1", "old");
    settle(read);
    inGap = () -> {
        valkey.set("page:1", "new");
        settle(read);
    };
    read.apply("page:1");
    settle(read);
    return read.apply("page:1");
}

void lateReply() throws Exception {
    try (var cache = new NearCache()) {
        String told = race(cache::naive);
        check("the reader gets the old one", told.equals("old"));
        settle(cache::naive);
        check("also when all is quiet",
                cache.naive("page:1").equals("old"));
        check("Valkey has the new", valkey.get("page:1").equals("new"));
    }
}

void placeholder() throws Exception {
    try (var cache = new NearCache()) {
        check("the new page", race(cache::get).equals("new"));
        check("and now it is kept", cache.kept.get("page:1").equals("new"));
    }
}

/// The page is written while the cache has no connection.
void lostConnection() throws Exception {
    valkey.set("page:1", "old");
    try (var cache = new NearCache()) {
        cache.get("page:1");
        var told = new CompletableFuture<String>();
        whileAway = () -> {
            whileAway = () -> {};
            valkey.set("page:1", "new");
            boolean kept = cache.kept.containsKey("page:1");
            told.complete(kept ? cache.get("page:1") : "not kept");
        };
        try (var other = valkey.getPool().getResource()) {
            tell(other, Command.CLIENT, "KILL", "TYPE", "pubsub");
        }
        check("away: a copy is there, and not used",
                told.get(10, SECONDS).equals("new"));
        cache.awaitReady();
        check("back: it is gone", !cache.kept.containsKey("page:1"));
    }
}

/// A cache as Jedis has it.
RedisClient builtIn(Cache cache) {
    var connections = new ConnectionPoolConfig();
    connections.setMaxTotal(pool);
    return RedisClient.builder().hostAndPort("127.0.0.1", server.port())
            .clientConfig(DefaultJedisClientConfig.builder()
                    .protocol(RedisProtocol.RESP3).build())
            .cache(cache).poolConfig(connections).build();
}

void refused() {
    String why = "";
    try (var client = builtIn(new DefaultCache(1_000) {})) {
        client.get("page:1");
    } catch (JedisException e) {
        why = e.getMessage();
    }
    IO.println(why);
    check("Jedis refuses Valkey", !why.isEmpty());
}

/// Each of twenty pages is written twice, while readers read them; then
/// all is quiet. How many are stale then? Again and again.
long storm(UnaryOperator<String> read) throws Exception {
    long stale = 0;
    for (int turn = 1; turn <= writes / 40; turn++) {
        var writing = new AtomicBoolean(true);
        try (var threads = Executors.newFixedThreadPool(readers)) {
            for (int i = 0; i < readers; i++) {
                threads.execute(() -> {
                    var random = ThreadLocalRandom.current();
                    while (writing.get()) {
                        int page = random.nextInt(20);
                        read.apply("page:" + page);
                        if (page == 0) LockSupport.parkNanos(1_000);
                    }
                });
            }
            try {
                for (int i = 0; i < 40; i++) {
                    valkey.set("page:" + i / 2, turn + ":" + i % 2);
                }
            } finally {
                writing.set(false);
            }
        }
        settle(read);
        for (int i = 0; i < 20; i++) {
            if (!read.apply("page:" + i).equals(turn + ":1")) stale++;
        }
    }
    return stale;
}

/// The same storm for each.
void compare() throws Exception {
    var anyServer = new DefaultCache(1_000) {
        @Override public boolean compatibilityMode() {
            return true; // do not look at the server's name and version
        }
    };
    try (var one = new NearCache(); var two = new NearCache();
            var library = builtIn(anyServer)) {
        long right = storm(one::get);
        long naive = storm(two::naive);
        long builtIn = storm(library::get);
        table("Stale after " + writes / 40 * 40 + " writes",
                row("near cache", measured("pages")),
                row("with a placeholder", right),
                row("without", naive), row("built in", builtIn));
        check("with a placeholder no page is stale", right == 0);
    }
}
