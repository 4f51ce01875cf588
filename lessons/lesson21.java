///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import java.sql.SQLException;
import lab.Figures;
import lab.PrivateValkey;
import redis.clients.jedis.*;
import redis.clients.jedis.args.BitCountOption;
import redis.clients.jedis.args.BitOP;
import redis.clients.jedis.params.BitPosParams;
import redis.clients.jedis.params.ScanParams;

final int copies = knob("copies", 8, 2, 64);       // of a hot key
final int bucket = knob("bucket", 100, 10, 512);   // fields of a hash
final int count = knob("count", 100, 1, 500);      // work of one SCAN
final int seats = knob("seats", 180, 9, 853);      // of an airplane

void main() {
    steps(this::shapes, this::slots, this::hotKey, this::bigHash,
            varies(this::cursor), varies(this::filter), this::inTheWay,
            this::bits, varies(this::soldOut), this::visitors);
}

/// A release of the application: how its keys begin, and how many of its
/// units are a euro.
record Release(String keys, int perEuro) {
    /// Cache-aside. In euros, whatever is kept.
    double fare(int booking, int euros) {
        String key = keys + booking;
        String known = valkey().get(key);
        if (known == null) {
            known = "" + euros * perEuro;
            valkey().set(key, known, setParams().px(60_000));
        }
        return Double.parseDouble(known) / perEuro;
    }
}

/// A release keeps euros, the next one cents. Both run for a while.
void shapes() throws SQLException {
    int euros = Integer.parseInt(column(flughafen(),
            "SELECT CAST(price AS INT) FROM booking WHERE booking_id = 1")
            .getFirst());
    double old = new Release("fare:", 1).fare(1, euros);
    double next = new Release("fare:", 100).fare(1, euros);
    double oldV1 = new Release("fare:v1:", 1).fare(1, euros);
    double nextV2 = new Release("fare:v2:", 100).fare(1, euros);
    table("What booking 1 cost", row("key", "old", "next"),
            row("fare:1", old, next),
            row("fare:v1:1, fare:v2:1", oldV1, nextV2));
    check("the old release is right", old == euros);
    check("the next one is off by a hundred", 100 * next == euros);
    check("with a version: both right", oldV1 == euros && nextV2 == euros);
}

PrivateValkey cluster; // a cluster of one node
PrivateValkey own;     // a server whose keys are all ours

/// What a node says to a CLUSTER command.
Object cluster(UnifiedJedis node, Object... words) {
    return node.executeCommand(new CommandObject<>(
            new CommandArguments(Protocol.Command.CLUSTER)
                    .addObjects(words), BuilderFactory.RAW_OBJECT));
}

/// The slot of a key, 0 to 16,383.
long slot(String key) {
    return (long) cluster(cluster.client(), "KEYSLOT", key);
}

/// What each of three nodes has, of so much for each key. A third of the
/// slots is on each node.
List<Integer> perNode(Map<String, Integer> load) {
    var nodes = new Integer[] {0, 0, 0};
    load.forEach((key, n) -> nodes[(int) (slot(key) * 3 / 16_384)] += n);
    return List.of(nodes);
}

Figures.Row nodes(String name, List<Integer> load) {
    return row(name, load.get(0), load.get(1), load.get(2));
}

/// Two keys for each of 150 flights: how many has each node?
List<Integer> keysPerNode(String seats, String crew) {
    var keys = new LinkedHashMap<String, Integer>();
    for (int flight = 1; flight <= 150; flight++) {
        keys.put(seats.formatted(flight), 1);
        keys.put(crew.formatted(flight), 1);
    }
    return perNode(keys);
}

