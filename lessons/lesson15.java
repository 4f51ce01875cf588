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

final int block = knob("block", 4_096, 512, 8_192); // bytes of a block
final int limit = knob("limit", 256, 1, 16_384); // KB; more is not kept
final int seed = knob("seed", 1);             // of the reads in `bySize`
final int largeMb = knob("large", 8, 1, 32);     // MB, in `neighbours`
final int ttl = 600_000;                         // ms, of every key

final String bucket = "airport";
final String zrh = "maps/ZRH.svg"; // an object, in either version:
final String open = map(800, "open");
final String shut = map(800, "shut");
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

/// A tail fin with two letters, in a colour of the airline's own.
String logo(String iata) {
    return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 60">
            <path d="M8 52 40 8h28l-8 44z" fill="hsl(%d 70%% 40%%)"/>
            <text x="30" y="44">%s</text></svg>
            """.formatted(iata.hashCode() % 360, iata);
}

/// An airport's gates, a line each: where, its number, and its state.
String map(int gates, String state) {
    var svg = new StringJoiner("\n",
            "<svg xmlns='http://www.w3.org/2000/svg'>\n", "\n</svg>\n");
    for (int gate = 1; gate <= gates; gate++) {
        svg.add("<text x='%d' y='%d'>%05d: %s</text>".formatted(
                gate % 100 * 60, gate / 100 * 20, gate, state));
    }
    return svg.toString();
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

/// What the store answers: 200 with a body, 304 or 412 without.
record Got(int status, String etag, byte[] body) {}

/// GET. The client throws at 304 and 412; here they are answers.
Got get(String name, Consumer<GetObjectRequest.Builder> how) {
    gets.increment();
    try {
        var got = s3.getObjectAsBytes(r ->
                how.accept(r.bucket(bucket).key(name)));
        brought.add(got.response().contentLength());
        return new Got(200, got.response().eTag(), got.asByteArray());
    } catch (S3Exception e) {
        if (!Set.of(304, 412).contains(e.statusCode())) throw e;
        return new Got(e.statusCode(), null, null);
    }
}

/// A copy with its ETag. The store is asked each time whether that is
/// still the current one; without a copy it is asked for the object.
Got revalidated(String name) {
    String copy = valkey().get("copy:" + name);
    String[] kept = copy == null ? new String[1] : copy.split("\n", 2);
    Got got = get(name, r -> r.ifNoneMatch(kept[0]));
    if (got.status == 304) return new Got(304, kept[0], utf8(kept[1]));
    String text = got.etag + "\n" + new String(got.body, UTF_8);
    valkey().set("copy:" + name, text, setParams().px(ttl));
    return got;
}

/// Reads a logo as it is stored now, and says what that brought.
Row logoRead(String read, String now, int status) {
    brought.reset();
    Got got = revalidated("logos/LX.svg");
    check(read + ": " + status + ", and the reader has the object",
            got.status == status
                    && Arrays.equals(got.body, utf8(logo(now))));
    return row(read, got.status, brought.sum());
}

/// Three reads of a logo, which changes before the third.
void sameETag() throws Exception {
    s3 = ObjectStore.open(spawn("store", this::store));
    s3.createBucket(b -> b.bucket(bucket));
    put("logos/LX.svg", logo("LX"));
    var first = logoRead("first read", "LX", 200);
    var again = logoRead("again", "LX", 304);
    check("304: no body", brought.sum() == 0);
    check("and still a request", gets.sum() == 2);
    put("logos/LX.svg", logo("SR"));
    table("A logo", row("read", "status", "bytes of body"), first, again,
            logoRead("after a change", "SR", 200));
}

/// The key of a block is the SHA-256 of its bytes.
String blockKey(byte[] bytes) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
    return "block:" + HexFormat.of().formatHex(hash);
}

/// Keeps block `i` of an object. The manifest says which blocks an object
/// is made of. Returns whether the block was new.
boolean keepBlock(String manifest, int i, byte[] bytes)
        throws Exception {
    String key = blockKey(bytes);
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
            open.replace("00400: open", "00400: shut"));
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
/// gap between them in one request. Empty if that version is gone.
Optional<byte[]> readVersion(String name, String etag, int first,
        int last, boolean ifMatch) throws Exception {
    String manifest = "manifest:" + name + ":" + etag;
    var found = new byte[last + 1][];
    for (int i = first; i <= last; i++) {
        String key = valkey().hget(manifest, "" + i);
        if (key != null) found[i] = valkey().get(utf8(key));
    }
    for (int i = first; i <= last; i++) {
        if (found[i] != null) continue;
        int end = i + 1;
        while (end <= last && found[end] == null) end++;
        String range = "bytes=" + i * block + "-" + (end * block - 1);
        Got got = get(name, r -> r.range(range)
                .ifMatch(ifMatch ? etag : null));
        if (got.status == 412) return Optional.empty();
        for (byte[] bytes : blocks(got.body)) {
            keepBlock(manifest, i, bytes);
            found[i++] = bytes;
        }
    }
    var all = new ByteArrayOutputStream();
    for (int i = first; i <= last; i++) all.writeBytes(found[i]);
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

/// Reads blocks of the map, and says what that took.
Row mapRead(String kept, int from, int to, int requests)
        throws Exception {
    gets.reset();
    brought.reset();
    String expected = open.substring(from * block,
            Math.min(open.length(), (to + 1) * block));
    check("kept before: " + kept + "; the object's bytes, GETs: "
            + requests, Arrays.equals(read(zrh, from, to), utf8(expected))
                    && gets.sum() == requests);
    return row(kept, to - from + 1, gets.sum(),
            Math.ceilDiv(brought.sum(), block));
}

/// Reads a part of a map, then all of it; then one block is gone.
void missingBlocks() throws Exception {
    put(zrh, open);
    var part = mapRead("nothing", last / 3, last / 2, 1);
    var all = mapRead("the middle", 0, last, 2);
    var again = mapRead("all", 0, last, 0);
    String manifest = "manifest:" + zrh + ":" + version(zrh);
    valkey().del(valkey().hget(manifest, "1")); // as an eviction would
    table("A map of " + (last + 1) + " blocks",
            row("kept before", "blocks read", "GETs", "blocks fetched"),
            part, all, again, mapRead("all but one", 0, last, 1));
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

/// How many of 1,000 logos one read of a large map evicts.
long evicted(long most) throws Exception {
    try (var own = privateValkey("--maxmemory 6mb",
            "--maxmemory-policy allkeys-lru")) {
        UnifiedJedis cache = own.client();
        for (int i = 0; i < 1_000; i++) {
            cache.set("object:logos/" + i, logo("Q" + i));
        }
        var out = new ByteArrayOutputStream();
        copy(cache, "maps/large.svg", most, out);
        check("the reader has all of it",
                out.toString(UTF_8).equals(map(90_000, "open")));
        return info(cache, "evicted_keys");
    }
}

/// A map of more than half of the cache.
void tooLarge() throws Exception {
    put("maps/large.svg", map(90_000, "open"));
    long all = evicted(Long.MAX_VALUE);
    long small = evicted(limit * 1_024L);
    table("1,000 logos, and one read of a large map",
            row("kept is", measured("keys evicted")),
            row("all that is read", all),
            row("what has up to " + limit + " KB", small));
    check("all: most logos had to go", all > 500);
    check("small objects only: no key had to go", small == 0);
}

/// Reads that the cache answered, and their bytes.
record Hits(int reads, long bytes) {
    long mb() {
        return bytes / 1_000_000;
    }
}

/// What an object is worth. `age`: what the last one evicted was worth.
interface Worth {
    double of(double age, int now, int reads, int size);
}

/// Plays reads against a cache. Who is worth least has to go.
Hits play(int[] trace, int[] sizes, int capacity, Worth worth) {
    var reads = new int[sizes.length];
    var worths = new double[sizes.length];
    var kept = new TreeSet<Integer>(Comparator.<Integer>comparingDouble(
            object -> worths[object]).thenComparing(object -> object));
    double age = 0;
    int used = 0;
    int hits = 0;
    long bytes = 0;
    for (int now = 0; now < trace.length; now++) {
        int read = trace[now];
        if (kept.remove(read)) {
            hits++;
            bytes += sizes[read];
        } else {
            used += sizes[read];
            while (used > capacity) {
                int victim = kept.pollFirst();
                age = worths[victim];
                used -= sizes[victim];
                reads[victim] = 0;
            }
        }
        worths[read] = worth.of(age, now, ++reads[read], sizes[read]);
        kept.add(read);
    }
    return new Hits(hits, bytes);
}

/// Three policies and five caches; each time the same 50,000 reads.
void bySize() {
    var random = new Random(seed);
    // 2,000 objects: a logo has 1 to 8 KB, a map 50 times as much
    int[] sizes = random.ints(2_000, 1_024, 8_192).map(logo ->
            random.nextInt(10) == 0 ? 50 * logo : logo).toArray();
    // Zipf: object k is read in proportion to 1 / k^0.8
    int[] trace = random.doubles(50_000).mapToInt(u ->
            (int) (2_000 * u * u * u * u * u)).toArray();
    var rows = new ArrayList<Row>();
    var won = new ArrayList<Boolean>(); // by GDSF, over LRU, in bytes
    for (int mb : List.of(1, 5, 10, 20, 40)) {
        int size = mb * 1_000_000;
        Hits lru = play(trace, sizes, size, (_, now, _, _) -> now);
        Hits gdsf = play(trace, sizes, size,
                (age, _, reads, bytes) -> age + 1.0 * reads / bytes);
        Hits lfuDa = play(trace, sizes, size,
                (age, _, reads, _) -> age + reads);
        rows.add(row(mb, lru.reads, lfuDa.reads, gdsf.reads,
                lru.mb(), lfuDa.mb(), gdsf.mb()));
        won.add(gdsf.bytes > lru.bytes);
        check(mb + " MB: GDSF hits more often than LRU and LFU-DA",
                gdsf.reads > Math.max(lru.reads, lfuDa.reads));
    }
    table("2,000 objects, " + Arrays.stream(sizes).sum() / 1_000_000
            + " MB in all", row("cache, MB", "hits: LRU", "LFU-DA",
            "GDSF", "MB of hits: LRU", "LFU-DA", "GDSF"), rows);
    check("in bytes GDSF wins with one size, and loses with another",
            won.contains(true) && won.contains(false));
}

/// How long small reads take, in µs, in ascending order. They come half a
/// millisecond apart: back to back, a pause would delay one of them only.
long[] smallReads(UnifiedJedis cache) {
    var micros = new long[300];
    for (int i = 0; i < micros.length; i++) {
        LockSupport.parkNanos(500_000);
        long start = System.nanoTime();
        cache.get("small");
        micros[i] = (System.nanoTime() - start) / 1_000;
    }
    Arrays.sort(micros);
    return micros;
}

/// Small reads while another client reads a large value, again and again,
/// in pieces of so many bytes.
Row beside(UnifiedJedis cache, String how, int piece)
        throws Exception {
    int pieces = (largeMb << 20) / piece;
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
        long[] alone = smallReads(cache);
        table("Small reads beside one of " + largeMb + " MB",
                row("the large value is read", measured("median, µs"),
                        measured("p99, µs"), measured("large, ms")),
                row("not at all", alone[150], alone[297], 0),
                beside(cache, "whole", largeMb << 20),
                beside(cache, "in pieces of 64 KB", 64 << 10),
                beside(cache, "in pieces of 1 KB", 1 << 10));
    }
}
