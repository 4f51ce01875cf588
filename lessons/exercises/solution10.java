///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static lab.Lab.*;

// Values differ in size: GDSF with its S, and a budget of bytes.

final int budget = 1_000; // bytes of values that may be kept

void main() {
    steps(this::room, this::full, this::smallOrLarge, this::used,
            this::setAgain, this::tooLarge, this::oldFame);
}

/// GDSF: worth is uses x cost / size. The bytes of what is kept are counted
/// under `bytes`; HSTRLEN says how many a key has.
String gdsf(String key, String... loaded) {
    var keys = Stream.of("value", "uses", "cost", "worth", "floor", "bytes")
            .map("{sized}:"::concat).toList();
    var args = new ArrayList<>(List.of(key, "" + budget));
    args.addAll(List.of(loaded));
    return (String) valkey().eval("""
            local values, uses, costs, worth, floor, bytes = unpack(KEYS)
            local key, budget, value, cost = unpack(ARGV)
            local before = redis.call('HSTRLEN', values, key)
            if value and #value > tonumber(budget) then -- the older goes
                redis.call('DECRBY', bytes, before)
                redis.call('ZREM', worth, key)
                for _, hash in ipairs({values, uses, costs}) do
                    redis.call('HDEL', hash, key)
                end
                return value
            end
            if value then
                redis.call('INCRBY', bytes, #value - before)
                redis.call('HSET', values, key, value)
                redis.call('HSET', costs, key, cost)
            else
                value = redis.call('HGET', values, key)
                cost = redis.call('HGET', costs, key)
                if not value then return nil end
            end
            local n = redis.call('HINCRBY', uses, key, 1)
            local age = redis.call('GET', floor) or 0
            redis.call('ZADD', worth, age + n * cost / #value, key)
            budget = tonumber(budget)
            while tonumber(redis.call('GET', bytes)) > budget do
                local least = redis.call('ZPOPMIN', worth)
                redis.call('SET', floor, least[2])
                local size = redis.call('HSTRLEN', values, least[1])
                redis.call('DECRBY', bytes, size)
                for _, hash in ipairs({values, uses, costs}) do
                    redis.call('HDEL', hash, least[1])
                end
            end
            return value""", keys, args);
}

/// A value of so many bytes, whose load took so many ms.
void keep(String key, int bytes, int cost) {
    gdsf(key, "x".repeat(bytes), "" + cost);
}

/// The keys that are kept, and their bytes.
Map<String, Integer> kept() {
    var kept = new TreeMap<String, Integer>();
    valkey().hgetAll("{sized}:value").forEach(
            (key, value) -> kept.put(key, value.length()));
    return kept;
}

int bytes() {
    return kept().values().stream().mapToInt(b -> b).sum();
}

/// An empty cache.
void empty() {
    valkey().del(Stream.of("value", "uses", "cost", "worth", "floor",
            "bytes").map("{sized}:"::concat).toArray(String[]::new));
}

void room() {
    empty();
    for (int i = 0; i < 20; i++) keep("small:" + i, 50, 1);
    check("20 values of 50 bytes fit into 1,000", kept().size() == 20);
}

void full() {
    empty();
    for (int i = 0; i < 20; i++) keep("large:" + i, 300, 1);
    check("never more bytes than the budget", bytes() <= budget);
    check("and no room wasted: three of 300", kept().size() == 3);
}

void smallOrLarge() {
    empty();
    keep("whole", 600, 10);
    for (int i = 0; i < 5; i++) keep("small:" + i, 100, 10);
    check("the same cost: six times the bytes are worth a sixth",
            !kept().containsKey("whole") && kept().size() == 5);
}

void used() {
    empty();
    keep("whole", 600, 10);
    for (int i = 0; i < 7; i++) gdsf("whole");
    for (int i = 0; i < 5; i++) keep("small:" + i, 100, 10);
    check("read eight times, it is worth its bytes",
            kept().containsKey("whole"));
    check("and the small ones share the rest", bytes() <= budget);
}

void setAgain() {
    empty();
    for (int i = 0; i < 5; i++) keep("again", 400, 10);
    keep("other", 500, 10);
    check("who is set again takes its bytes only once",
            kept().size() == 2);
}

void tooLarge() {
    empty();
    keep("a", 300, 1);
    keep("b", 300, 1);
    keep("giant", 5_000, 1_000_000);
    check("what does not fit is not kept", !kept().containsKey("giant"));
    check("and drives nobody out", kept().size() == 2);
    keep("a", 5_000, 1);
    check("an older value of its key goes",
            kept().keySet().equals(Set.of("b")));
}

void oldFame() {
    empty();
    keep("old", 500, 10);
    for (int i = 0; i < 9; i++) gdsf("old");
    for (int i = 0; i < 40; i++) keep("new:" + i, 500, 10);
    check("what nobody reads any more goes in the end",
            !kept().containsKey("old"));
}
