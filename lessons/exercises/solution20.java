///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
// Counts and times on the client's side.
//DEPS io.micrometer:micrometer-core:1.17.2
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import lab.PrivateValkey;
import redis.clients.jedis.*;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.Pool;

// A timer that says what a caller waits for.

final SimpleMeterRegistry meters = new SimpleMeterRegistry();
final CommandObjects commands = new CommandObjects(RedisProtocol.RESP3);

/// A read and its timer, which runs from before there is a connection
/// until the reply is there, or the error.
String get(Pool<Connection> pool, String key) {
    Timer.Sample begun = Timer.start(meters);
    String outcome = "error";
    try (var connection = pool.getResource()) {
        String known = connection.executeCommand(commands.get(key));
        outcome = known == null ? "miss" : "hit";
        return known;
    } finally {
        begun.stop(meters.timer("cache.get",
                "cache", key.split(":")[0], "outcome", outcome));
    }
}

RedisClient client; // with one connection
PrivateValkey server;

void main() {
    steps(this::outcomes, this::thousandKeys, this::errors,
            this::busyConnection, this::noConnection);
}

/// How many reads of a use case ended so.
long count(String cache, String outcome) {
    return meters.find("cache.get").tags("cache", cache,
            "outcome", outcome).timers().stream()
            .mapToLong(Timer::count).sum();
}

void outcomes() {
    server = privateValkey();
    var limits = new ConnectionPoolConfig();
    limits.setMaxTotal(1);
    limits.setMaxWait(Duration.ofSeconds(5));
    client = RedisClient.builder().poolConfig(limits)
            .hostAndPort("127.0.0.1", server.port()).build();
    client.set("flight:1", "LX 1");
    client.set("airport:1", "ZRH");
    for (String key : List.of("flight:1", "flight:1", "flight:2",
            "airport:1")) {
        get(client.getPool(), key);
    }
    check("flights: tagged cache=flight, two hits and a miss",
            count("flight", "hit") == 2 && count("flight", "miss") == 1);
    check("airports: a hit", count("airport", "hit") == 1);
}

void thousandKeys() {
    for (int i = 0; i < 1_000; i++) {
        get(client.getPool(), "flight:" + i);
    }
    check("two use cases, three outcomes: at most six series",
            meters.find("cache.get").timers().size() <= 6);
}

void errors() {
    client.hset("flight:hash", "to", "ZRH");
    check("who reads a hash still hears of it",
            fails("flight:hash"));
    check("it is counted, with outcome=error",
            count("flight", "error") == 1);
}

boolean fails(String key) {
    try {
        get(client.getPool(), key);
        return false;
    } catch (JedisException e) {
        return true;
    }
}

/// Somebody else has the connection.
void busyConnection() throws Exception {
    meters.clear();
    var reader = new FutureTask<>(() ->
            get(client.getPool(), "flight:1"));
    long waited;
    try (var other = client.getPool().getResource()) {
        Thread.ofVirtual().start(reader);
        for (int i = 0; i < 5_000
                && client.getPool().getNumWaiters() == 0; i++) {
            Thread.sleep(1);
        }
        long seen = System.nanoTime();
        Thread.sleep(50);
        waited = System.nanoTime() - seen;
    }
    reader.get(10, SECONDS);
    double slowest = meters.find("cache.get").timers().stream()
            .mapToDouble(timer -> timer.max(NANOSECONDS)).max().orElse(0);
    check("the wait for a connection is in the timer",
            slowest >= waited);
}

/// Somebody else has it, and does not give it back in time.
void noConnection() {
    long before = count("flight", "error");
    client.getPool().setMaxWait(Duration.ofMillis(20));
    try (var other = client.getPool().getResource()) {
        check("who gets no connection hears of it", fails("flight:1"));
    }
    check("it is counted, with outcome=error",
            count("flight", "error") == before + 1);
    client.close();
    server.close();
}
