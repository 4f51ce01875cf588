///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
// A W-TinyLFU that others rely on, to hold ours against.
//DEPS com.github.ben-manes.caffeine:caffeine:3.2.2
import static lab.Lab.*;
import static redis.clients.jedis.params.RestoreParams.restoreParams;
import static redis.clients.jedis.params.SetParams.setParams;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import lab.Figures.Bar;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

final int scan = knob("scan", 10_000, 0, 100_000); // keys
final int idle = knob("idle", 10, 0, 1_000); // s since the hot reads
final int samples = knob("samples", 5, 1, 64); // for a victim
final int places = knob("places", 100, 50, 200); // simulated
final int seed = knob("seed", 1); // of the first of five traces

void main() {
    steps(this::scanned, this::sampled, this::mixed, this::looped,
            this::shifted, this::byCost);
}

final int hot = 1_000;
final String value = "x".repeat(1_000);

/// Sends commands for 0 .. n-1, a thousand at a time.
void each(UnifiedJedis valkey, int n,
        BiConsumer<AbstractPipeline, Integer> command) {
    try (var pipeline = valkey.pipelined()) {
        for (int i = 0; i < n; i++) {
            command.accept(pipeline, i);
            if (i % 1_000 == 999) pipeline.sync();
        }
    }
}

/// Which of the keys 0 .. n-1 are still there, or are gone.
boolean[] which(UnifiedJedis valkey, String prefix, int n, boolean there) {
    var exists = new ArrayList<Response<Boolean>>();
    each(valkey, n, (p, i) -> exists.add(p.exists(prefix + i)));
    boolean[] which = new boolean[n];
    for (int i = 0; i < n; i++) which[i] = exists.get(i).get() == there;
    return which;
}

int count(boolean[] marked) {
    int count = 0;
    for (boolean mark : marked) if (mark) count++;
    return count;
}

/// A thousand hot keys, memory for as many again, and then a scan: which
/// of the hot keys are still there?
boolean[] scan(String policy) {
    try (var server = privateValkey("--maxmemory-policy " + policy,
            "--maxmemory-samples " + samples)) {
        UnifiedJedis valkey = server.client();
        long empty = info(valkey, "used_memory");
        each(valkey, hot, (p, i) ->
                p.set("hot:" + i, value, setParams().ex(3_600)));
        each(valkey, 2 * hot, (p, i) -> p.get("hot:" + i % hot));
        if (policy.endsWith("lru")) lastReadBefore(valkey, idle);
        long full = info(valkey, "used_memory");
        valkey.configSet("maxmemory", "" + (full + (full - empty)));
        each(valkey, scan, (p, i) ->
                p.set("scan:" + i, value, setParams().ex(60)));
        check(policy + ": Valkey has evicted keys",
                info(valkey, "evicted_keys") > 0);
        return which(valkey, "hot:", hot, true);
    }
}

/// LRU's clock, turned back: as if last read so many seconds ago.
void lastReadBefore(UnifiedJedis valkey, int seconds) {
    byte[] dump = valkey.dump("hot:0");
    each(valkey, hot, (p, i) -> p.restore("hot:" + i, 3_600_000, dump,
            restoreParams().replace().idleTime(seconds)));
}

/// Four policies, the same scan.
void scanned() {
    boolean[] lfu = scan("allkeys-lfu");
    boolean[] ttl = scan("volatile-ttl");
    boolean[] random = scan("allkeys-random");
    boolean[] lru = scan("allkeys-lru");
    chart("A thousand hot keys after a scan", "kept",
            cells("allkeys-lfu", lfu), cells("volatile-ttl", ttl),
            cells("allkeys-random", random), cells("allkeys-lru", lru));
    check("LFU and TTL keep at least 99 % of the hot keys",
            count(lfu) >= 990 && count(ttl) >= 990);
    check("LRU and random keep at most 10 %",
            count(lru) <= 100 && count(random) <= 100);
}

