///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import java.sql.SQLException;
import lab.PrivateValkey;
import redis.clients.jedis.*;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.RestoreParams;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;

final int mb = knob("mb", 8, 4, 24); // maxmemory, in MB
final int requests = knob("requests", 400, 1, 1_000); // never read
final int bucket = knob("bucket", 100, 1, 10_000); // fields of one hash

void main() {
    steps(varies(this::full), varies(this::policies),
            varies(this::slowClient), varies(this::hunt), this::cliff,
            varies(this::buckets),
            since("9.0", "a TTL on one field makes a listpack a hashtable",
                    this::fieldTtl), this::compress);
}

/// A server that is small enough to be filled.
PrivateValkey small(String option) {
    return privateValkey("maxmemory " + mb + "mb", option);
}

/// Sets, if Valkey has the memory. Any other failure is thrown.
boolean keep(UnifiedJedis valkey, String key, String value,
        SetParams how) {
    try {
        valkey.set(key, value, how);
        return true;
    } catch (JedisDataException e) {
        if (e.getMessage().startsWith("OOM ")) return false;
        throw e;
    }
}

/// Cache-aside. A full cache is no failure of a read.
String read(UnifiedJedis valkey, String key, Callable<String> load)
        throws Exception {
    String known = valkey.get(key);
    if (known != null) return known;
    String value = load.call();
    keep(valkey, key, value, setParams().px(60_000));
    return value;
}

/// Sets more than there is room for, and goes on when refused.
/// Returns how many sets were.
long fill(UnifiedJedis valkey, SetParams how) {
    String page = "x".repeat(15_000);
    return IntStream.range(0, mb * 100).filter(i ->
            !keep(valkey, "page:" + i, page, how)).count();
}

/// noeviction, the default: what works when nothing more fits?
void full() throws Exception {
    try (var server = small("maxmemory-policy noeviction")) {
        var valkey = server.client();
        long refused = fill(valkey, setParams());
        check("pages are refused", refused > 0);
        // where a page does not fit, a byte may: now it does not
        valkey.configSet("maxmemory", (mb - 1) + "mb");
        check("so is a smaller value for a key that is there",
                !keep(valkey, "page:0", "", setParams()));
        check("reads work", valkey.get("page:0").length() == 15_000);
        check("a reader gets its answer, though it is not kept",
                read(valkey, "new", () -> "loaded").equals("loaded")
                        && !valkey.exists("new"));
        check("INFO counts each refusal",
                info(valkey, "errorstat_OOM") == refused + 2);
        String doctor = valkey.executeCommand(new CommandObject<>(
                new CommandArguments(Protocol.Command.MEMORY).add("DOCTOR"),
                BuilderFactory.STRING));
        check("MEMORY DOCTOR does not speak of maxmemory",
                !doctor.contains("maxmemory"));
        check("a TTL can be set", valkey.pexpire("page:0", 60_000) == 1);
        check("deletes work", IntStream.range(0, 100).allMatch(i ->
                valkey.del("page:" + i) == 1));
        check("then writes do", keep(valkey, "new", "", setParams()));
    }
}

record Filled(long refused, long evicted) {}

/// What becomes of the same writes under a policy.
Filled under(String policy, SetParams how) {
    try (var server = small("maxmemory-policy " + policy)) {
        var valkey = server.client();
        return new Filled(fill(valkey, how), info(valkey, "evicted_keys"));
    }
}

/// Three policies, and one of them twice.
void policies() {
    Filled none = under("noeviction", setParams());
    Filled plain = under("volatile-lru", setParams());
    Filled ttl = under("volatile-lru", setParams().px(600_000));
    Filled all = under("allkeys-lru", setParams());
    table(mb * 100 + " writes into " + mb + " MB",
            row("policy", "keys", measured("refused"),
                    measured("evicted")),
            row("noeviction", "no TTL", none.refused, none.evicted),
            row("volatile-lru", "no TTL", plain.refused, plain.evicted),
            row("volatile-lru", "TTL", ttl.refused, ttl.evicted),
            row("allkeys-lru", "no TTL", all.refused, all.evicted));
    check("noeviction: refuses, evicts nothing",
            none.refused > 0 && none.evicted == 0);
    check("volatile-lru without TTLs: the same",
            plain.refused > 0 && plain.evicted == 0);
    check("with TTLs: evicts, refuses nothing",
            ttl.refused == 0 && ttl.evicted > 0);
    check("allkeys-lru: evicts, refuses nothing",
            all.refused == 0 && all.evicted > 0);
}

record Slow(String write, long cutOff, double usedMb) {}

