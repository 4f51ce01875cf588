///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import java.sql.SQLException;
import lab.Figures;
import lab.PrivateCluster;
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

PrivateCluster cluster; // three primaries, for the steps that follow

/// By how much a figure of each primary grows while `work` is done.
List<Long> growth(ToLongFunction<UnifiedJedis> figure, Runnable work) {
    List<Long> before = ofEach(figure);
    work.run();
    List<Long> after = ofEach(figure);
    return IntStream.range(0, 3).mapToObj(
            node -> after.get(node) - before.get(node)).toList();
}

/// A figure, as each primary tells it.
List<Long> ofEach(ToLongFunction<UnifiedJedis> figure) {
    return cluster.nodes().stream().limit(3).map(node -> {
        try (var client = RedisClient.create(node.uri().toString())) {
            return figure.applyAsLong(client);
        }
    }).toList();
}

Figures.Row nodes(String name, List<Long> figures) {
    return row(name, figures.get(0), figures.get(1), figures.get(2));
}

/// The slot of a key, 0 to 16,383.
long slot(String key) {
    return cluster.client().executeCommand(new CommandObject<>(
            new CommandArguments(Protocol.Command.CLUSTER)
                    .add("KEYSLOT").add(key), BuilderFactory.LONG));
}

/// Two keys for each of 150 flights: which node has how many?
List<Long> keysPerNode(String seats, String crew) {
    return growth(UnifiedJedis::dbSize, () -> {
        for (int flight = 1; flight <= 150; flight++) {
            cluster.client().set(seats.formatted(flight), "");
            cluster.client().set(crew.formatted(flight), "");
        }
    });
}