/// 500 keys, from the one idle for longest to the latest. Memory is full,
/// and a hundred new ones come: which go?
boolean[] evicted(int samples) {
    try (var server = privateValkey("--maxmemory-policy allkeys-lru",
            "--maxmemory-samples " + samples)) {
        UnifiedJedis valkey = server.client();
        valkey.set("new", value);
        byte[] dump = valkey.dump("new");
        each(valkey, 500, (p, i) -> p.restore("old:" + i, 0, dump,
                restoreParams().idleTime(60 * (500 - i))));
        valkey.configSet("maxmemory", "" + info(valkey, "used_memory"));
        for (int i = 0; i < 100; i++) valkey.set("new:" + i, value);
        return which(valkey, "old:", 500, false);
    }
}

/// How many % of the victims are those of exact LRU, the longest idle.
double right(boolean[] gone) {
    int victims = count(gone);
    return 100.0 * count(Arrays.copyOf(gone, victims)) / victims;
}

/// More samples, better victims.
void sampled() {
    boolean[] one = evicted(1);
    boolean[] three = evicted(3);
    boolean[] five = evicted(5);
    boolean[] ten = evicted(10);
    chart("500 keys, the longest idle first", "evicted",
            cells("1 sample", one), cells("3 samples", three),
            cells("5 samples", five), cells("10 samples", ten));
    chart("Victims that exact LRU would choose, too", "%",
            bar("1 sample", right(one)), bar("3 samples", right(three)),
            bar("5 samples", right(five)), bar("10 samples", right(ten)));
    check("with 10 samples at least 20 points more are right than with 1",
            right(one) + 20 <= right(ten));
    check("with 1 sample about as many are right as by chance",
            Math.abs(right(one) - count(one) / 5.0) < 20);
    check("even with 10 some are wrong", right(ten) < 100);
}

/// A cache of keys: whether this one was in it. It is afterwards, unless
/// the policy would rather keep the others.
interface Policy {
    boolean hit(int key);
}

/// FIFO evicts who came first; LRU, who has not been used for longest.
Policy linked(boolean byUse) {
    var kept = new LinkedHashMap<Integer, Boolean>(16, 0.75f, byUse);
    return key -> {
        if (kept.get(key) != null) return true; // by use: now the last
        if (kept.size() == places) kept.pollFirstEntry();
        kept.put(key, true);
        return false;
    };
}

/// LFU evicts who was used least; of those, who came first.
Policy lfu() {
    var uses = new LinkedHashMap<Integer, Integer>();
    return key -> {
        boolean hit = uses.containsKey(key);
        if (!hit && uses.size() == places) {
            uses.remove(Collections.min(uses.entrySet(),
                    Map.Entry.comparingByValue()).getKey());
        }
        uses.merge(key, 1, Integer::sum);
        return hit;
    };
}

/// SIEVE: a FIFO queue and a hand. The hand passes over who was visited,
/// once, and evicts the next who was not. Nobody is moved.
class Sieve implements Policy {
    final List<Integer> queue = new ArrayList<>(); // oldest first
    final Map<Integer, Boolean> visited = new HashMap<>();
    int hand;

    @Override public boolean hit(int key) {
        if (visited.replace(key, true) != null) return true;
        if (queue.size() == places) {
            while (visited.replace(queue.get(hand), false)) {
                hand = (hand + 1) % places;
            }
            visited.remove(queue.remove(hand));
            if (hand == queue.size()) hand = 0;
        }
        queue.add(key);
        visited.put(key, false);
        return false;
    }
}

/// S3-FIFO: who is new waits in a small queue. Who is used there twice, or
/// comes back soon after it had to go, gets into the main queue.
class S3Fifo implements Policy {
    final Map<Integer, Integer> uses = new HashMap<>();
    final Deque<Integer> small = new ArrayDeque<>();
    final Deque<Integer> main = new ArrayDeque<>();
    final LinkedHashSet<Integer> ghosts = new LinkedHashSet<>(); // gone

