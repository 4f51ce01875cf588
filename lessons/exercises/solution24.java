///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
// A circuit breaker and a bulkhead.
//DEPS io.github.resilience4j:resilience4j-circuitbreaker:2.4.0
//DEPS io.github.resilience4j:resilience4j-bulkhead:2.4.0
//SOURCES ../lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import lab.PrivateValkey;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

// Pages come, whichever of the two fails.

final SetParams ttl = setParams().px(600_000);
final PrivateValkey server = privateValkey();
final RedisClient valkey = RedisClient.builder()
        .hostAndPort(new HostAndPort("127.0.0.1", server.port()))
        .clientConfig(DefaultJedisClientConfig.builder()
                .timeoutMillis(5_000).build()).build();

/// Opens when five calls or more of the last ten have failed.
final CircuitBreaker breaker = CircuitBreaker.of("valkey",
        CircuitBreakerConfig.custom().slidingWindowSize(10)
                .minimumNumberOfCalls(10).failureRateThreshold(50).build());

/// Lets four in, and refuses a fifth at once.
final Bulkhead bulkhead = Bulkhead.of("database", BulkheadConfig.custom()
        .maxConcurrentCalls(4).maxWaitDuration(Duration.ZERO).build());

/// The last good page of each flight.
final Map<String, String> copies = new ConcurrentHashMap<>();

/// A page, and whether it is an old one. Without a page it is null.
record Answer(String page, boolean stale) {}

void main() {
    steps(this::alive, this::full, this::databaseFails, this::crowd,
            this::killed);
}

interface Load {
    String page(String flight) throws Exception;
}

/// Valkey behind its breaker, the database behind its bulkhead, and then
/// the last good page.
Answer read(String flight, Load load) throws Exception {
    boolean missed = false;
    try {
        String known = breaker.executeSupplier(() ->
                valkey.get(key(flight)));
        if (known != null) return good(flight, known);
        missed = true;
    } catch (JedisException | CallNotPermittedException e) {
        // go on without Valkey
    }
    if (bulkhead.tryAcquirePermission()) {
        try {
            String page = load.page(flight);
            if (missed) keep(flight, page);
            return good(flight, page);
        } catch (Exception e) {
            // go on without the database
        } finally {
            bulkhead.onComplete();
        }
    }
    return new Answer(copies.get(flight), true);
}

/// A good page, wherever it is from, is the copy for later.
Answer good(String flight, String page) {
    copies.put(flight, page);
    return new Answer(page, false);
}

void keep(String flight, String page) {
    try {
        valkey.set(key(flight), page, ttl);
    } catch (JedisException e) {
        // its reader has it all the same
    }
}

String key(String flight) {
    return "flight:" + flight + ":page";
}

/// The page as the database has it.
String load(String flight) throws Exception {
    return column(flughafen(), """
            SELECT json_object('no', flightno, 'departs', departure)
            FROM flight WHERE flight_id = ?""", flight).getFirst();
}

String fails(String flight) throws Exception {
    throw new TimeoutException("the database");
}

/// What a reader gets; null if that is an exception.
Answer answer(String flight, Load load) {
    try {
        return read(flight, load);
    } catch (Exception e) {
        return null;
    }
}

/// All is well.
void alive() throws Exception {
    var fresh = new Answer(load("1001"), false);
    check("a miss loads", fresh.equals(answer("1001", this::load)));
    check("a hit does not", fresh.equals(answer("1001", this::fails)));
}

/// Valkey refuses to keep anything.
void full() throws Exception {
    server.client().configSet("maxmemory", "1");
    var fresh = new Answer(load("1002"), false);
    boolean all = true;
    for (int i = 0; i < 12; i++) {
        all &= fresh.equals(answer("1002", this::load));
    }
    check("a page that cannot be kept is a page", all);
    check("Valkey answers: its breaker is closed",
            breaker.getState() == State.CLOSED);
    server.client().configSet("maxmemory", "0");
}

/// Valkey lives, the database does not.
void databaseFails() throws Exception {
    valkey.set(key("1003"), load("1003"), ttl);
    answer("1003", this::fails); // a hit
    valkey.del(key("1003"));
    check("a hit is a good copy, too", new Answer(load("1003"), true)
            .equals(answer("1003", this::fails)));
    boolean all = true;
    for (int i = 0; i < 12; i++) {
        all &= new Answer(null, true).equals(answer("1004", this::fails));
    }
    check("without a copy there is no page, and no exception", all);
    check("it is not Valkey that failed: its breaker is closed",
            breaker.getState() == State.CLOSED);
    check("a load that fails gives its place back",
            new Answer(load("1005"), false)
                    .equals(answer("1005", this::load)));
}

/// Twenty readers of one page that Valkey has not; an old copy is here.
/// A load ends when sixteen readers have an answer, or five load at once.
void crowd() throws Exception {
    copies.put("1006", "old");
    var start = new CyclicBarrier(20);
    var end = new CountDownLatch(16);
    var loads = new AtomicInteger();
    Load held = flight -> {
        if (loads.incrementAndGet() > 4) {
            for (int i = 0; i < 16; i++) end.countDown();
        }
        end.await(30, SECONDS);
        return load(flight);
    };
    var readers = Collections.nCopies(20, (Callable<Answer>) () -> {
        start.await(30, SECONDS);
        Answer answer = answer("1006", held);
        end.countDown();
        return answer;
    });
    var got = new ArrayList<Answer>();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var reader : pool.invokeAll(readers)) got.add(reader.get());
    }
    check("four load, and no more", loads.get() == 4);
    check("the others get the copy, and it says that it is old",
            Collections.frequency(got, new Answer("old", true)) == 16);
}

/// Valkey is gone.
void killed() throws Exception {
    server.kill();
    var fresh = new Answer(load("1007"), false);
    boolean all = true;
    for (int i = 0; i < 12; i++) {
        all &= fresh.equals(answer("1007", this::load));
    }
    check("an error of Valkey is a miss", all);
    check("after ten of them nobody asks Valkey",
            breaker.getState() == State.OPEN);
}