/// No tag, a tag for each flight, and one tag for all.
void slots() {
    cluster = privateCluster();
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

/// GETs that each primary answers while 3,000 readers read.
List<Long> getsPerNode(Runnable read) {
    return growth(node -> info(node, "cmdstat_get"), () -> {
        for (int reader = 0; reader < 3_000; reader++) read.run();
    });
}

/// One key that all want: as it is, in copies, and kept by the reader.
void hotKey() {
    var valkey = cluster.client();
    String key = "airport:1:page";
    valkey.set(key, "page");
    for (int i = 0; i < copies; i++) valkey.set(key + ":" + i, "page");
    var one = getsPerNode(() -> valkey.get(key));
    var random = new Random(21);
    var many = getsPerNode(() ->
            valkey.get(key + ":" + random.nextInt(copies)));
    var local = new ConcurrentHashMap<String, String>();
    var near = getsPerNode(() -> local.computeIfAbsent(key, valkey::get));
    table("3000 reads", row("from", "node 1", "node 2", "node 3"),
            nodes("one key", one), nodes(copies + " copies", many),
            nodes("a local copy", near));
    check("one key: one node answers all", Collections.max(one) == 3_000);
    check("copies: no node answers all", Collections.max(many) < 3_000);
    check("a local copy: one GET", Collections.max(near) == 1);
}

/// 10,000 remarks in one hash, and in buckets.
void bigHash() {
    var whole = remarksPerNode(_ -> "remarks");
    var split = remarksPerNode(flight -> "remarks:" + flight / bucket);
    var valkey = cluster.client();
    var buckets = IntStream.rangeClosed(0, 9_999 / bucket)
            .mapToObj(i -> "remarks:" + i).toList();
    table("10,000 remarks", row("in", "node 1", "node 2", "node 3"),
            nodes("one hash", whole), nodes("buckets", split));
    chart("10,000 remarks", "bytes",
            bar("one hash", valkey.memoryUsage("remarks", 0)),
            bar("buckets", buckets.stream().mapToLong(
                    key -> valkey.memoryUsage(key, 0)).sum()));
    check("one hash: on one node", Collections.max(whole) == 10_000);
    check("it is a hashtable",
            valkey.objectEncoding("remarks").equals("hashtable"));
    check("buckets: on every node", Collections.min(split) > 0);
    check("each is a listpack", buckets.stream().allMatch(
            key -> valkey.objectEncoding(key).equals("listpack")));
    cluster.close();
}

/// Fields that each primary gets when each flight's remark is kept.
List<Long> remarksPerNode(IntFunction<String> key) {
    return growth(node -> info(node, "cmdstat_hset"), () -> {
        try (var pipeline = cluster.client().pipelined()) {
            for (int flight = 0; flight < 10_000; flight++) {
                pipeline.hset(key.apply(flight), "" + flight, "on time");
            }
        }
    });
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

/// Calls a command for `n` keys, in a script: fast, and one command.
void each(UnifiedJedis valkey, String command, String keys, int n) {
    valkey.eval("""
            for i = 1, ARGV[3] do redis.call(ARGV[1], ARGV[2]..i, 1) end
            """, List.of(), List.of(command, keys, "" + n));
}

/// 500 keys stay while 5,000 others come and go, again and again.
void cursor() {
    try (var server = privateValkey()) {
        var valkey = server.client();
        each(valkey, "SET", "stay:", 500);
        var given = new HashMap<String, Integer>();
        var pages = new AtomicInteger();
        scan(valkey, new ScanParams().count(5), page -> {
            page.forEach(key -> given.merge(key, 1, Integer::sum));
            int turn = pages.incrementAndGet() % 4;
            if (turn == 0) each(valkey, "SET", "guest:", 5_000);
            if (turn == 2) each(valkey, "UNLINK", "guest:", 5_000);
        });
        var stay = new HashMap<>(given);
        stay.keySet().removeIf(key -> key.startsWith("guest:"));
        int guests = given.size() - stay.size();
        long twice = stay.values().stream().filter(n -> n > 1).count();
        table("What SCAN gave", row("keys", "there are",
                        measured("given"), measured("more than once")),
                row("that stay", 500, stay.size(), twice),
                row("that come and go", 5_000, guests, "-"));
        check("every key that stays is given", stay.size() == 500);
        check("some more than once", twice > 0);
        check("of those that come and go some, and not all",
                guests > 0 && guests < 5_000);
    }
}

/// 20,000 keys, and a MATCH that fits ten of them.
void filter() {
    try (var server = privateValkey()) {
        var valkey = server.client();
        each(valkey, "SET", "flight:", 20_000);
        each(valkey, "SET", "seats:", 10);
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
}

/// What a GET waits, in µs, that is sent right after another's command:
/// the least of five, for a busy machine only adds to it.
double wait(PrivateValkey server, String command) throws IOException {
    double least = Double.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
        try (var other = new Socket("127.0.0.1", server.port())) {
            server.client().get("flight:1"); // its connection is warm
            String line = command.formatted(i) + "\r\n";
            other.getOutputStream().write(line.getBytes());
            long start = System.nanoTime();
            server.client().get("flight:1");
            least = Math.min(least, (System.nanoTime() - start) / 1e3);
            other.getInputStream().read(); // the command is done
        }
    }
    return least;
}

/// Who is in whose way: KEYS, SCAN, and two DELs of a big set.
void inTheWay() throws IOException {
    try (var server = privateValkey()) {
        var valkey = server.client();
        each(valkey, "SET", "flight:", 50_000);
        valkey.sadd("flown", IntStream.range(0, 100_000)
                .mapToObj(i -> "passenger:" + i).toArray(String[]::new));
        for (int i = 0; i < 5; i++) {
            valkey.copy("flown", "flown:" + i, false);
            valkey.copy("flown", "flown:old:" + i, false);
        }
        double scan = wait(server, "SCAN 0 COUNT 100");
        double keys = wait(server, "KEYS *");
        double lazy = wait(server, "DEL flown:%d");
        valkey.configSet("lazyfree-lazy-user-del", "no");
        double del = wait(server, "DEL flown:old:%d");
        chart("What another's GET waits, behind", "µs",
                bar("SCAN, a page", scan), bar("KEYS *", keys),
                bar("DEL", lazy), bar("DEL, not lazy", del));
        check("KEYS: over ten times a page of SCAN", keys > 10 * scan);
        check("DEL: over ten times a lazy one", del > 10 * lazy);
    }
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
    var threads = Thread.ofVirtual().name("buyers").factory();
    try (var pool = Executors.newThreadPerTaskExecutor(threads)) {
        Callable<T> one = () -> {
            start.await(10, SECONDS);
            return buy.call();
        };
        return pool.invokeAll(Collections.nCopies(buyers, one)).stream()
                .map(Future::resultNow).toList();
    }
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

/// 40,000 ids of a day, from one on.
void visit(String day, int from) {
    String[] ids = IntStream.range(from, from + 40_000)
            .mapToObj(Integer::toString).toArray(String[]::new);
    valkey().sadd("{visitors}:set:" + day, ids);
    valkey().pfadd(log + day, ids);
    try (var pipeline = valkey().pipelined()) {
        for (int i = 0; i < ids.length; i++) {
            pipeline.setbit(bits + day, from + i, true);
        }
    }
}

/// Two days of 40,000 visitors, 2,000 of whom come on both.
void visitors() {
    visit("1", 0);
    visit("2", 38_000);
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
    check("HyperLogLog: each count within 3 sigma, 2.43 %",
            Math.abs(one / 40_000.0 - 1) < 0.0243
            && Math.abs(two / 40_000.0 - 1) < 0.0243
            && Math.abs(any / 78_000.0 - 1) < 0.0243);
    check("in 12 KB, and 16 bytes of header", bytes == 12 * 1024 + 16);
    check("a set: over 50 times the bytes of that",
            valkey().memoryUsage("{visitors}:set:1", 0) > 50 * bytes);
    check("the bitmap is exact", both == 2_000);
    check("and smaller", valkey().strlen(bits + "1") < bytes);
    valkey().setbit(bits + "2", 8_000_000, true);
    check("one large id: a bitmap of a million bytes and one",
            valkey().strlen(bits + "2") == 1_000_001);
}