/// No tag, a tag for each flight, and one tag for all.
void slots() {
    cluster = privateValkey("cluster-enabled yes");
    try (var node = RedisClient.create(cluster.uri().toString())) {
        cluster(node, "ADDSLOTSRANGE", 0, 16_383);
    }
    var none = keysPerNode("flight:%d:seats", "flight:%d:crew");
    var each = keysPerNode("{flight:%d}:seats", "{flight:%d}:crew");
    var all = keysPerNode("{flight}:%d:seats", "{flight}:%d:crew");
    table("300 keys", row("like", "node 1", "node 2", "node 3"),
            nodes("flight:7:seats", none), nodes("{flight:7}:seats", each),
            nodes("{flight}:7:seats", all));
    check("no tag: two slots", slot("flight:7:a") != slot("flight:7:b"));
    check("the tag decides", slot("{flight:7}:a") == slot("flight:7"));
    check("of two tags the first", slot("{a}:{b}") == slot("a"));
    check("an empty one is none", slot("{}:7") != slot("{}:8"));
    check("no tag, a tag each: more than 50 keys on every node",
            Collections.min(none) > 50 && Collections.min(each) > 50);
    check("one tag for all: one node", Collections.max(all) == 300);
}

/// 1,000 reads: how many hits has each node?
List<Integer> hitsPerNode(Supplier<String> key) {
    var hits = new HashMap<String, Integer>();
    for (int reader = 0; reader < 1_000; reader++) {
        String next = key.get();
        if (valkey().get(next) != null) hits.merge(next, 1, Integer::sum);
    }
    return perNode(hits);
}

/// One key that all want, and copies of it.
void hotKey() {
    String key = "airport:1:page";
    valkey().set(key, "page");
    for (int i = 0; i < copies; i++) valkey().set(key + ":" + i, "page");
    var one = hitsPerNode(() -> key);
    var random = new Random(21); // chooses alike in each run
    var many = hitsPerNode(() -> key + ":" + random.nextInt(copies));
    table("1,000 reads", row("of", "node 1", "node 2", "node 3"),
            nodes("one key", one), nodes(copies + " copies", many));
    check("one key: one node has all hits", Collections.max(one) == 1_000);
    check("copies: no node has all", Collections.max(many) < 1_000);
}

/// 10,000 remarks in one hash, and in buckets of `--bucket` fields.
void bigHash() {
    own = privateValkey();
    var valkey = own.client();
    var fields = new TreeMap<String, Integer>(); // of each bucket
    for (int first = 0; first < 10_000; first += bucket) {
        String key = "remarks:" + first / bucket;
        var remarks = new HashMap<String, String>();
        int end = Math.min(first + bucket, 10_000);
        for (int i = first; i < end; i++) remarks.put("" + i, "on time");
        valkey.hset("remarks", remarks);
        valkey.hset(key, remarks);
        fields.put(key, remarks.size());
    }
    chart("10,000 remarks", "bytes",
            bar("one hash", valkey.memoryUsage("remarks", 0)),
            bar("buckets", fields.keySet().stream().mapToLong(
                    key -> valkey.memoryUsage(key, 0)).sum()));
    check("one hash is a hashtable",
            valkey.objectEncoding("remarks").equals("hashtable"));
    check("each bucket is a listpack", fields.keySet().stream().allMatch(
            key -> valkey.objectEncoding(key).equals("listpack")));
    check("buckets: some on every node",
            Collections.min(perNode(fields)) > 0);
}

