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
import redis.clients.jedis.args.ExpiryOption;

final int ttl = knob("ttl", 60, 1, 3_600);     // s for which seats are kept
final int jitter = knob("jitter", 20, 0, 90);  // % of it, more or less
final int cap = knob("cap", 300, 1, 3_600);    // s that no read exceeds
final int fixed = knob("fixed", 1_800, 120, 7_200); // s for a flight

void main() {
    steps(this::warmUp, this::laterWaves, this::busyBoard,
            this::byVolatility, this::conditions, this::erased,
            since("9.0", "a plain HSET erases the TTL of a field",
                    this::fields),
            since("9.0", "HLEN counts fields that have expired",
                    varies(this::expiredFields)));
}

/// A TTL in ms: up to `percent` more or less than `ttl`, all equally
/// likely.
int spread(int percent, Random random) {
    double chance = random.nextDouble(-1, 1);
    return (int) (1_000 * ttl * (1 + chance * percent / 100));
}

final int keys = 10_000;
final String[] seats = IntStream.range(0, keys)
        .mapToObj(flight -> "flight:" + flight + ":seats")
        .toArray(String[]::new);

/// Sets all keys as if at one moment, a minute from now: none expires
/// meanwhile. Asks Valkey when each will: how many in which second.
int[] expiries(int percent) {
    var random = new Random(6);
    long start = System.currentTimeMillis() + 60_000;
    int[] expire = new int[2 * ttl];
    try (var pipeline = valkey().pipelined()) {
        var ends = new ArrayList<Supplier<Long>>();
        for (String key : seats) {
            long end = start + spread(percent, random);
            pipeline.set(key, "", setParams().pxAt(end));
            ends.add(pipeline.pexpireTime(key));
        }
        pipeline.sync();
        for (var end : ends) expire[(int) (end.get() - start) / 1_000]++;
    }
    return expire;
}

/// The same warm-up without jitter, and with it.
void warmUp() {
    int[] same = expiries(0);
    int[] spread = expiries(jitter);
    valkey().unlink(seats);
    chart("When the keys expire", "keys", Stream.concat(
            histogram("no jitter", same),
            histogram("± " + jitter + " %", spread))
            .toArray(Bar[]::new));
    table("The busiest second", row("no jitter", "± " + jitter + " %"),
            row(peak(same), peak(spread)));
    check("no jitter: all in one second", peak(same) == keys);
    check("jitter: not a tenth of them", peak(spread) < keys / 10);
}

/// Six bars, from the first second that the jitter allows to the last.
Stream<Bar> histogram(String name, int[] expire) {
    int first = ttl * (100 - jitter) / 100;
    int width = Math.max(1, Math.ceilDiv(2 * ttl * jitter, 600));
    return IntStream.iterate(first, i -> i + width).limit(6)
            .mapToObj(i -> bar(name + ", " + i + " s",
                    IntStream.of(expire).skip(i).limit(width).sum()));
}

int peak(int[] expire) {
    return IntStream.of(expire).max().getAsInt();
}

/// A hundred rounds of keys that are set again as soon as they expire,
/// by a clock of our own: how many expire in which second. The warm-up
/// has a jitter of `first` percent, each later set one of `later`.
int[] waves(int first, int later) {
    var random = new Random(6);
    int[] expire = new int[101 * ttl];
    int[] ends = IntStream.generate(() -> spread(first, random))
            .limit(keys).toArray();
    for (int end : ends) {
        for (; end / 1_000 < expire.length; end += spread(later, random)) {
            expire[end / 1_000]++;
        }
    }
    return expire;
}

/// The busiest second within half a TTL of the n-th expiry.
int peakOfWave(int n, int[] expire) {
    int from = n * ttl - ttl / 2;
    return peak(Arrays.copyOfRange(expire, from, from + ttl));
}

Row peaks(String jitter, int[] expire) {
    return row(jitter, peakOfWave(1, expire), peakOfWave(10, expire),
            peakOfWave(100, expire));
}

/// How many in each second of the first four rounds.
Line rounds(String name, int[] expire) {
    int[] seconds = IntStream.range(0, 9 * ttl / 2).toArray();
    return line(name, IntStream.of(seconds).asDoubleStream().toArray(),
            IntStream.of(seconds).mapToDouble(s -> expire[s]).toArray());
}

/// The first wave, the tenth, the hundredth.
void laterWaves() {
    int[] once = waves(jitter, 0);
    int[] each = waves(jitter, jitter);
    chart("Four rounds", "s after the warm-up", "keys expire in a second",
            rounds("jitter at the warm-up", once),
            rounds("at each set", each));
    table("The busiest second", row("jitter", "1st wave", "10th", "100th"),
            peaks("± " + jitter + " %, at the warm-up only", once),
            peaks("± " + jitter + " %, at each set", each));
    check("only at the warm-up: the hundredth wave is no lower",
            peakOfWave(100, once) == peakOfWave(1, once));
    check("at each set: the tenth is not even half as high",
            peakOfWave(10, each) < peakOfWave(1, each) / 2);
}

