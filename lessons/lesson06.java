///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static lab.Lab.*;
import static redis.clients.jedis.args.ExpiryOption.*;
import static redis.clients.jedis.params.GetExParams.getExParams;
import static redis.clients.jedis.params.HGetExParams.hGetExParams;
import static redis.clients.jedis.params.HSetExParams.hSetExParams;
import static redis.clients.jedis.params.SetParams.setParams;

import lab.Figures.*;
import lab.PrivateValkey;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.args.ExpiryOption;

final int keys = knob("keys", 10_000);  // that a warm-up sets
final int ttl = knob("ttl", 60) * 1_000;     // ms; the knobs are in s
final int jitter = knob("jitter", 20);  // % of it, more or less
final int slide = knob("slide", 30) * 1_000; // ms added by each read
final int cap = knob("cap", 300) * 1_000;    // ms that no read exceeds
final int fixed = knob("fixed", 1_800);      // s a flight is kept

void main() {
    steps(this::warmUp, this::laterWaves, this::busyBoard,
            this::byVolatility, this::conditions, this::erased,
            since("9.0", "a plain HSET erases the TTL of a field",
                    this::fields),
            since("9.0", "HLEN counts expired fields, DBSIZE expired keys",
                    varies(this::fieldsNotGone)));
}

/// A TTL of `percent` more or less than `ttl`, all equally likely.
int spread(int ttl, int percent, Random random) {
    int width = ttl / 100 * percent;
    return ttl - width + random.nextInt(2 * width + 1);
}

/// Sets all keys at one moment of the server's clock. Asks the server
/// when each will expire: how many in each second from that moment.
int[] expiries(int percent) {
    var random = new Random(6);
    var names = IntStream.range(0, keys).mapToObj(i -> "seats:" + i)
            .toArray(String[]::new);
    valkey().set("seats:0", "", setParams().px(ttl));
    long start = valkey().pexpireTime("seats:0") - ttl;
    int[] expire = new int[2 * ttl / 1_000 + 1];
    try (var pipeline = valkey().pipelined()) {
        var ends = new ArrayList<Supplier<Long>>();
        for (String key : names) {
            long end = start + spread(ttl, percent, random);
            pipeline.set(key, "", setParams().pxAt(end));
            ends.add(pipeline.pexpireTime(key));
        }
        pipeline.sync();
        for (var end : ends) expire[(int) (end.get() - start) / 1_000]++;
    }
    valkey().unlink(names);
    return expire;
}

/// The same warm-up without jitter, and with it.
void warmUp() {
    int[] same = expiries(0);
    int[] spread = expiries(jitter);
    chart("Keys that are set at once", "s later", "keys expire in a second",
            each("no jitter", same), each("± " + jitter + " %", spread));
    check("no jitter: all in one second", peak(same) == keys);
    check("jitter: none is lost", IntStream.of(spread).sum() == keys);
    check("jitter: not a tenth of them", peak(spread) < keys / 10);
}

/// How many in each second, as a line.
Line each(String name, int[] n) {
    return line(name, IntStream.range(0, n.length).asDoubleStream()
            .toArray(), IntStream.of(n).asDoubleStream().toArray());
}

int peak(int[] expire) {
    return IntStream.of(expire).max().getAsInt();
}

/// A hundred rounds of keys that are set again as soon as they expire,
/// by a clock of our own: how many expire in each second. The warm-up
/// has a jitter of `first` percent, each later set one of `later`.
int[] waves(int first, int later) {
    var random = new Random(6);
    int[] expire = new int[101 * ttl / 1_000];
    for (int i = 0; i < keys; i++) {
        int now = spread(ttl, first, random);
        while (now / 1_000 < expire.length) {
            expire[now / 1_000]++;
            now += spread(ttl, later, random);
        }
    }
    return expire;
}

/// The busiest second within half a TTL of the n-th expiry.
int peakOfWave(int n, int[] expire) {
    int s = ttl / 1_000;
    return peak(Arrays.copyOfRange(expire, n * s - s / 2, n * s + s / 2));
}

Row peaks(String jitter, int[] w) {
    return row(jitter, peakOfWave(1, w), peakOfWave(10, w),
            peakOfWave(100, w));
}