    @Override public boolean hit(int key) {
        if (uses.containsKey(key)) {
            uses.merge(key, 1, (n, one) -> Math.min(n + one, 3));
            return true;
        }
        while (uses.size() == places) evict();
        (ghosts.remove(key) ? main : small).add(key);
        uses.put(key, 0);
        return false;
    }

    /// One step: somebody is evicted, or moved.
    void evict() {
        if (small.size() < places / 10) {
            int key = main.remove();
            if (uses.merge(key, -1, Integer::sum) >= 0) main.add(key);
            else uses.remove(key);
            return;
        }
        int key = small.remove();
        if (uses.get(key) > 1) {
            uses.put(key, 0);
            main.add(key);
        } else {
            uses.remove(key);
            ghosts.add(key);
            if (ghosts.size() > places * 9 / 10) ghosts.removeFirst();
        }
    }
}

/// A count-min sketch: four counters for each key, shared with others, so
/// the least of them is nearest the truth. In time all are halved.
class Sketch {
    final int bits = 32 - Integer.numberOfLeadingZeros(4 * places);
    final byte[] counters = new byte[4 << bits];
    int added;

    /// One in each of four rows: the highest bits of a product, which has
    /// another factor in each row.
    IntStream slots(int key) {
        return IntStream.range(0, 4).map(row -> (row << bits)
                + ((key + 1) * (0x9E3779B1 + row * 0x2C1B3C6E) >>> -bits));
    }

    int count(int key) {
        return slots(key).map(i -> counters[i]).min().orElseThrow();
    }

    void add(int key) {
        slots(key).filter(i -> counters[i] < 15)
                .forEach(i -> counters[i]++);
        if (++added < 10 * places) return;
        added /= 2;
        for (int i = 0; i < counters.length; i++) counters[i] /= 2;
    }
}

/// W-TinyLFU: who falls out of a small window gets in if the sketch has
/// seen it more often than who would have to go. Those who are in are
/// on probation, or have been used since.
class WTinyLfu implements Policy {
    final Sketch seen = new Sketch();
    final LinkedHashSet<Integer> window = new LinkedHashSet<>();
    final LinkedHashSet<Integer> probation = new LinkedHashSet<>();
    final LinkedHashSet<Integer> used = new LinkedHashSet<>();
    final int main = places - Math.max(1, places / 100);

    @Override public boolean hit(int key) {
        seen.add(key);
        if (window.remove(key)) return window.add(key); // now the last
        if (probation.remove(key) || used.remove(key)) {
            used.add(key);
            if (used.size() > main * 8 / 10) {
                probation.add(used.removeFirst());
            }
            return true;
        }
        window.add(key);
        if (window.size() > places - main) admit(window.removeFirst());
        return false;
    }

    void admit(int candidate) {
        if (probation.size() + used.size() == main) {
            int victim = probation.getFirst();
            if (seen.count(candidate) <= seen.count(victim)) return;
            probation.remove(victim);
        }
        probation.add(candidate);
    }
}

/// Belady's OPT knows the future: it evicts who is needed last.
class Opt implements Policy {
    final int[] nextUse;
    final TreeSet<Integer> kept = new TreeSet<>(); // by their next use
    int now;

    Opt(int[] trace) {
        nextUse = new int[trace.length];
        var uses = new HashMap<Integer, Integer>();
        for (int i = trace.length - 1; i >= 0; i--) {
            Integer next = uses.put(trace[i], i);
            nextUse[i] = next == null ? trace.length + i : next; // never
        }
    }

    @Override public boolean hit(int key) {
        boolean hit = kept.remove(now);
        kept.add(nextUse[now++]);
        if (kept.size() > places) kept.pollLast(); // perhaps this one
        return hit;
    }
}

/// Caffeine, made to do its housekeeping at once.
Policy caffeine() {
    Cache<Integer, Boolean> kept = Caffeine.newBuilder()
            .maximumSize(places).executor(Runnable::run).build();
    return key -> {
        boolean hit = kept.getIfPresent(key) != null;
        if (!hit) kept.put(key, true);
        kept.cleanUp();
        return hit;
    };
}