/// A client asks for 100 KB again and again, and reads none of the
/// replies. Can another client write? The 100 KB are a list: on 9.1 the
/// replies to a GET of a big string share its value.
Slow slow(String limit) throws Exception {
    try (var server = small("maxmemory-clients " + limit);
            var client = new Socket("127.0.0.1", server.port())) {
        var valkey = server.client();
        valkey.rpush("departures", Collections.nCopies(
                10, "x".repeat(10_000)).toArray(String[]::new));
        client.getOutputStream().write("LRANGE departures 0 -1\r\n"
                .repeat(requests).getBytes());
        await(() -> info(valkey, "cmdstat_lrange") == requests
                || info(valkey, "evicted_clients") == 1);
        double usedMb = info(valkey, "used_memory") / 1e6;
        boolean accepted = keep(valkey, "new", "", setParams());
        return new Slow(accepted ? "accepted" : "refused",
                info(valkey, "evicted_clients"), usedMb);
    }
}

/// Asks until it is so.
void await(BooleanSupplier so) throws TimeoutException {
    long end = System.nanoTime() + 10_000_000_000L;
    while (!so.getAsBoolean()) {
        if (System.nanoTime() > end) throw new TimeoutException("10 s");
    }
}

/// Without a limit for clients, and with one.
void slowClient() throws Exception {
    Slow free = slow("0");
    Slow limited = slow("2mb");
    table("A client that does not read", row("maxmemory-clients",
                    "another's write", "clients cut off",
                    measured("MB in use")),
            row("none", free.write, free.cutOff, free.usedMb),
            row("2mb", limited.write, limited.cutOff, limited.usedMb));
    check("no limit: writes are refused, nobody is cut off",
            free.write.equals("refused") && free.cutOff == 0);
    check("a limit: the client is cut off, writes work",
            limited.write.equals("accepted") && limited.cutOff == 1);
}

