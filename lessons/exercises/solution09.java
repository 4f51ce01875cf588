///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static lab.Lab.*;

import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;

// 2,000 remarks on flights, in half the bytes of a key each.

UnifiedJedis valkey; // a server of one's own: we look at every key

void main() {
    steps(this::keeps, this::small, this::packed, this::replaces,
            this::removes);
}

/// Short remarks share a hash, a hundred of them. One over 64 bytes would
/// make that a hashtable: it has a key of its own.
void put(int flight, String remark) {
    if (remark.getBytes().length <= 64) {
        valkey.hset(hash(flight), field(flight), remark);
        valkey.del("remark:" + flight);
    } else {
        valkey.set("remark:" + flight, remark);
        valkey.hdel(hash(flight), field(flight));
    }
}

/// The remark, or null if there is none.
String get(int flight) {
    String remark = valkey.hget(hash(flight), field(flight));
    return remark != null ? remark : valkey.get("remark:" + flight);
}

/// Afterwards there is none.
void remove(int flight) {
    valkey.hdel(hash(flight), field(flight));
    valkey.del("remark:" + flight);
}

String hash(int flight) {
    return "remarks:" + flight / 100;
}

String field(int flight) {
    return "" + flight % 100;
}

/// Mostly short. One in a hundred is long.
String remark(int flight) {
    return switch (flight % 200) {
        case 0 -> "diverted, ".repeat(20);
        case 100 -> "Zürich ".repeat(9); // 63 letters
        default -> "gate " + flight % 90;
    };
}

void keeps() {
    valkey = privateValkey().client();
    for (int f = 1; f <= 2_000; f++) put(f, remark(f));
    check("what was put is there", IntStream.rangeClosed(1, 2_000)
            .allMatch(f -> remark(f).equals(get(f))));
    check("what was not put is null",
            get(2_001) == null && get(1_000_000) == null);
}

void small() {
    long bytes = keys().stream().mapToLong(this::bytes).sum();
    long each = 0;
    for (int f = 1; f <= 2_000; f++) {
        valkey.set("each:" + f, remark(f));
        each += bytes("each:" + f);
        valkey.del("each:" + f);
    }
    check("at most half the bytes of a key each",
            2 * bytes <= each);
}

void packed() {
    var hashes = keys().stream().filter(
            key -> valkey.type(key).equals("hash")).toList();
    long packed = hashes.stream().filter(key ->
            valkey.objectEncoding(key).equals("listpack")).count();
    check("there are hashes", !hashes.isEmpty());
    check("each is a listpack: few fields, and all of them short",
            !hashes.isEmpty() && packed == hashes.size());
}

void replaces() {
    put(7, remark(200));
    check("a long remark replaces a short one",
            remark(200).equals(get(7)));
    put(7, "gate 9");
    check("and a short one a long one", "gate 9".equals(get(7)));
}

void removes() {
    remove(7);
    put(8, remark(200));
    remove(8);
    remove(200);
    check("what was removed is gone",
            get(7) == null && get(8) == null && get(200) == null);
    check("its neighbours are not", remark(6).equals(get(6))
            && remark(9).equals(get(9)) && remark(201).equals(get(201)));
    for (int f = 1; f <= 2_000; f++) remove(f);
    check("without remarks there are no keys", keys().isEmpty());
}

long bytes(String key) {
    return valkey.memoryUsage(key, 0);
}

/// Every key: a set, for SCAN may give one twice.
Set<String> keys() {
    var keys = new HashSet<String>();
    String cursor = ScanParams.SCAN_POINTER_START;
    do {
        var page = valkey.scan(cursor, new ScanParams().count(1_000));
        keys.addAll(page.getResult());
        cursor = page.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return keys;
}
