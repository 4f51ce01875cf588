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
import lab.Figures.*;
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

/// A thousand hot keys, memory for as many again, and then a scan: which
/// of the hot keys are still there?
boolean[] scan(String policy) {
    try (var server = privateValkey("--maxmemory-policy " + policy,
            "--lfu-decay-time 0", // else a minute may end here
            "--maxmemory-samples " + samples)) {
        UnifiedJedis valkey = server.client();
        long empty = info(valkey, "used_memory");
        for (int i = 0; i < hot; i++) {
            valkey.set("hot:" + i, value, setParams().ex(3_600));
        }
        for (int i = 0; i < 2 * hot; i++) valkey.get("hot:" + i % hot);
        if (policy.endsWith("lru")) lastReadBefore(valkey, idle);
        long full = info(valkey, "used_memory");
        valkey.configSet("maxmemory", "" + (full + (full - empty)));
        try (var report = valkey.pipelined()) {
            for (int i = 0; i < scan; i++) {
                report.set("scan:" + i, value, setParams().ex(60));
            }
        }
        check(policy + " evicts", info(valkey, "evicted_keys") > 0);
        boolean[] kept = new boolean[hot];
        for (int i = 0; i < hot; i++) kept[i] = valkey.exists("hot:" + i);
        return kept;
    }
}

/// LRU's clock, turned back: as if last read so many seconds ago.
void lastReadBefore(UnifiedJedis valkey, int seconds) {
    byte[] dump = valkey.dump("hot:0");
    for (int i = 0; i < hot; i++) {
        valkey.restore("hot:" + i, 3_600_000, dump,
                restoreParams().replace().idleTime(seconds));
    }
}

