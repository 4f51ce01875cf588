///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import java.sql.ResultSet;
import java.sql.SQLException;

// A passenger has no version. Close the stale-set race with a lease.

final String key = "passenger:1000:lastname";
final int ttl = 60_000;       // ms for which a name is kept
final int leaseTtl = 30_000; // ms for which a lease is good
final LongAdder loads = new LongAdder();

void main() {
    steps(this::undisturbed, this::secondReader, this::staleSet,
            this::expiredLease, this::foreignLease, this::withoutLease);
}

/// Cache-aside with the race in it. This is all you have to change.
String lastname(Callable<String> load) throws Exception {
    String known = valkey().get(key);
    if (known != null) return known;
    String name = load.call();
    valkey().set(key, name, setParams().px(ttl));
    return name;
}

void undisturbed() throws Exception {
    lastname(this::load);
    lastname(this::load);
    check("undisturbed, the second read is a hit", loads.sum() == 1);
}

void secondReader() throws Exception {
    valkey().del(key);
    Paused first = readerLoads("first");
    String second = lastname(this::load);
    check("who meets another's lease gets the name, not the token",
            second.equals(load()));
    first.sets();
}

void staleSet() throws Exception {
    valkey().del(key);
    Paused reader = readerLoads("reader");
    String now = commit();
    valkey().del(key);
    reader.sets();
    check("the writer's DEL takes the lease away: the late SET fails",
            lastname(this::load).equals(now));
}

void expiredLease() throws Exception {
    valkey().del(key);
    Paused reader = readerLoads("reader");
    long left = valkey().pttl(key);
    check("a lease expires", 0 < left && left <= leaseTtl);
    valkey().pexpire(key, 0); // as if it had
    reader.sets();
    check("no lease, no SET: an expired one refuses, too",
            !valkey().exists(key));
}

void foreignLease() throws Exception {
    valkey().del(key);
    String old = load();
    Paused early = readerLoads("early");
    String now = commit();
    valkey().del(key);
    Paused late = readerLoads("late"); // on a lease of its own
    early.sets();
    check("the lease of another does not count: tokens are unique",
            !old.equals(valkey().get(key)));
    late.sets();
    check("who holds the lease sets", now.equals(valkey().get(key)));
    long left = valkey().pttl(key);
    check("a name expires, later than a lease",
            leaseTtl < left && left <= ttl);
}

void withoutLease() throws Exception {
    valkey().del(key);
    Paused holder = readerLoads("holder");
    Paused other = readerLoads("other"); // it meets the holder's lease
    commit();
    valkey().del(key);
    other.sets();
    check("who has no lease sets nothing", !valkey().exists(key));
    holder.sets();
}

/// The name as the database has it, counted.
String load() throws Exception {
    loads.increment();
    return ask("SELECT lastname FROM passenger WHERE passenger_id = 1000");
}

/// The writer's transaction: another name.
String commit() throws Exception {
    return ask("""
            UPDATE passenger SET lastname = lastname || '-Ray'
            WHERE passenger_id = 1000 RETURNING lastname""");
}

String ask(String sql) throws SQLException {
    try (var db = flughafenCopy().getConnection();
            var statement = db.createStatement();
            ResultSet result = statement.executeQuery(sql)) {
        result.next();
        return result.getString(1);
    }
}

/// A reader between its load and its set.
record Paused(CountDownLatch resume, Future<?> end) {
    /// Lets it set, and waits until it has.
    void sets() throws Exception {
        resume.countDown();
        end.get();
    }
}

/// Starts a reader in a thread of its own. It loads, and then it waits.
Paused readerLoads(String name) throws Exception {
    var loaded = new CountDownLatch(1);
    var resume = new CountDownLatch(1);
    var reader = new FutureTask<>(() -> lastname(() -> {
        String row = load();
        loaded.countDown();
        resume.await();
        return row;
    }));
    Thread.ofVirtual().name(name).start(reader);
    if (!loaded.await(10, SECONDS)) {
        if (reader.isDone()) reader.get(); // it threw: say what
        throw new TimeoutException("the reader did not load");
    }
    return new Paused(resume, reader);
}