/// % of hits by policy, for each of the traces.
record Hits(Map<String, double[]> of) {
    /// Whether `a` has so many points more than `b`, on each trace.
    boolean above(String a, double points, String b) {
        return IntStream.range(0, of.get(a).length).allMatch(
                i -> of.get(a)[i] >= of.get(b)[i] + points);
    }

    double mean(String policy) {
        return Arrays.stream(of.get(policy)).average().orElseThrow();
    }
}

/// Plays each trace to a new cache of each kind.
Hits play(String title, int[]... traces) {
    var policies = new LinkedHashMap<String, Function<int[], Policy>>();
    policies.put("FIFO", _ -> linked(false));
    policies.put("LRU", _ -> linked(true));
    policies.put("LFU", _ -> lfu());
    policies.put("SIEVE", _ -> new Sieve());
    policies.put("S3-FIFO", _ -> new S3Fifo());
    policies.put("W-TinyLFU", _ -> new WTinyLfu());
    policies.put("Caffeine", _ -> caffeine());
    policies.put("OPT", Opt::new);
    var hits = new Hits(new LinkedHashMap<>());
    policies.forEach((name, policy) -> hits.of.put(name,
            Arrays.stream(traces).mapToDouble(trace ->
                    percent(policy.apply(trace), trace)).toArray()));
    chart(title, "% hits", hits.of.keySet().stream()
            .map(name -> bar(name, hits.mean(name))).toArray(Bar[]::new));
    check("our W-TinyLFU is within 5 points of Caffeine",
            hits.above("W-TinyLFU", -5, "Caffeine")
                    && hits.above("Caffeine", -5, "W-TinyLFU"));
    return hits;
}

double percent(Policy policy, int[] trace) {
    long hits = Arrays.stream(trace).filter(policy::hit).count();
    return 100.0 * hits / trace.length;
}

/// Reads by Zipf's law: the k-th key gets a k-th of the first one's reads.
/// Now and then, if so, comes a scan of keys that are read only once.
int[] zipf(int seed, boolean scans) {
    var random = new Random(seed);
    double[] upTo = new double[50 * places];
    double sum = 0;
    for (int k = 0; k < upTo.length; k++) upTo[k] = sum += 1.0 / (k + 1);
    var trace = IntStream.builder();
    int next = upTo.length; // no key of the others is that high
    for (int i = 0; i < 100 * places; i++) {
        int k = Arrays.binarySearch(upTo, random.nextDouble() * sum);
        trace.add(k < 0 ? -k - 1 : k);
        if (!scans || i % (10 * places) != 0) continue;
        for (int j = 0; j < 2 * places; j++) trace.add(next++);
    }
    return trace.build().toArray();
}

final List<String> better = List.of("LFU", "SIEVE", "S3-FIFO",
        "W-TinyLFU");

/// Five such traces, and eight caches.
void mixed() {
    Hits hits = play("Zipf with scans", IntStream.range(seed, seed + 5)
            .mapToObj(s -> zipf(s, true)).toArray(int[][]::new));
    check("on each trace LRU is above FIFO", hits.above("LRU", 1, "FIFO"));
    check("LFU, SIEVE, S3-FIFO, W-TinyLFU are 5 points above LRU",
            better.stream().allMatch(p -> hits.above(p, 5, "LRU")));
    check("they are within 4 points of each other",
            better.stream().allMatch(p -> better.stream()
                    .allMatch(q -> hits.above(p, -4, q))));
    check("OPT is 5 points above them",
            better.stream().allMatch(p -> hits.above("OPT", 5, p)));
}

/// Key after key, over and over: one key more than there are places.
void looped() {
    Hits hits = play("A loop", IntStream.range(0, 100 * places)
            .map(i -> i % (places + 1)).toArray());
    check("FIFO, LRU, LFU and SIEVE have no hit at all",
            Stream.of("FIFO", "LRU", "LFU", "SIEVE")
                    .allMatch(policy -> hits.mean(policy) == 0));
    check("S3-FIFO and W-TinyLFU hit more than half of the reads",
            hits.mean("S3-FIFO") > 50 && hits.mean("W-TinyLFU") > 50);
}