int count(boolean[] kept) {
    return (int) IntStream.range(0, hot).filter(i -> kept[i]).count();
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
int[] evicted(int samples) {
    try (var server = privateValkey("--maxmemory-policy allkeys-lru",
            "--maxmemory-samples " + samples)) {
        UnifiedJedis valkey = server.client();
        valkey.set("new", value);
        byte[] dump = valkey.dump("new");
        for (int i = 0; i < 500; i++) {
            valkey.restore("old:" + i, 0, dump,
                    restoreParams().idleTime(60 * (500 - i)));
        }
        valkey.configSet("maxmemory", "" + info(valkey, "used_memory"));
        for (int i = 0; i < 100; i++) valkey.set("new:" + i, value);
        return IntStream.range(0, 500)
                .filter(i -> !valkey.exists("old:" + i)).toArray();
    }
}

/// How many % of the victims are those of exact LRU, the longest idle.
double right(int[] gone) {
    return 100.0 * Arrays.stream(gone).filter(i -> i < gone.length).count()
            / gone.length;
}

/// More samples, better victims.
void sampled() {
    // Of 500 keys: a fifth of how many have gone is their share in %.
    int[] one = evicted(1);
    double ten = right(evicted(10));
    chart("Victims that exact LRU would choose, too", "%",
            bar("by chance", one.length / 5.0), bar("1 sample", right(one)),
            bar("3 samples", right(evicted(3))),
            bar("5 samples", right(evicted(5))), bar("10 samples", ten));
    check("with 10 samples at least 20 points more are right than with 1",
            right(one) + 20 <= ten);
    check("with 1 sample about as many are right as by chance",
            Math.abs(right(one) - one.length / 5.0) < 20);
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
        boolean young = small.size() >= places / 10;
        int key = (young ? small : main).remove();
        int used = uses.remove(key);
        if (used > (young ? 1 : 0)) {
            main.add(key);
            uses.put(key, young ? 0 : used - 1);
        } else if (young) {
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
        boolean hit = kept.asMap().putIfAbsent(key, true) != null;
        kept.cleanUp();
        return hit;
    };
}

/// Which of these reads are hits.
int[] hits(Policy policy, int[] reads) {
    return Arrays.stream(reads).filter(policy::hit).toArray();
}

/// % of hits: the mean of the traces, each with a new cache.
double percent(Function<int[], Policy> cache, int[]... traces) {
    return Stream.of(traces).mapToDouble(trace -> 100.0
            * hits(cache.apply(trace), trace).length / trace.length)
            .average().orElseThrow();
}

/// The same traces for each of the policies: % of hits.
Map<String, Double> play(String title, int[]... traces) {
    var hits = new LinkedHashMap<String, Double>();
    hits.put("FIFO", percent(_ -> linked(false), traces));
    hits.put("LRU", percent(_ -> linked(true), traces));
    hits.put("LFU", percent(_ -> lfu(), traces));
    hits.put("SIEVE", percent(_ -> new Sieve(), traces));
    hits.put("S3-FIFO", percent(_ -> new S3Fifo(), traces));
    hits.put("W-TinyLFU", percent(_ -> new WTinyLfu(), traces));
    hits.put("Caffeine", percent(_ -> caffeine(), traces));
    hits.put("OPT", percent(Opt::new, traces));
    chart(title, "% hits", hits.entrySet().stream()
            .map(e -> bar(e.getKey(), e.getValue())).toArray(Bar[]::new));
    check("our W-TinyLFU is within 5 points of Caffeine",
            Math.abs(hits.get("W-TinyLFU") - hits.get("Caffeine")) <= 5);
    return hits;
}

/// Reads by Zipf's law: the k-th key gets a k-th of the first one's reads.
/// Now and then, if so, comes a scan of keys that are read only once.
int[] zipf(int seed, boolean scans) {
    var random = new Random(seed);
    var upTo = new TreeMap<Double, Integer>(); // a share of all for each
    double sum = 0;
    for (int k = 0; k < 50 * places; k++) upTo.put(sum += 1.0 / (k + 1), k);
    var trace = IntStream.builder();
    int next = 50 * places; // no key of the others is that high
    for (int i = 0; i < 100 * places; i++) {
        trace.add(upTo.ceilingEntry(random.nextDouble() * sum).getValue());
        if (!scans || i % (10 * places) != 0) continue;
        for (int j = 0; j < 2 * places; j++) trace.add(next++);
    }
    return trace.build().toArray();
}

/// Five such traces, and eight caches.
void mixed() {
    var hits = play("Zipf with scans", IntStream.range(seed, seed + 5)
            .mapToObj(s -> zipf(s, true)).toArray(int[][]::new));
    check("LRU is above FIFO", hits.get("LRU") >= hits.get("FIFO") + 1);
    var four = Stream.of("LFU", "SIEVE", "S3-FIFO", "W-TinyLFU")
            .mapToDouble(hits::get).summaryStatistics();
    check("LFU, SIEVE, S3-FIFO, W-TinyLFU are 5 points above LRU",
            four.getMin() >= hits.get("LRU") + 5);
    check("they are within 4 points of each other",
            four.getMax() <= four.getMin() + 4);
    check("OPT has 5 points more", hits.get("OPT") >= four.getMax() + 5);
}

/// Key after key, over and over: one key more than there are places.
void looped() {
    var hits = play("A loop", IntStream.range(0, 100 * places)
            .map(i -> i % (places + 1)).toArray());
    check("FIFO, LRU, LFU and SIEVE have no hit at all",
            Stream.of("FIFO", "LRU", "LFU", "SIEVE")
                    .allMatch(policy -> hits.get(policy) == 0));
    check("S3-FIFO and W-TinyLFU hit more than half of the reads",
            hits.get("S3-FIFO") > 50 && hits.get("W-TinyLFU") > 50);
}

/// A hot set that fits; halfway through it is another one.
void shifted() {
    var random = new Random(seed);
    int set = places * 9 / 10;
    int half = 50 * places;
    var hits = play("Another hot set", IntStream.range(0, 2 * half)
            .map(i -> random.nextInt(set) + i / half * set).toArray());
    check("LRU is as good as OPT", hits.get("LRU") >= hits.get("OPT"));
    check("LFU misses most of the second half", hits.get("LFU") < 60);
    check("W-TinyLFU is within 10 points of OPT",
            hits.get("W-TinyLFU") >= hits.get("OPT") - 10);
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

/// What these loads take, or hits on them spare the database, in ms.
int cost(int[] keys) {
    return Arrays.stream(keys).map(this::cost).sum();
}

/// The same reads, three ways.
void byCost() {
    int[] reads = Arrays.copyOf(zipf(seed, false), 2_000);
    int[] lru = hits(linked(true), reads);
    int[] tiny = hits(new WTinyLfu(), reads);
    int[] gdsf = hits(this::gdsfHit, reads);
    table("2,000 reads; all loads would take " + cost(reads) + " ms",
            row("policy", "hits", "ms saved"),
            row("LRU", lru.length, cost(lru)),
            row("W-TinyLFU", tiny.length, cost(tiny)),
            row("GDSF", gdsf.length, cost(gdsf)));
    check("GDSF has fewer hits than LRU", gdsf.length < lru.length);
    check("and saves the most ms",
            cost(gdsf) > Math.max(cost(lru), cost(tiny)));
    check("all places are taken, and no more",
            valkey().hlen("{gdsf}:value") == places);
}