final String board = "airport:1:departures";
final int slide = 30_000; // ms for which it lives after a set, or a read
long clock;               // ms, simulated

/// Cache-aside, as in lesson 02: no read prolongs.
String absolute(Supplier<String> load) {
    String known = valkey().get(board);
    return known != null ? known : fill(load);
}

String fill(Supplier<String> load) {
    String value = load.get();
    valkey().set(board, value, setParams().px(slide));
    return value;
}

/// Sliding: each read makes the entry live for `slide` ms from now.
String sliding(Supplier<String> load) {
    String known = valkey().getEx(board, getExParams().px(slide));
    return known != null ? known : fill(load);
}

/// Sliding up to a cap. The entry says itself when it ends, `end:value`:
/// whoever reads it later takes it for a miss, whatever its TTL says.
String capped(Supplier<String> load) {
    String known = valkey().getEx(board, getExParams().px(slide));
    if (known != null) {
        String[] endAndValue = known.split(":", 2);
        if (clock < Long.parseLong(endAndValue[0])) return endAndValue[1];
    }
    long end = clock + 1_000 * cap; // before the load: it may be slow
    String value = load.get();
    valkey().set(board, end + ":" + value, setParams().px(slide));
    return value;
}

/// One of the three.
interface Read { String by(Supplier<String> load); }

record Hour(long loads, long oldest) {}

/// An hour of a board that is read every so many seconds. Its value is
/// the moment of its load.
Hour hour(int every, Read read) {
    valkey().del(board);
    var loads = new LongAdder();
    long oldest = 0;
    long end = clock + 3_600_000;
    while (clock < end) {
        String value = read.by(() -> {
            loads.increment();
            return "" + clock;
        });
        oldest = Math.max(oldest, clock - Long.parseLong(value));
        int pass = every * 1_000; // for us, and for the key: below 1
        clock += pass;            // it expires
        valkey().pexpire(board, valkey().pttl(board) - pass);
    }
    return new Hour(loads.sum(), oldest / 1_000);
}

/// A board that many look at, and one that few do.
void busyBoard() {
    Hour plain = hour(15, this::absolute);
    Hour slides = hour(15, this::sliding);
    Hour capped = hour(15, this::capped);
    Hour rare = hour(40, this::capped);
    table("An hour", row("read every", "TTL", "loads", "oldest, in s"),
            row("15 s", "fixed", plain.loads, plain.oldest),
            row("15 s", "sliding", slides.loads, slides.oldest),
            row("15 s", "sliding, cap", capped.loads, capped.oldest),
            row("40 s", "sliding, cap", rare.loads, rare.oldest));
    check("fixed: nothing is older than the TTL", plain.oldest < 30);
    check("sliding: loaded once, and an hour old",
            slides.loads == 1 && slides.oldest == 3_585);
    check("the cap wins: nothing is older", capped.oldest < cap);
    check("every 40 s: all 90 reads are misses", rare.loads == 90);
}

/// How much of something falls to the flight that leaves in h hours.
interface Share { double of(int h); }

/// TTLs in s, shorter the more `weight` a flight has. Their mean rate is
/// that of the fixed TTL: any weight costs the same number of loads.
Share ttlBy(Share weight) {
    double mean = IntStream.rangeClosed(1, 48)
            .mapToDouble(weight::of).average().getAsDouble();
    return h -> fixed * mean / weight.of(h);
}

record Board(int loads, double stale) {}

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
    return new Board(loads, 100 * stale / reads);
}

/// Three rules for the TTL: fixed, by changes, by changes and readers.
Board[] rules(Share readers) {
    Share changes = h -> 1.0 / h;
    Share both = h -> Math.sqrt(changes.of(h) * readers.of(h));
    return new Board[] {board(ttlBy(h -> 1), readers),
            board(ttlBy(changes), readers), board(ttlBy(both), readers)};
}

Row stale(String who, Board[] b) {
    return row(who, b[0].stale, b[1].stale, b[2].stale);
}

/// The three rules, for three audiences.
void byVolatility() {
    Board[] evenly = rules(h -> 1);
    Board[] soon = rules(h -> 1.0 / h);
    Board[] late = rules(h -> h);
    table("Stale reads, in %", row("flights", "fixed TTL", "1 / changes",
                    "1 / √(changes × readers)"),
            stale("read evenly", evenly),
            stale("most read: who leaves soon", soon),
            stale("most read: who leaves late", late));
    var loads = Stream.of(evenly, soon, late).flatMap(Arrays::stream)
            .mapToInt(Board::loads).summaryStatistics();
    check("every rule loads as often, within 1 %",
            loads.getMax() - loads.getMin() < loads.getMin() / 100);
    check("read evenly: by changes is worse than fixed",
            evenly[1].stale > evenly[0].stale);
    check("read as they change: not half as many stale reads",
            soon[1].stale < soon[0].stale / 2);
    check("read against it: more than twice as many",
            late[1].stale > late[0].stale * 2);
    check("by both: nowhere worse than the better of the two",
            Stream.of(evenly, soon, late).allMatch(b -> b[2].stale
                    <= Math.min(b[0].stale, b[1].stale) + 0.1));
}