/// A hot set that fits; halfway through it is another one.
void shifted() {
    var random = new Random(seed);
    int set = places * 9 / 10;
    int half = 50 * places;
    Hits hits = play("Another hot set", IntStream.range(0, 2 * half)
            .map(i -> random.nextInt(set) + (i < half ? 0 : set))
            .toArray());
    check("LRU has as many hits as OPT", hits.above("LRU", 0, "OPT"));
    check("LFU misses most of the second half", hits.mean("LFU") < 75);
    check("the newer ones are within 10 points of OPT", better.stream()
            .skip(1).allMatch(p -> hits.above(p, -10, "OPT")));
}

/// What a load costs, in ms: a look-up, a history or an aggregate.
int cost(int key) {
    return List.of(1, 10, 100).get(key % 3);
}

/// GDSF: what is kept for a key, or null. With `loaded` it is kept, and
/// who is worth least goes, all in one step.
String gdsf(int key, String... loaded) {
    var keys = Stream.of("value", "uses", "cost", "worth", "floor")
            .map("{gdsf}:"::concat).toList();
    var args = new ArrayList<>(List.of("" + key, "" + places));
    args.addAll(List.of(loaded));
    return (String) valkey().eval("""
            local values, uses, costs, worth, floor = unpack(KEYS)
            local key, places, value, cost = unpack(ARGV)
            if value then
                redis.call('HSET', values, key, value)
                redis.call('HSET', costs, key, cost)
            else
                value = redis.call('HGET', values, key)
                cost = redis.call('HGET', costs, key)
                if not value then return nil end
            end
            local n = redis.call('HINCRBY', uses, key, 1)
            local age = redis.call('GET', floor) or 0
            redis.call('ZADD', worth, age + n * cost, key)
            while redis.call('ZCARD', worth) > tonumber(places) do
                local least = redis.call('ZPOPMIN', worth)
                redis.call('SET', floor, least[2])
                for _, hash in ipairs({values, uses, costs}) do
                    redis.call('HDEL', hash, least[1])
                end
            end
            return value""", keys, args);
}

/// Cache-aside: a load takes its time, and so says what it costs.
boolean gdsfHit(int key) {
    if (gdsf(key) != null) return true;
    gdsf(key, "answer " + key, "" + cost(key));
    return false;
}

record Saved(int hits, int ms) {}

/// What the hits on these reads spare the database.
Saved saved(Policy policy, int[] reads) {
    int hits = 0;
    int ms = 0;
    for (int key : reads) {
        if (!policy.hit(key)) continue;
        hits++;
        ms += cost(key);
    }
    return new Saved(hits, ms);
}

/// The same reads, three ways.
void byCost() {
    int[] reads = Arrays.copyOf(zipf(seed, false), 2_000);
    int all = Arrays.stream(reads).map(this::cost).sum();
    Saved lru = saved(linked(true), reads);
    Saved tiny = saved(new WTinyLfu(), reads);
    Saved gdsf = saved(this::gdsfHit, reads);
    table("2,000 reads; all loads would take " + all + " ms",
            row("policy", "hits", "ms saved", "% saved"),
            row("LRU", lru.hits, lru.ms, 100 * lru.ms / all),
            row("W-TinyLFU", tiny.hits, tiny.ms, 100 * tiny.ms / all),
            row("GDSF", gdsf.hits, gdsf.ms, 100 * gdsf.ms / all));
    check("GDSF has fewer hits than LRU", gdsf.hits < lru.hits);
    check("and saves more ms", gdsf.ms > lru.ms);
    check("also more than W-TinyLFU", gdsf.ms > tiny.ms);
    check("all places are taken, and no more",
            valkey().zcard("{gdsf}:worth") == places
                    && valkey().hlen("{gdsf}:value") == places);
}
