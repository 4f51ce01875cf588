///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import java.sql.ResultSet;
import java.sql.SQLException;
import lab.PrivateValkey;
import redis.clients.jedis.*;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.RestoreParams;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import tools.jackson.databind.json.JsonMapper;

final int mb = knob("mb", 8);              // maxmemory, in MB
final int asks = knob("asks", 400);        // what a client does not read
final int flights = knob("flights", 20_000); // seat counts to keep
final int bucket = knob("bucket", 100);    // fields of one hash
final int samples = knob("samples", 0);    // elements looked at; 0: all

void main() {
    steps(varies(this::full), varies(this::policies),
            varies(this::slowClient), varies(this::hunt), this::cliff,
            this::buckets,
            since("9.0", "a TTL on one field makes a listpack a hashtable",
                    this::fieldTtl), this::compress);
}

/// A server that is small enough to be filled.
PrivateValkey small(String... options) {
    var all = new ArrayList<>(List.of(options));
    all.add("maxmemory " + mb + "mb");
    return privateValkey(all.toArray(String[]::new));
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

/// Sets half as much again as there is room for, and goes on when
/// refused. Returns how many sets were.
long fill(UnifiedJedis valkey, SetParams how) {
    String page = "x".repeat(4_000);
    return IntStream.range(0, mb * 375).filter(i ->
            !keep(valkey, "page:" + i, page, how)).count();
}

/// A number that INFO has; 0 if it has none of that name.
long info(UnifiedJedis valkey, String name) {
    var number = Pattern.compile("(?m)^" + name + ":\\D*(\\d+)")
            .matcher(valkey.info("everything"));
    return number.find() ? Long.parseLong(number.group(1)) : 0;
}

/// What Valkey itself finds wrong with its memory.
String doctor(UnifiedJedis valkey) {
    return valkey.executeCommand(new CommandObject<>(
            new CommandArguments(Protocol.Command.MEMORY).add("DOCTOR"),
            BuilderFactory.STRING));
}

/// noeviction, the default: what works when nothing more fits?
void full() throws Exception {
    try (var server = small("maxmemory-policy noeviction")) {
        var valkey = server.client();
        long refused = fill(valkey, setParams());
        check("pages are refused", refused > 0);
        long crumbs = 0; // where no page fits, a byte may
        while (keep(valkey, "crumb:" + crumbs, "x", setParams())) crumbs++;
        check("also a smaller value for a key that is there",
                !keep(valkey, "page:0", "", setParams()));
        check("reads work", valkey.get("page:0").length() == 4_000);
        check("a reader gets its answer, though it is not kept",
                read(valkey, "new", () -> "loaded").equals("loaded")
                        && !valkey.exists("new"));
        check("INFO counts each refusal",
                info(valkey, "errorstat_OOM") == refused + 3);
        check("MEMORY DOCTOR does not speak of maxmemory",
                !doctor(valkey).contains("maxmemory"));
        check("a TTL can be set", valkey.pexpire("page:0", 60_000) == 1);
        long deleted = IntStream.range(0, 100).mapToLong(i ->
                valkey.del("page:" + i)).sum();
        check("deletes work", deleted == 100);
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
    table(mb * 375 + " writes into " + mb + " MB",
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

record Slow(boolean accepted, long bytes, long cutOff, boolean after) {}

/// One key of 100 KB. A client asks for it again and again, and reads
/// none of the replies. Can another client write? And afterwards?
Slow slow(String limit) throws Exception {
    try (var server = small("maxmemory-clients " + limit);
            var client = new Socket("127.0.0.1", server.port())) {
        var valkey = server.client();
        for (int i = 0; i < 10; i++) {
            valkey.rpush("departures", "x".repeat(10_000));
        }
        client.getOutputStream().write("LRANGE departures 0 -1\r\n"
                .repeat(asks).getBytes());
        await(() -> info(valkey, "cmdstat_lrange") == asks
                || info(valkey, "evicted_clients") == 1);
        long bytes = info(valkey, "mem_clients_normal");
        long cutOff = info(valkey, "evicted_clients");
        boolean accepted = keep(valkey, "new", "", setParams());
        client.close();
        await(() -> info(valkey, "connected_clients") == 1);
        return new Slow(accepted, bytes, cutOff,
                keep(valkey, "new", "", setParams()));
    }
}

/// Asks until it is so.
void await(BooleanSupplier so) throws TimeoutException {
    long end = System.nanoTime() + 10_000_000_000L;
    while (!so.getAsBoolean()) {
        if (System.nanoTime() > end) throw new TimeoutException();
    }
}

/// Without a limit for clients, and with one.
void slowClient() throws Exception {
    Slow free = slow("0");
    Slow limited = slow("2mb");
    table("A client that does not read", row("maxmemory-clients",
                    "another's write", "clients cut off",
                    measured("clients hold, MB")),
            row("none", free.accepted ? "accepted" : "refused",
                    free.cutOff, free.bytes / 1e6),
            row("2mb", limited.accepted ? "accepted" : "refused",
                    limited.cutOff, limited.bytes / 1e6));
    check("no limit: one key, and writes are refused", !free.accepted);
    check("the client is gone: writes work", free.after);
    check("a limit: the client is cut off, writes work",
            limited.cutOff == 1 && limited.accepted);
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

/// 3,000 keys, three of them big. One of these hides it.
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
        var sizes = sizes(server.client(), samples);
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

/// Seats sold by flight.
Map<Integer, Integer> seats() throws SQLException {
    var seats = new TreeMap<Integer, Integer>();
    try (var db = flughafen().getConnection();
            var sql = db.prepareStatement("""
                    SELECT flight_id, count(booking_id)
                    FROM flight LEFT JOIN booking USING (flight_id)
                    GROUP BY flight_id LIMIT ?""")) {
        sql.setInt(1, flights);
        ResultSet rows = sql.executeQuery();
        while (rows.next()) seats.put(rows.getInt(1), rows.getInt(2));
    }
    return seats;
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

/// Bytes per seat count of a server that keeps `size` in each hash.
double bytesPerEntry(Map<Integer, Integer> seats, int size) {
    try (var server = privateValkey()) {
        var valkey = server.client();
        long before = stored(valkey);
        int together = size == 1 ? 100 : size; // in one command
        seats.keySet().stream().collect(groupingBy(
                flight -> flight / together)).forEach((n, ids) -> {
            if (size == 1) valkey.mset(ids.stream().flatMap(id ->
                    Stream.of("seats:" + id, "" + seats.get(id)))
                    .toArray(String[]::new));
            else valkey.hset("seats:" + n, ids.stream().collect(
                    toMap(id -> "" + id % size, id -> "" + seats.get(id))));
        });
        return (stored(valkey) - before) / (double) seats.size();
    }
}

/// Bytes in use, without those that clients have for their buffers.
long stored(UnifiedJedis valkey) {
    return info(valkey, "used_memory") - info(valkey, "mem_clients_normal");
}

/// The same seat counts, a key for each, and in hashes.
void buckets() throws SQLException {
    var seats = seats();
    double single = bytesPerEntry(seats, 1);
    double ten = bytesPerEntry(seats, 10);
    double many = bytesPerEntry(seats, bucket);
    double full = bytesPerEntry(seats, 512);
    double over = bytesPerEntry(seats, 1_000);
    chart("Bytes per seat count", "bytes", bar("a key each", single),
            bar("hashes of 10", ten), bar("hashes of " + bucket, many),
            bar("hashes of 512", full), bar("hashes of 1000", over));
    check("hashes of " + bucket + ": at least three times smaller",
            single > 3 * many);
    check("hashes of 1000: over three times those of 512",
            over > 3 * full);
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

record Flight(int id, String flightno, String from, String to,
        String departure, String arrival) {}

/// The timetable from a flight on, so many rows, as JSON.
byte[] timetable(int first, int rows) throws SQLException {
    var flights = new ArrayList<Flight>();
    try (var db = flughafen().getConnection();
            var sql = db.prepareStatement("""
                    SELECT flight_id, flightno, f.iata, t.iata,
                           departure, arrival
                    FROM flight
                    JOIN airport f ON f.airport_id = "from"
                    JOIN airport t ON t.airport_id = "to"
                    WHERE flight_id >= ?
                    ORDER BY flight_id LIMIT ?""")) {
        sql.setInt(1, first);
        sql.setInt(2, rows);
        ResultSet r = sql.executeQuery();
        while (r.next()) flights.add(new Flight(r.getInt(1),
                r.getString(2), r.getString(3), r.getString(4),
                r.getString(5), r.getString(6)));
    }
    return JsonMapper.shared().writeValueAsBytes(flights);
}

/// Smaller, by what repeats within it and by what the dictionary has.
byte[] deflate(byte[] plain, byte[] dictionary) throws IOException {
    try (var deflater = new Deflater()) {
        deflater.setDictionary(dictionary);
        return new DeflaterInputStream(new ByteArrayInputStream(plain),
                deflater).readAllBytes();
    }
}

/// As it was. Needs the dictionary that deflated it.
byte[] inflate(byte[] small, byte[] dictionary) throws Exception {
    try (var inflater = new Inflater()) {
        var plain = new ByteArrayOutputStream();
        inflater.setInput(small);
        byte[] part = new byte[8_192];
        while (!inflater.finished()) {
            int n = inflater.inflate(part);
            if (inflater.needsDictionary()) {
                inflater.setDictionary(dictionary);
            } else if (n == 0) throw new DataFormatException("cut short");
            plain.write(part, 0, n);
        }
        return plain.toByteArray();
    }
}

/// What is left of `rows` rows, in percent, after a look at the way back.
double left(int rows, byte[] dictionary) throws Exception {
    byte[] plain = timetable(1, rows);
    byte[] small = deflate(plain, dictionary);
    if (!Arrays.equals(plain, inflate(small, dictionary))) {
        throw new IllegalStateException("not what it was");
    }
    return 100.0 * small.length / plain.length;
}

/// The timetable, compressed: by rows per value.
void compress() throws Exception {
    byte[] none = {};
    byte[] rows = timetable(1_000, 10); // others, of the same shape
    double one = left(1, none);
    double known = left(1, rows);
    double ten = left(10, none);
    double hundred = left(100, none);
    chart("What is left of the JSON", "percent", bar("1 row", one),
            bar("1 row, dictionary", known), bar("10 rows", ten),
            bar("100 rows", hundred));
    check("1 row: less than a quarter is saved", one > 75);
    check("100 rows: more than two thirds", hundred < 100 / 3.0);
    check("1 row with a dictionary: at least half", known < 50);

    byte[] plain = timetable(1, 100);
    byte[] small = deflate(plain, none);
    measure("100 rows: deflate", () -> deflate(plain, none));
    measure("100 rows: inflate", () -> inflate(small, none));
    valkey().set("timetable".getBytes(), plain);
    measure("100 rows: GET", () -> valkey().get("timetable".getBytes()));
}
