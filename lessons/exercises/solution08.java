///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

// A popular key does not expire: XFetch, with Valkey.

final String key = "airport:2:seats:timed";
final int ttl = 600_000; // ms for which a value is kept
final LongAdder loads = new LongAdder();

long clock;    // ms; only a load takes time here
double random; // above 0, up to 1: the next random number

void main() {
    steps(this::cold, this::early, this::fast, this::beta,
            this::failedLoad);
}

/// Under the key: how many ms the last load took, a colon, the value.
String read(Callable<String> load, double beta) throws Exception {
    String known = valkey().get(key);
    if (known == null) return fill(load);
    String[] tookAndValue = known.split(":", 2);
    double early = -Long.parseLong(tookAndValue[0]) * beta
            * Math.log(random);
    if (valkey().pttl(key) > early) return tookAndValue[1];
    try {
        return fill(load);
    } catch (Exception e) { // to be logged: nobody else will notice
        return tookAndValue[1];
    }
}

String fill(Callable<String> load) throws Exception {
    long start = clock;
    String value = load.call();
    String text = clock - start + ":" + value;
    valkey().set(key, text, setParams().px(ttl));
    return value;
}

/// A load that takes `ms`.
Callable<String> load(int ms) {
    return () -> {
        loads.increment();
        clock += ms;
        return "seats, load " + loads;
    };
}

/// Makes the key be as if loaded in `ms`, with `left` ms to live.
void loaded(int ms, int left) throws Exception {
    valkey().del(key);
    read(load(ms), 1);
    valkey().pexpire(key, left);
    loads.reset();
}

void cold() throws Exception {
    random = 0.5;
    String miss = read(load(10_000), 1);
    String hit = read(load(10_000), 1);
    check("one load", loads.sum() == 1);
    check("the hit equals the miss", hit.equals(miss));
    check("the key expires", valkey().pttl(key) > ttl / 2);
}

void early() throws Exception {
    loaded(10_000, 20_000);
    random = Math.exp(-1); // 1 x 10 s: too early
    read(load(10_000), 1);
    check("20 s left, 10 s early: a hit", loads.sum() == 0);
    random = Math.exp(-3); // 3 x 10 s
    String value = read(load(10_000), 1);
    check("20 s left, 30 s early: a load", loads.sum() == 1);
    check("who loads gets the new value", value.endsWith("load 1"));
    check("its TTL is a new one", valkey().pttl(key) > ttl / 2);
}

void fast() throws Exception {
    loaded(1_000, 20_000);
    random = Math.exp(-3); // 3 x 1 s
    read(load(10_000), 1);
    check("a load of 1 s: 3 s early is too early", loads.sum() == 0);
    random = Math.exp(-30); // 30 x 1 s: loads, and takes 10 s
    read(load(10_000), 1);
    valkey().pexpire(key, 20_000);
    random = Math.exp(-3); // 3 x 10 s
    read(load(10_000), 1);
    check("the time of the last load counts", loads.sum() == 2);
}

void beta() throws Exception {
    loaded(10_000, 20_000);
    random = Math.exp(-3);
    read(load(10_000), 0.1); // 0.1 x 3 x 10 s
    check("beta 0.1: a hit", loads.sum() == 0);
    random = Math.exp(-1);
    read(load(10_000), 5); // 5 x 1 x 10 s
    check("beta 5: a load", loads.sum() == 1);
}

void failedLoad() throws Exception {
    Callable<String> fails = () -> {
        throw new IllegalStateException("the database is down");
    };
    loaded(10_000, 20_000);
    random = Math.exp(-3);
    check("a refresh fails: the reader gets what is kept",
            told(fails).startsWith("seats"));
    long left = valkey().pttl(key);
    check("and that lives, and no longer", 0 < left && left <= 20_000);
    valkey().del(key);
    check("nothing is kept: the reader gets the exception",
            told(fails).equals("the database is down"));
}

/// What a reader gets: a value, or the message of an exception.
String told(Callable<String> load) {
    try {
        return read(load, 1);
    } catch (Exception e) {
        return e.getMessage();
    }
}