final int hourMs = 3_600_000;
final String counter = "flight:1:booked";

/// What is left, in whole hours: of 1 h that has just begun, "1 h".
String left(long ms) {
    return ms < 0 ? "for ever" : Math.round(1.0 * ms / hourMs) + " h";
}

/// What a counter with so many hours left, or 0 if it has no TTL, has
/// left after a write.
String after(int hours, Runnable write) {
    valkey().set(counter, "12");
    if (hours > 0) valkey().pexpire(counter, hours * hourMs);
    write.run();
    return left(valkey().pttl(counter));
}

void expire(int hours, ExpiryOption condition) {
    valkey().pexpire(counter, hours * hourMs, condition);
}

/// The four conditions, on three keys; then three workers.
void conditions() {
    table("After an EXPIRE of 2 h", row("condition", "a key for ever",
                    "a key for 1 h", "a key for 3 h"),
            Stream.of(NX, XX, GT, LT).map(c -> row(c.name(),
                    after(0, () -> expire(2, c)),
                    after(1, () -> expire(2, c)),
                    after(3, () -> expire(2, c)))).toList());
    check("GT leaves a key for ever",
            after(0, () -> expire(2, GT)).equals("for ever"));
    check("LT does not", after(0, () -> expire(2, LT)).equals("2 h"));
    var orders = List.of(List.of(1, 2, 3), List.of(1, 3, 2),
            List.of(2, 1, 3), List.of(2, 3, 1), List.of(3, 1, 2),
            List.of(3, 2, 1));
    check("GT: 1 h, 2 h and 3 h in any order are 3 h",
            orders.stream().allMatch(order -> after(1, () ->
                    order.forEach(h -> expire(h, GT))).equals("3 h")));
}

/// Who leaves a TTL alone, and who takes it away.
void erased() {
    String incr = after(1, () -> valkey().incr(counter));
    String set = after(1, () -> valkey().set(counter, "13"));
    String keep = after(1, () ->
            valkey().set(counter, "13", setParams().keepTtl()));
    table("A counter that had 1 h", row("after", "lives"),
            row("INCR", incr), row("SET", set), row("SET KEEPTTL", keep));
    check("INCR leaves the TTL alone", incr.equals("1 h"));
    check("SET takes it away", set.equals("for ever"));
    check("KEEPTTL keeps it", keep.equals("1 h"));
}

final String flight = "flight:1";

/// What a gate that had 1 h has left after a command.
String gateAfter(Runnable command) {
    valkey().hsetex(flight, hSetExParams().px(hourMs), "gate", "12");
    command.run();
    return left(valkey().hpttl(flight, "gate").getFirst());
}

/// A gate changes sooner than an aircraft: it has a TTL of its own.
void fields() {
    valkey().hset(flight, "aircraft", "A320");
    String hset = gateAfter(() -> valkey().hset(flight, "gate", "14"));
    String read = gateAfter(() -> valkey().hgetex(flight,
            hGetExParams().px(2 * hourMs), "gate"));
    table("A gate that had 1 h", row("after", "lives"),
            row("HSET", hset), row("HGETEX PX 2 h", read));
    check("HSET takes the TTL away", hset.equals("for ever"));
    check("HGETEX prolongs it", read.equals("2 h"));
    check("the aircraft never had one",
            valkey().hpttl(flight, "aircraft").getFirst() == -1);
}

/// Three fields that expire. Some ten times a second the server deletes
/// what has expired. Where it did so before we looked, we try again.
void expiredFields() throws Exception {
    var three = Map.of("gate", "12", "belt", "7", "delay", "40");
    Map<String, String> all = three;
    long length = 0;
    boolean exists = false;
    for (int look = 0; look < 100 && !exists; look++) {
        valkey().hsetex("flight:2", hSetExParams().px(1), three);
        Thread.sleep(2); // longer than they live
        all = valkey().hgetAll("flight:2");
        length = valkey().hlen("flight:2");
        exists = valkey().exists("flight:2");
    }
    table("Three fields, all expired", row("asked", "answer"),
            row("HGETALL", all.toString()), row("HLEN", length),
            row("EXISTS", exists ? 1 : 0));
    check("nobody can read them", all.isEmpty());
    check("HLEN counts them", length == 3);
    check("the hash is still there", exists);
}