/// Gives every page of a SCAN to somebody.
void scan(UnifiedJedis valkey, ScanParams how,
        Consumer<List<String>> page) {
    String cursor = ScanParams.SCAN_POINTER_START;
    do {
        var answer = valkey.scan(cursor, how);
        page.accept(answer.getResult());
        cursor = answer.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
}

/// `guest:1` to `guest:3000`, say.
String[] names(String prefix, int n) {
    return IntStream.rangeClosed(1, n).mapToObj(i -> prefix + i)
            .toArray(String[]::new);
}

/// Sets as many keys. A script: one command, and fast.
void fill(UnifiedJedis valkey, String prefix, int n) {
    valkey.eval("""
            for i = 1, ARGV[2] do redis.call('SET', ARGV[1]..i, 1) end
            """, List.of(), List.of(prefix, "" + n));
}

/// 300 keys stay while 3,000 others come and go, again and again.
void cursor() {
    var valkey = own.client();
    valkey.flushDB();
    fill(valkey, "stay:", 300);
    String[] guests = names("guest:", 3_000);
    var given = new HashMap<String, Integer>();
    var pages = new AtomicInteger();
    scan(valkey, new ScanParams().count(4), page -> {
        page.forEach(key -> given.merge(key, 1, Integer::sum));
        int turn = pages.incrementAndGet() % 4;
        if (turn == 0) fill(valkey, "guest:", 3_000);
        if (turn == 2) valkey.unlink(guests);
    });
    var stay = new HashMap<>(given);
    stay.keySet().removeIf(key -> key.startsWith("guest:"));
    int came = given.size() - stay.size();
    long twice = stay.values().stream().filter(n -> n > 1).count();
    table("What SCAN gave", row("keys", "there are",
                    measured("given"), measured("more than once")),
            row("that stay", 300, stay.size(), twice),
            row("that come and go", 3_000, came, "-"));
    check("every key that stays is given", stay.size() == 300);
    check("some more than once", twice > 0);
    check("of those that come and go some, and not all",
            came > 0 && came < 3_000);
}

/// 20,000 keys, and a MATCH that fits ten others.
void filter() {
    var valkey = own.client();
    valkey.flushDB();
    fill(valkey, "flight:", 20_000);
    fill(valkey, "seats:", 10);
    var sizes = new ArrayList<Integer>();
    scan(valkey, new ScanParams().match("seats:*").count(count),
            page -> sizes.add(page.size()));
    var full = new boolean[sizes.size()];
    for (int i = 0; i < full.length; i++) full[i] = sizes.get(i) > 0;
    chart("Pages of SCAN MATCH seats:* COUNT " + count,
            "not empty", cells("pages", full));
    check("the ten keys are given",
            sizes.stream().mapToInt(n -> n).sum() == 10);
    check("more than half of the pages are empty",
            2 * Collections.frequency(sizes, 0) > sizes.size());
}

/// What a GET waits, in µs, that is sent right after another's command:
/// the middle one of five: a GET may overtake, a machine may be busy.
double wait(String command) throws IOException {
    double[] waits = new double[5];
    for (int i = 0; i < 5; i++) {
        try (var other = new Socket("127.0.0.1", own.port())) {
            other.setSoTimeout(10_000);
            own.client().get("flight:1"); // now both are connected
            String line = command.formatted(i) + "\r\n";
            other.getOutputStream().write(line.getBytes());
            long start = System.nanoTime();
            own.client().get("flight:1");
            waits[i] = (System.nanoTime() - start) / 1e3;
            other.getInputStream().read(); // the command is done
        }
    }
    Arrays.sort(waits);
    return waits[2];
}

/// Who is in whose way: KEYS, SCAN, and two DELs of a big set.
void inTheWay() throws IOException {
    var valkey = own.client();
    fill(valkey, "flight:", 100_000);
    valkey.sadd("flown", names("passenger:", 200_000));
    for (int i = 0; i < 5; i++) {
        valkey.copy("flown", "flown:" + i, false);
        valkey.copy("flown", "flown:old:" + i, false);
    }
    double scan = wait("SCAN 0 COUNT 100");
    double keys = wait("KEYS *");
    double lazy = wait("DEL flown:%d");
    valkey.configSet("lazyfree-lazy-user-del", "no");
    double del = wait("DEL flown:old:%d");
    chart("What another's GET waits, behind", "µs",
            bar("SCAN, a page", scan), bar("KEYS *", keys),
            bar("DEL", lazy), bar("DEL, not lazy", del));
    check("KEYS: over ten times a page of SCAN", keys > 10 * scan);
    check("DEL: over ten times a lazy one", del > 10 * lazy);
}

/// The first seat that is free, or -1. It asks within the seats only.
long firstFree(String flight) {
    return valkey().bitpos(flight, false, new BitPosParams(0, seats - 1)
            .modifier(BitCountOption.BIT));
}

/// A bit for each seat. What is not there yet, and what is too much?
void bits() {
    String flight = "flight:7:seats";
    for (int s = 0; s < 8; s++) valkey().setbit(flight, s, true);
    check("8 sold, no seat is free, it says", firstFree(flight) == -1);
    valkey().setbit(flight, seats - 1, false);
    check("the last bit written, as 0: 8 is", firstFree(flight) == 8);
    int bytes = (seats + 7) / 8; // eight seats each, rounded up
    check(bytes + " bytes", valkey().strlen(flight) == bytes);
    for (int s = 8; s < seats; s++) valkey().setbit(flight, s, true);
    check("all sold, no end given: it finds a seat that is none",
            valkey().bitpos(flight, false) == seats);
    check("with an end: no seat", firstFree(flight) == -1);
}

/// Sells the first free seat: the seat, or -1. SETBIT replies the old
/// bit: if another was faster, look again.
long sell(String flight) {
    while (true) {
        long seat = firstFree(flight);
        if (seat < 0 || !valkey().setbit(flight, seat, true)) return seat;
    }
}

/// All buyers at once: what each got.
<T> List<T> atOnce(int buyers, Callable<T> buy) throws Exception {
    var start = new CyclicBarrier(buyers);
    var buyer = Collections.<Callable<T>>nCopies(buyers, () -> {
        start.await(10, SECONDS);
        return buy.call();
    });
    var threads = Thread.ofVirtual().name("buyers").factory();
    var got = new ArrayList<T>();
    try (var pool = Executors.newThreadPerTaskExecutor(threads)) {
        for (var each : pool.invokeAll(buyer, 30, SECONDS)) {
            got.add(each.get()); // throws what the buyer threw
        }
    }
    return got;
}

/// One seat that 20 want; then 20 buyers more than seats.
void soldOut() throws Exception {
    String flight = "flight:8:seats";
    valkey().setbit(flight, seats - 1, false);
    var wasSold = atOnce(20, () -> valkey().setbit(flight, 7, true));
    check("20 buyers, one seat: one is told that it was free",
            Collections.frequency(wasSold, false) == 1);
    var sold = atOnce(seats + 20, () -> sell(flight));
    check("21 get none", Collections.frequency(sold, -1L) == 21);
    check("no seat is sold twice", Set.copyOf(sold).size() == seats);
}

final String bits = "{visitors}:bits:"; // bitmaps, by day
final String log = "{visitors}:log:";   // HyperLogLogs

/// 20,000 ids of a day, from one on.
void visit(String day, int from) {
    String[] ids = IntStream.range(from, from + 20_000)
            .mapToObj(Integer::toString).toArray(String[]::new);
    valkey().sadd("{visitors}:set:" + day, ids);
    valkey().pfadd(log + day, ids);
    try (var pipeline = valkey().pipelined()) {
        for (int i = 0; i < ids.length; i++) {
            pipeline.setbit(bits + day, from + i, true);
        }
    }
}

/// Whether an estimate is within three standard errors, each 0.81 %.
boolean near(long estimate, long truth) {
    return Math.abs(estimate - truth) < 3 * 0.0081 * truth;
}

/// Two days of 20,000 visitors, 1,000 of whom come on both.
void visitors() {
    visit("1", 0);
    visit("2", 19_000);
    valkey().bitop(BitOP.OR, bits + "any", bits + "1", bits + "2");
    valkey().bitop(BitOP.AND, bits + "both", bits + "1", bits + "2");
    valkey().pfmerge(log + "any", log + "1", log + "2");
    long one = valkey().pfcount(log + "1");
    long two = valkey().pfcount(log + "2");
    long any = valkey().pfcount(log + "any");
    long both = valkey().bitcount(bits + "both");
    long bytes = valkey().strlen(log + "1");
    table("Visitors", row("", "bitmap", "HyperLogLog"),
            row("day 1", valkey().bitcount(bits + "1"), one),
            row("day 2", valkey().bitcount(bits + "2"), two),
            row("either day", valkey().bitcount(bits + "any"), any),
            row("both days", both, one + two - any),
            row("bytes, day 1", valkey().strlen(bits + "1"), bytes));
    check("HyperLogLog: each count within three standard errors",
            near(one, 20_000) && near(two, 20_000) && near(any, 39_000));
    check("in 12 KB, and 16 bytes of header", bytes == 12 * 1024 + 16);
    check("a set: over 25 times the bytes of that",
            valkey().memoryUsage("{visitors}:set:1", 0) > 25 * bytes);
    check("the bitmap is exact", both == 1_000);
    check("and smaller", valkey().strlen(bits + "1") < bytes);
    valkey().setbit(bits + "2", 8_000_000, true);
    check("one large id: a bitmap of a million bytes and one",
            valkey().strlen(bits + "2") == 1_000_001);
}
