///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java lab/s3/ObjectStore.java lab/s3/RecordedS3.java
// Half the time to start; nothing here runs long enough to need more.
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import java.util.concurrent.locks.LockSupport;
import lab.Figures.Row;
import lab.s3.ObjectStore;
import redis.clients.jedis.UnifiedJedis;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

final int block = knob("block", 4_096, 1_024, 8_192); // bytes of a block
final int limit = knob("limit", 256, 1, 16_384); // KB; more is not kept
final int cacheMb = knob("cache", 5, 1, 50);       // MB, in `bySize`
final int ttl = 600_000;                         // ms, of what is kept

final String bucket = "airport";
final String zrh = "maps/ZRH.svg"; // an object, in either version:
final String open = map(500, "open");
final String shut = map(500, "shut");
final int last = blocks(utf8(open)).size() - 1; // its last block
S3Client s3;

void main() {
    steps(this::sameETag, this::sameBytes, this::missingBlocks,
            this::twoVersions, this::tooLarge, this::bySize,
            varies(this::neighbours));
}

/// The object store, an S3-compatible server: a process of its own.
void store() throws Exception {
    ObjectStore.serve();
}

/// Two letters, in a colour of the airline's own.
String logo(String iata) {
    return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 50">
            <text x="9" y="40" fill="hsl(%d 70%% 40%%)">%s</text></svg>
            """.formatted(iata.hashCode() % 360, iata);
}

/// An airport's gates, a line each: where, its number, and its state.
String map(int gates, String state) {
    return IntStream.rangeClosed(1, gates).mapToObj(gate ->
            "\n<text x='%d' y='%d'>%05d: %s</text>".formatted(
                    gate % 100 * 60, gate / 100 * 20, gate, state))
            .collect(Collectors.joining("",
                    "<svg xmlns='http://www.w3.org/2000/svg'>", "</svg>"));
}

void put(String name, String object) {
    s3.putObject(p -> p.bucket(bucket).key(name),
            RequestBody.fromString(object));
}

byte[] utf8(String text) {
    return text.getBytes(UTF_8);
}

final LongAdder gets = new LongAdder();    // since the last count,
final LongAdder brought = new LongAdder(); // and their bytes of body

/// What the store answers: 200 or 206 with a body, 304 or 412 without.
record Got(int status, String etag, byte[] body) {}

/// GET. The client throws at 304 and 412; here they are answers.
Got get(String name, Consumer<GetObjectRequest.Builder> how) {
    gets.increment();
    try {
        var got = s3.getObjectAsBytes(r ->
                how.accept(r.bucket(bucket).key(name)));
        brought.add(got.response().contentLength());
        int status = got.response().sdkHttpResponse().statusCode();
        return new Got(status, got.response().eTag(), got.asByteArray());
    } catch (S3Exception e) {
        if (!Set.of(304, 412).contains(e.statusCode())) throw e;
        return new Got(e.statusCode(), null, null);
    }
}

/// A copy with its ETag. The store is asked each time whether that is
/// still the current one; without a copy it is asked for the object.
byte[] revalidated(String name) {
    var copy = valkey().hgetAll("copy:" + name);
    Got got = get(name, r -> r.ifNoneMatch(copy.get("etag")));
    if (got.status == 304) return utf8(copy.get("body"));
    valkey().hset("copy:" + name, Map.of("etag", got.etag,
            "body", new String(got.body, UTF_8)));
    valkey().pexpire("copy:" + name, ttl);
    return got.body;
}

/// Whether a read of the logo brings the one of `iata`.
boolean brings(String iata) {
    brought.reset();
    return Arrays.equals(revalidated("logos/LX.svg"), utf8(logo(iata)));
}

/// Three reads of a logo, which changes before the third.
void sameETag() throws Exception {
    s3 = ObjectStore.open(spawn("store", this::store));
    s3.createBucket(b -> b.bucket(bucket));
    put("logos/LX.svg", logo("LX"));
    check("the first read brings the logo", brings("LX"));
    check("the second brings it, too", brings("LX"));
    check("with a request, and without a body",
            gets.sum() == 2 && brought.sum() == 0);
    put("logos/LX.svg", logo("SR"));
    check("it changed: the third brings the new one", brings("SR"));
}

/// Keeps block `i` of an object under the SHA-256 of its bytes. The
/// manifest says which blocks an object is made of. Returns whether the
/// block was new.
boolean keepBlock(String manifest, int i, byte[] bytes) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
    String key = "block:" + HexFormat.of().formatHex(hash);
    var ifAbsent = setParams().nx().px(ttl);
    boolean fresh = valkey().set(utf8(key), bytes, ifAbsent) != null;
    valkey().hset(manifest, "" + i, key);
    valkey().pexpire(manifest, ttl);
    return fresh;
}

/// Bytes cut into blocks; the last may be shorter.
List<byte[]> blocks(byte[] bytes) {
    return IntStream.range(0, Math.ceilDiv(bytes.length, block))
            .mapToObj(i -> Arrays.copyOfRange(bytes, i * block,
                    Math.min(bytes.length, (i + 1) * block)))
            .toList();
}

/// Keeps an object. Returns how many of its blocks were new.
int keep(String name, String object) throws Exception {
    List<byte[]> all = blocks(utf8(object));
    int fresh = 0;
    for (int i = 0; i < all.size(); i++) {
        if (keepBlock("manifest:" + name, i, all.get(i))) fresh++;
    }
    return fresh;
}

/// One map four times: what is stored of it?
void sameBytes() throws Exception {
    int first = keep("a map", open);
    int same = keep("another name", open);
    int gate = keep("a gate shut",
            open.replace("00200: open", "00200: shut"));
    int shifted = keep("a byte in front", "\n" + open);
    table("A map of " + (last + 1) + " blocks",
            row("kept", "new blocks"), row("first", first),
            row("under another name", same), row("a gate shut", gate),
            row("a byte in front", shifted));
    check("the same bytes are kept once", first > last && same == 0);
    check("a gate shut: one block, or two where it lies across both",
            gate == 1 || gate == 2);
    check("a byte in front: every block is new", shifted > last);
}

/// The ETag of the current version: kept, or asked for with HEAD.
String version(String name) {
    String etag = valkey().get("version:" + name);
    if (etag == null) {
        etag = s3.headObject(h -> h.bucket(bucket).key(name)).eTag();
        valkey().set("version:" + name, etag, setParams().px(ttl));
    }
    return etag;
}

/// Blocks `first` to `last` of a version: those that are kept, and each
/// that is missing in a request. Empty if that version is gone.
Optional<byte[]> readVersion(String name, String etag, int first,
        int last, boolean ifMatch) throws Exception {
    String manifest = "manifest:" + name + ":" + etag;
    var all = new ByteArrayOutputStream();
    for (int i = first; i <= last; i++) {
        String key = valkey().hget(manifest, "" + i);
        byte[] bytes = key == null ? null : valkey().get(utf8(key));
        if (bytes == null) {
            String range = "bytes=%d-%d".formatted(
                    i * block, (i + 1) * block - 1);
            Got got = get(name, r -> r.range(range)
                    .ifMatch(ifMatch ? etag : null));
            if (got.status == 412) return Optional.empty();
            if (got.status != 206) throw new IOException("not a range");
            bytes = got.body;
            keepBlock(manifest, i, bytes);
        }
        all.writeBytes(bytes);
    }
    return Optional.of(all.toByteArray());
}

/// Reads one version, or the next, or gives up.
byte[] read(String name, int first, int last) throws Exception {
    for (int attempt = 1; attempt <= 3; attempt++) {
        var bytes = readVersion(name, version(name), first, last, true);
        if (bytes.isPresent()) return bytes.get();
        valkey().del("version:" + name); // 412: ask for it again
    }
    throw new IOException(name + " changes faster than we can read it");
}

/// Reads a part of a map, then all of it, then all of it again.
void missingBlocks() throws Exception {
    put(zrh, open);
    gets.reset();
    read(zrh, last / 3, last / 2);
    long part = gets.sumThenReset();
    byte[] map = read(zrh, 0, last);
    long rest = gets.sumThenReset();
    byte[] again = read(zrh, 0, last);
    table("A map of " + (last + 1) + " blocks", row("read", "GETs"),
            row("a part", part), row("all of it", rest),
            row("all of it again", gets.sum()));
    check("no block came twice", part + rest == last + 1);
    check("what is kept is not asked for", gets.sum() == 0);
    check("both maps are the object", Arrays.equals(map, utf8(open))
            && Arrays.equals(again, map));
}

/// All gates close while a reader is half way through the map.
Optional<byte[]> closing(boolean ifMatch) throws Exception {
    put(zrh, open);
    String etag = version(zrh);
    valkey().del("manifest:" + zrh + ":" + etag);
    readVersion(zrh, etag, 0, last / 2, ifMatch);
    put(zrh, shut);
    return readVersion(zrh, etag, 0, last, ifMatch);
}

/// Without If-Match, and with it.
void twoVersions() throws Exception {
    String mixed = new String(closing(false).orElseThrow(), UTF_8);
    table("One map, without If-Match", row("gates", "how many"),
            row("open", mixed.split("open").length - 1),
            row("shut", mixed.split("shut").length - 1));
    check("half of one version, half of the other",
            mixed.length() == open.length()
                    && mixed.contains("open") && mixed.contains("shut"));
    check("it is kept: the next reader gets it, too, If-Match or not",
            Arrays.equals(read(zrh, 0, last), utf8(mixed)));
    check("If-Match: 412, no map", closing(true).isEmpty());
    check("asked again: the new map, whole",
            Arrays.equals(read(zrh, 0, last), utf8(shut)));
}

/// Copies an object to `out`, from the cache or from the store. On its
/// way it is kept, unless it has more than `most` bytes.
void copy(UnifiedJedis cache, String name, long most, OutputStream out)
        throws IOException {
    byte[] kept = cache.get(utf8("object:" + name));
    if (kept != null) {
        out.write(kept);
        return;
    }
    try (var in = s3.getObject(g -> g.bucket(bucket).key(name))) {
        if (in.response().contentLength() > most) {
            in.transferTo(out); // a few KB at a time
            return;
        }
        byte[] object = in.readAllBytes();
        cache.set(utf8("object:" + name), object, setParams().px(ttl));
        out.write(object);
    }
}

final String large = map(90_000, "open"); // almost 4 MB

/// Reads the large map. Returns how many keys were evicted up to now.
long evicted(UnifiedJedis cache, long most) throws Exception {
    var out = new ByteArrayOutputStream();
    copy(cache, "maps/large.svg", most, out);
    check("the reader has all of it", out.toString(UTF_8).equals(large));
    return info(cache, "evicted_keys");
}

/// 2,000 small maps in a cache of 12 MB, and one of a third its size.
void tooLarge() throws Exception {
    put("maps/large.svg", large);
    try (var own = privateValkey("--maxmemory 12mb",
            "--maxmemory-policy allkeys-lru")) {
        UnifiedJedis cache = own.client();
        for (int i = 0; i < 2_000; i++) {
            cache.set("object:maps/" + i, map(100, "open"));
        }
        long refused = evicted(cache, limit * 1_024L);
        long kept = evicted(cache, Long.MAX_VALUE);
        chart("2,000 small maps, and one read of a large one",
                "keys evicted", bar("refused", refused), bar("kept", kept));
        check("refused: no key had to go", refused == 0);
        check("kept: more than a hundred had to go", kept > 100);
    }
}

/// Plays reads against a cache. Who is worth least has to go. LRU: worth
/// is when it was read last. GDSF: reads per byte, plus `age`, what the
/// last one evicted was worth. Returns the hits and their bytes.
LongSummaryStatistics play(int[] trace, int[] sizes, boolean gdsf) {
    var reads = new int[sizes.length];
    var worths = new double[sizes.length];
    var kept = new TreeSet<Integer>(Comparator.<Integer>comparingDouble(
            object -> worths[object]).thenComparing(object -> object));
    double age = 0;
    int used = 0;
    var hits = new LongSummaryStatistics();
    for (int now = 0; now < trace.length; now++) {
        int read = trace[now];
        if (kept.remove(read)) {
            hits.accept(sizes[read]);
        } else {
            used += sizes[read];
            while (used > cacheMb * 1_000_000) {
                int victim = kept.pollFirst();
                age = worths[victim];
                used -= sizes[victim];
                reads[victim] = 0;
            }
        }
        reads[read]++;
        worths[read] = gdsf ? age + 1.0 * reads[read] / sizes[read] : now;
        kept.add(read);
    }
    return hits;
}

/// Two policies, and the same 50,000 reads.
void bySize() {
    var random = new Random(1);
    // 2,000 objects: a logo has 1 to 8 KB, a map 50 times as much
    int[] sizes = random.ints(2_000, 1_024, 8_192).map(logo ->
            random.nextInt(10) == 0 ? 50 * logo : logo).toArray();
    // Zipf: object k is read in proportion to 1 / k^0.8
    int[] trace = random.doubles(50_000).mapToInt(u ->
            (int) (2_000 * u * u * u * u * u)).toArray();
    var lru = play(trace, sizes, false);
    var gdsf = play(trace, sizes, true);
    table(Arrays.stream(sizes).sum() / 1_000_000
                    + " MB of objects, a cache of " + cacheMb + " MB",
            row("policy", "hits", "MB of hits"),
            row("LRU", lru.getCount(), lru.getSum() / 1_000_000),
            row("GDSF", gdsf.getCount(), gdsf.getSum() / 1_000_000));
    check("GDSF hits more often", gdsf.getCount() > lru.getCount());
    check("and serves fewer bytes", gdsf.getSum() < lru.getSum());
}

/// How long 300 small reads take, in µs, in ascending order. They come
/// half a millisecond apart: back to back, a pause would delay one only.
long[] smallReads(UnifiedJedis cache) {
    return IntStream.range(0, 300).mapToLong(_ -> {
        LockSupport.parkNanos(500_000);
        long start = System.nanoTime();
        cache.get("small");
        return (System.nanoTime() - start) / 1_000;
    }).sorted().toArray();
}

/// Small reads while another client reads a large value, again and again,
/// in pieces of so many bytes.
Row beside(UnifiedJedis cache, String how, int piece) throws Exception {
    int pieces = (8 << 20) / piece;
    var bytes = new byte[piece];
    for (int i = 0; i < pieces; i++) cache.set(utf8("large:" + i), bytes);
    var stop = new AtomicBoolean();
    var reader = new FutureTask<>(() -> {
        int times = 0;
        long start = System.nanoTime();
        do {
            for (int i = 0; i < pieces; i++) cache.get(utf8("large:" + i));
            times++;
        } while (!stop.get());
        return (System.nanoTime() - start) / 1_000_000 / times;
    });
    Thread.ofPlatform().name("large").start(reader);
    long[] micros = smallReads(cache);
    stop.set(true);
    return row(how, micros[150], micros[297], reader.get(30, SECONDS));
}

/// A large value, whole and in pieces, and who else is read meanwhile.
void neighbours() throws Exception {
    try (var own = privateValkey()) {
        UnifiedJedis cache = own.client();
        cache.set("small", logo("LX"));
        smallReads(cache); // to warm up
        table("Small reads beside one of 8 MB",
                row("the large value is read", measured("median, µs"),
                        measured("p99, µs"), measured("large, ms")),
                beside(cache, "whole", 8 << 20),
                beside(cache, "in pieces of 1 MB", 1 << 20),
                beside(cache, "in pieces of 64 KB", 64 << 10),
                beside(cache, "in pieces of 4 KB", 4 << 10));
    }
}