/// Every key with its bytes. SCAN is a loop, and may give a key twice.
Map<String, Long> sizes(UnifiedJedis valkey, int samples) {
    var sizes = new HashMap<String, Long>();
    String cursor = ScanParams.SCAN_POINTER_START;
    do {
        var page = valkey.scan(cursor, new ScanParams().count(500));
        try (var pipeline = valkey.pipelined()) {
            var asked = new HashMap<String, Response<Long>>();
            for (String key : page.getResult()) {
                asked.put(key, pipeline.memoryUsage(key, samples));
            }
            pipeline.sync();
            asked.forEach((key, bytes) -> { // null: gone meanwhile
                if (bytes.get() != null) sizes.put(key, bytes.get());
            });
        }
        cursor = page.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return sizes;
}

/// 3,000 small keys and three big ones. One of these hides it.
void hunt() throws Exception {
    try (var server = privateValkey(); var pipeline =
            server.client().pipelined()) {
        for (int i = 0; i < 3_000; i++) pipeline.set("small:" + i, "x");
        for (int i = 0; i < 1_000; i++) {
            pipeline.hset("remarks", "flight " + i, "on time");
            pipeline.rpush("log", "x".repeat(200));
        }
        pipeline.hset("remarks", "flight 7", "x".repeat(1_000_000));
        pipeline.set("map", "x".repeat(500_000));
        pipeline.sync();
        var sizes = sizes(server.client(), 0); // 0: all elements
        var guesses = sizes(server.client(), 5);
        var big = sizes.keySet().stream().sorted(Comparator
                .comparing(sizes::get).reversed()).limit(3).toList();
        table("The biggest keys", row("key", measured("bytes"),
                        measured("by 5 samples")), big.stream().map(
                        key -> row(key, sizes.get(key), guesses.get(key)))
                .toList());
        check("the three big keys are found",
                big.equals(List.of("remarks", "map", "log")));
        double off = sizes.get("remarks") / (double) guesses.get("remarks");
        check("five samples: over ten times too few, or too many",
                off > 10 || off < 0.1);
        check("SCAN gave every key", sizes.size() == 3_003);
    }
}

/// One hash, a field more each time; then a field less.
void cliff() {
    String key = "seats:growing";
    var sizes = new TreeMap<Integer, Long>();
    for (int fields = 1; fields <= 640; fields++) {
        valkey().hset(key, "" + fields, "" + (100 + fields % 50));
        if (fields % 32 == 0 || fields == 513) {
            sizes.put(fields, valkey().memoryUsage(key, 0));
        }
        if (fields == 512) check("512 fields: a listpack", packed(key));
        if (fields == 513) check("513: a hashtable", !packed(key));
    }
    chart("A hash grows", "fields", "bytes", line("hash",
            sizes.keySet().stream().mapToDouble(n -> n).toArray(),
            sizes.values().stream().mapToDouble(n -> n).toArray()));
    check("one field more: over three times the bytes",
            sizes.get(513) > 3 * sizes.get(512));

    for (int f = 101; f <= 640; f++) valkey().hdel(key, "" + f);
    check("back to 100 fields: still a hashtable", !packed(key));
    byte[] dump = valkey().dump(key);
    valkey().restore(key, 0, dump, RestoreParams.restoreParams().replace());
    check("written anew: a listpack", packed(key));
    valkey().hset(key, "1", "x".repeat(64));
    check("a value of 64 bytes: still a listpack", packed(key));
    valkey().hset(key, "1", "x".repeat(65));
    check("one of 65 bytes: a hashtable", !packed(key));
}

boolean packed(String key) {
    return valkey().objectEncoding(key).equals("listpack");
}

/// Seats sold of 10,000 flights, in order: a flight's number is its place.
List<String> seats() throws SQLException {
    return column(flughafen(), """
            SELECT count(booking_id)
            FROM flight LEFT JOIN booking USING (flight_id)
            GROUP BY flight_id ORDER BY flight_id LIMIT 10000""");
}

/// Bytes per seat count on a server that keeps `size` in each hash.
double bytesPerEntry(List<String> seats, int size) {
    try (var server = privateValkey();
            var pipeline = server.client().pipelined()) {
        for (int flight = 0; flight < seats.size(); flight++) {
            String sold = seats.get(flight);
            if (size == 1) pipeline.set("seats:" + flight, sold);
            else pipeline.hset("seats:" + flight / size,
                    "" + flight % size, sold);
        }
        pipeline.sync();
        return sizes(server.client(), 0).values().stream()
                .mapToLong(bytes -> bytes).sum() / (double) seats.size();
    }
}

/// The same seat counts, a key for each, and in hashes.
void buckets() throws SQLException {
    var seats = seats();
    double single = bytesPerEntry(seats, 1);
    double ten = bytesPerEntry(seats, 10);
    double many = bytesPerEntry(seats, bucket);
    double over = bytesPerEntry(seats, 1_000);
    chart("Bytes per seat count", "bytes", bar("a key each", single),
            bar("hashes of 10", ten), bar("hashes of " + bucket, many),
            bar("hashes of 1000", over));
    check("hashes of " + bucket + ": at least three times smaller",
            single > 3 * many);
    check("hashes of 1000: over three times those of " + bucket,
            over > 3 * many);
}

/// A TTL for one field of 100.
void fieldTtl() {
    String key = "seats:expiring";
    for (int f = 0; f < 100; f++) valkey().hset(key, "" + f, "100");
    long before = valkey().memoryUsage(key, 0);
    valkey().pexpire(key, 600_000);
    check("a TTL on the key: a listpack", packed(key));
    valkey().hpexpire(key, 60_000, "7");
    check("a TTL on one field: a hashtable", !packed(key));
    check("and over three times the bytes",
            valkey().memoryUsage(key, 0) > 3 * before);
}

/// The timetable from a flight on, so many rows, as JSON.
byte[] timetable(int first, int rows) throws SQLException {
    return column(flughafen(), """
            SELECT json_group_array(json_object(
                'id', flight_id, 'flightno', flightno,
                'from', "from", 'to', "to",
                'departure', departure, 'arrival', arrival))
            FROM flight WHERE flight_id >= ? AND flight_id < ?""",
            first, first + rows).getFirst().getBytes();
}

/// Smaller, by what repeats within it and by what the dictionary has.
byte[] deflate(byte[] plain, byte[] dictionary) throws IOException {
    try (var deflater = new Deflater()) {
        if (dictionary.length > 0) deflater.setDictionary(dictionary);
        return new DeflaterInputStream(new ByteArrayInputStream(plain),
                deflater).readAllBytes();
    }
}

/// As it was. Another dictionary than the one that deflated it throws.
byte[] inflate(byte[] small, byte[] dictionary) throws Exception {
    try (var inflater = new Inflater()) {
        inflater.setInput(small);
        inflater.inflate(new byte[0]); // reads the header, no more
        if (inflater.needsDictionary()) inflater.setDictionary(dictionary);
        return new InflaterInputStream(InputStream.nullInputStream(),
                inflater).readAllBytes();
    }
}

/// The timetable, compressed: by rows per value.
void compress() throws Exception {
    byte[] none = {};
    byte[] others = timetable(1_000, 10); // of the same shape
    byte[] one = timetable(1, 1);
    byte[] hundred = timetable(1, 100);
    byte[] known = deflate(one, others);
    byte[] small = deflate(hundred, none);
    check("inflated, they are what they were",
            Arrays.equals(one, inflate(known, others))
                    && Arrays.equals(hundred, inflate(small, none)));
    double alone = percent(deflate(one, none), one);
    chart("What is left of the JSON", "percent", bar("1 row", alone),
            bar("1 row, dictionary", percent(known, one)),
            bar("100 rows", percent(small, hundred)));
    check("1 row: less than a third is saved", alone > 67);
    check("100 rows: more than two thirds", percent(small, hundred) < 33);
    check("1 row with a dictionary: at least half",
            percent(known, one) < 50);

    measure("100 rows: deflate", () -> deflate(hundred, none));
    measure("100 rows: inflate", () -> inflate(small, none));
    valkey().set("timetable".getBytes(), hundred);
    measure("100 rows: GET", () -> valkey().get("timetable".getBytes()));
}

double percent(byte[] part, byte[] whole) {
    return 100.0 * part.length / whole.length;
}
