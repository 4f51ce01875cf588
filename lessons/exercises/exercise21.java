///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static lab.Lab.*;

import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;

// A release has gone. Remove what it kept: every key with its prefix.

UnifiedJedis valkey; // a server of one's own: we remove keys

void main() {
    steps(this::all, this::others, this::literally, this::again,
            this::politely);
}

/// Removes every key that begins with `prefix`, and no other. Returns how
/// many it removed. This is all you have to change.
long purge(String prefix) {
    var how = new ScanParams().match(prefix + "*").count(100);
    var page = valkey.scan("0", how).getResult();
    return valkey.del(page.toArray(String[]::new));
}

void all() {
    valkey = privateValkey().client();
    for (int flight = 1; flight <= 3_000; flight++) {
        valkey.mset("fare:v1:" + flight, "100",
                "fare:v2:" + flight, "10000");
    }
    long removed = purged("fare:v1:");
    check("no key of version 1 is left", left("fare:v1:") == 0);
    check("it says how many there were", removed == 3_000);
}

void others() {
    check("version 2 is as it was", left("fare:v2:") == 3_000);
}

void literally() {
    valkey.mset("seat[12]:a", "", "seat[12]:b", "", "seat1:a", "");
    valkey.mset("what?:a", "", "whats:a", "", "all*:a", "", "alls:a", "");
    valkey.mset("back\\slash:a", "", "backslash:a", "");
    long removed = purged("seat[12]:") + purged("what?:")
            + purged("all*:") + purged("back\\slash:");
    check("a prefix is no pattern: all that begin with it are gone",
            removed == 5 && left("seat[12]:") == 0);
    check("and no others", valkey.exists("seat1:a", "whats:a", "alls:a",
            "backslash:a") == 4);
}

void again() {
    check("where there is nothing to remove, it removes nothing",
            purged("fare:v1:") == 0 && purged("no such:") == 0);
}

void politely() {
    check("KEYS was not needed", info(valkey, "cmdstat_keys") == 0);
    check("nor FLUSHDB", info(valkey, "cmdstat_flushdb") == 0);
}

/// What `purge` says. -1 if it fails: the checks go on.
long purged(String prefix) {
    try {
        return purge(prefix);
    } catch (RuntimeException e) {
        IO.println("purge(\"" + prefix + "\"): " + e.getMessage());
        return -1;
    }
}

/// How many keys begin so. The script looks at all, in one go.
long left(String prefix) {
    return (Long) valkey.eval("""
            local n, cursor = 0, '0'
            repeat
                local page = redis.call('SCAN', cursor, 'COUNT', 1000)
                for _, key in ipairs(page[2]) do
                    if key:sub(1, #ARGV[1]) == ARGV[1] then n = n + 1 end
                end
                cursor = page[1]
            until cursor == '0'
            return n""", List.of(), List.of(prefix));
}