/// The first wave, the tenth, the hundredth.
void laterWaves() {
    int[] none = waves(0, 0);
    int[] once = waves(jitter, 0);
    int[] little = waves(1, 1);
    int[] each = waves(jitter, jitter);
    int some = 9 * ttl / 2_000; // s, for four rounds
    chart("Four rounds", "s after the warm-up", "keys expire in a second",
            each("jitter at the warm-up", Arrays.copyOf(once, some)),
            each("at each set", Arrays.copyOf(each, some)));
    table("The busiest second", row("jitter", "1st wave", "10th", "100th"),
            peaks("none", none),
            peaks("± " + jitter + " %, at the warm-up only", once),
            peaks("± 1 %, at each set", little),
            peaks("± " + jitter + " %, at each set", each));
    check("no jitter: the hundredth wave is as high as the first",
            peakOfWave(100, none) == keys);
    check("only at the warm-up: it is no lower, either",
            peakOfWave(100, once) == peakOfWave(1, once));
    check("at each set: the tenth is not even half as high",
            peakOfWave(10, each) < peakOfWave(1, each) / 2);
    check("± 1 % at each set: less than a third after a hundred",
            peakOfWave(100, little) < peakOfWave(1, little) / 3);
}

long clock; // ms, simulated

/// Time passes: for us, and for the key.
void pass(String key, int ms) {
    clock += ms;
    long left = valkey().pttl(key);
    if (left > 0) valkey().pexpire(key, left - ms); // below 1: expired
}

final String board = "airport:1:departures";

/// Cache-aside with a TTL that nobody prolongs.
String absolute(Supplier<String> load) {
    String known = valkey().get(board);
    if (known != null) return known;
    String value = load.get();
    valkey().set(board, value, setParams().px(slide));
    return value;
}

/// Sliding: each read makes the entry live for `slide` ms from now.
String sliding(Supplier<String> load) {
    var prolong = getExParams().px(slide);
    String known = valkey().getEx(board, prolong);
    if (known != null) return known;
    String value = load.get();
    valkey().set(board, value, setParams().px(slide));
    return value;
}

/// Sliding up to a cap. The entry says itself when it ends, `end:value`:
/// whoever reads it later takes it for a miss, whatever its TTL says.
String capped(Supplier<String> load) {
    String known = valkey().getEx(board, getExParams().px(slide));
    if (known != null) {
        String[] endAndValue = known.split(":", 2);
        if (clock < Long.parseLong(endAndValue[0])) return endAndValue[1];
    }
    long end = clock + cap; // from before the load: it may be slow
    String value = load.get();
    valkey().set(board, end + ":" + value, setParams().px(slide));
    return value;
}

record Hour(int reads, int loads, long oldest) {}

/// An hour of a board that is read every so many seconds. The value is
/// when it was loaded.
Hour hour(int every, UnaryOperator<Supplier<String>> cached) {
    valkey().del(board);
    int[] count = new int[2];
    long oldest = 0;
    long end = clock + 3_600_000;
    var read = cached.apply(() -> {
        count[1]++;
        return "" + clock;
    });
    for (; clock < end; count[0]++) {
        oldest = Math.max(oldest, clock - Long.parseLong(read.get()));
        pass(board, every * 1_000);
    }
    return new Hour(count[0], count[1], oldest / 1_000);
}

/// A board that many look at, and one that few do.
void busyBoard() {
    Hour plain = hour(15, load -> () -> absolute(load));
    Hour slides = hour(15, load -> () -> sliding(load));
    Hour capped = hour(15, load -> () -> capped(load));
    Hour rare = hour(40, load -> () -> capped(load));
    table("An hour", row("read every", "TTL", "loads", "oldest, in s"),
            row("15 s", "fixed", plain.loads, plain.oldest),
            row("15 s", "sliding", slides.loads, slides.oldest),
            row("15 s", "sliding, cap", capped.loads, capped.oldest),
            row("40 s", "sliding, cap", rare.loads, rare.oldest));
    check("fixed: nothing is older than the TTL",
            plain.oldest < slide / 1_000);
    check("sliding: loaded once, and an hour old",
            slides.loads == 1 && slides.oldest == 3_585);
    check("the cap wins: nothing is older",
            capped.oldest < cap / 1_000);
    check("who reads seldom always misses", rare.loads == rare.reads);
}

/// How much of something falls to the flight that leaves in h hours.
interface Share {
    double of(int h);
}

/// TTLs in s, shorter the more `weight` a flight has. Their mean rate is
/// that of the fixed TTL: any weight costs the same number of loads.
Share ttlBy(Share weight) {
    double mean = IntStream.rangeClosed(1, 48)
            .mapToDouble(weight::of).average().getAsDouble();
    return h -> fixed * mean / weight.of(h);
}

record Board(int loads, double stale) {
    String percent() {
        return String.format(Locale.ROOT, "%.1f %%", 100 * stale);
    }
}

/// 200 hours of 48 flights, of which one leaves in an hour, one in two,
/// and so on. A flight that leaves in h hours changes every 10 h minutes
/// on average, at random. All are read every 10 s, by so many readers.
Board board(Share ttl, Share readers) {
    int loads = 0;
    double reads = 0;
    double stale = 0;
    for (int h = 1; h <= 48; h++) {
        var random = new SplittableRandom(h); // the same for all TTLs
        double change = 0;
        double expiry = 0;
        boolean old = false;
        for (int now = 0; now < 720_000; now += 10) {
            for (; change <= now; old = true) {
                double luck = 1 - random.nextDouble(); // never 0
                change -= 600 * h * StrictMath.log(luck);
            }
            if (expiry <= now) {
                loads++;
                old = false;
                expiry += ttl.of(h); // on average exact, by any step
            }
            reads += readers.of(h);
            if (old) stale += readers.of(h);
        }
    }
    return new Board(loads, stale / reads);
}

/// Three audiences, and three rules for the TTL for each.
void byVolatility() {
    Share changes = h -> 1.0 / h;
    Share[] readers = {h -> 1, h -> 1.0 / h, h -> h};
    Board[][] boards = new Board[3][];
    for (int i = 0; i < 3; i++) {
        Share r = readers[i];
        Share root = h -> Math.sqrt(changes.of(h) * r.of(h));
        boards[i] = new Board[] {board(ttlBy(h -> 1), r),
                board(ttlBy(changes), r), board(ttlBy(root), r)};
    }
    String[] most = {"read evenly", "most read: who leaves soon",
            "most read: who leaves late"};
    table("Stale reads", row("flights", "fixed TTL", "1 / changes",
            "1 / √(changes × readers)"), IntStream.range(0, 3).mapToObj(
            i -> row(most[i], boards[i][0].percent(),
                    boards[i][1].percent(), boards[i][2].percent()))
            .toList());
    check("every rule loads as often, within 1 %",
            Arrays.stream(boards).flatMap(Arrays::stream).allMatch(b ->
                    Math.abs(b.loads - boards[0][0].loads)
                            < boards[0][0].loads / 100));
    check("read evenly: by changes is worse than fixed",
            boards[0][1].stale > boards[0][0].stale);
    check("read as they change: not half as many stale reads",
            boards[1][1].stale < boards[1][0].stale / 2);
    check("read against it: more than twice as many",
            boards[2][1].stale > boards[2][0].stale * 2);
    check("by both: nowhere worse than the better of the two",
            Arrays.stream(boards).allMatch(b -> b[2].stale
                    <= Math.min(b[0].stale, b[1].stale) + 0.001));
}

final int hourMs = 3_600_000;
final String key = "flight:1:seats";

/// What is left, in whole hours: of 1 h that has just begun, "1 h".
String left(long ms) {
    return ms < 0 ? "for ever" : Math.round(1.0 * ms / hourMs) + " h";
}

/// What a key with so many hours left, or 0 for a key without a TTL, has
/// left after an EXPIRE of 2 h under a condition.
String expire(int hours, ExpiryOption condition) {
    valkey().set(key, "12");
    if (hours > 0) valkey().pexpire(key, hours * hourMs);
    valkey().pexpire(key, 2 * hourMs, condition);
    return left(valkey().pttl(key));
}

/// The four conditions, on three keys; then three workers.
void conditions() {
    table("After an EXPIRE of 2 h", row("condition", "a key for ever",
            "a key for 1 h", "a key for 3 h"),
            Arrays.stream(ExpiryOption.values()).map(o -> row(o.name(),
                    expire(0, o), expire(1, o), expire(3, o))).toList());
    check("GT leaves a key for ever", expire(0, GT).equals("for ever"));
    check("LT does not", expire(0, LT).equals("2 h"));

    var longest = new TreeSet<String>();
    for (int[] order : new int[][] {{1, 2, 3}, {1, 3, 2}, {2, 1, 3},
            {2, 3, 1}, {3, 1, 2}, {3, 2, 1}}) {
        valkey().set(key, "12", setParams().px(hourMs / 2));
        for (int h : order) valkey().pexpire(key, h * hourMs, GT);
        longest.add(left(valkey().pttl(key)));
    }
    check("GT: 1 h, 2 h and 3 h in any order are 3 h",
            longest.equals(Set.of("3 h")));
}

/// What a counter that had 1 h has left after a write.
String after(Runnable write) {
    valkey().set(key, "12", setParams().px(hourMs));
    write.run();
    return left(valkey().pttl(key));
}

/// Who leaves a TTL alone, and who takes it away.
void erased() {
    valkey().set("flight:2:seats", "0");
    String incr = after(() -> valkey().incr(key));
    String set = after(() -> valkey().set(key, "13"));
    String xx = after(() -> valkey().set(key, "13", setParams().xx()));
    String keep = after(() ->
            valkey().set(key, "13", setParams().keepTtl()));
    String rename = after(() -> valkey().rename("flight:2:seats", key));
    table("A counter that had 1 h", row("after", "lives"),
            row("INCR", incr), row("SET", set), row("SET XX", xx),
            row("SET KEEPTTL", keep),
            row("RENAME of a key without a TTL to it", rename));
    check("INCR leaves the TTL alone", incr.equals("1 h"));
    check("SET takes it away, also with XX",
            set.equals("for ever") && xx.equals("for ever"));
    check("KEEPTTL keeps it", keep.equals("1 h"));
    check("RENAME brings that of the other", rename.equals("for ever"));
}

/// A server that deletes what has expired only when it is asked for.
PrivateValkey lazyServer() {
    var server = privateValkey("--enable-debug-command local");
    server.client().executeCommand(new CommandArguments(
            () -> "DEBUG".getBytes()).add("SET-ACTIVE-EXPIRE").add(0));
    return server;
}

final String flight = "flight:1";

/// What a gate that had 1 h has left after a write.
String gateAfter(Runnable write) {
    valkey().hsetex(flight, hSetExParams().px(hourMs), "gate", "12");
    write.run();
    return left(valkey().hpttl(flight, "gate").getFirst());
}

/// A gate changes sooner than an aircraft: it has a TTL of its own.
void fields() {
    valkey().hset(flight, "aircraft", "A320");
    String incr = gateAfter(() -> valkey().hincrBy(flight, "gate", 1));
    String hset = gateAfter(() -> valkey().hset(flight, "gate", "14"));
    String keep = gateAfter(() -> valkey().hsetex(flight,
            hSetExParams().keepTtl(), "gate", "14"));
    table("A gate that had 1 h", row("after", "lives"),
            row("HINCRBY", incr), row("HSET", hset),
            row("HSETEX KEEPTTL", keep));
    check("HINCRBY leaves the TTL alone", incr.equals("1 h"));
    check("HSET takes it away", hset.equals("for ever"));
    check("KEEPTTL keeps it", keep.equals("1 h"));
    check("the other field, and the hash, have none",
            valkey().hpttl(flight, "aircraft").getFirst() == -1
                    && valkey().pttl(flight) == -1);
    gateAfter(() -> valkey().hgetex(flight,
            hGetExParams().px(2 * hourMs), "gate"));
    check("HGETEX prolongs it", left(
            valkey().hpttl(flight, "gate").getFirst()).equals("2 h"));
}

/// Expired keys and fields: who still counts them.
void fieldsNotGone() throws Exception {
    try (var server = lazyServer()) {
        var client = server.client();
        client.set("a", "", setParams().px(1));
        client.set("b", "", setParams().px(1));
        while (client.get("b") != null) Thread.sleep(1); // b is gone
        check("DBSIZE counts an expired key", client.dbSize() == 1);
        client.hsetex(flight, hSetExParams().px(1),
                Map.of("gate", "12", "belt", "7", "delay", "40"));
        while (client.hget(flight, "delay") != null) Thread.sleep(1);
        table("Three fields, all expired", row("asked", "answer"),
                row("HGETALL", client.hgetAll(flight).toString()),
                row("HLEN", client.hlen(flight)),
                row("EXISTS", client.exists(flight) ? 1 : 0));
        check("nobody can read them",
                client.hgetAll(flight).isEmpty());
        check("HLEN counts them", client.hlen(flight) == 3);
        check("the hash is still there", client.exists(flight));
    }
}
