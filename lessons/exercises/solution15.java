///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static lab.Lab.*;

// Blocks are shared: each knows the names that need it.

void main() {
    steps(this::shared, this::replaced, this::twiceWithin);
}

/// Keeps an object: its blocks, for each the set of names that need it,
/// and the list of them under its name. The old version goes last: what
/// both have is never gone.
void keep(String name, String... blocks) throws Exception {
    List<String> old = valkey().lrange("list:" + name, 0, -1);
    valkey().del("list:" + name);
    var now = new HashSet<String>();
    for (String block : blocks) {
        String key = key(block);
        now.add(key);
        valkey().sadd(key + ":names", name);
        valkey().set(key, block);
        valkey().rpush("list:" + name, key);
    }
    for (String key : old) {
        if (!now.contains(key)) release(key, name);
    }
}

/// Forgets an object, and what nobody needs any more.
void forget(String name) {
    for (String key : valkey().lrange("list:" + name, 0, -1)) {
        release(key, name);
    }
    valkey().del("list:" + name);
}

/// A set counts a name once, however often it comes. Removing and looking
/// are one step: nobody adds a name in between.
void release(String key, String name) {
    valkey().eval("""
            redis.call('SREM', KEYS[2], ARGV[1])
            if redis.call('SCARD', KEYS[2]) == 0 then
                redis.call('DEL', KEYS[1])
            end""", List.of(key, key + ":names"), List.of(name));
}

/// The key of a block is the SHA-256 of its bytes.
String key(String block) throws Exception {
    var sha256 = MessageDigest.getInstance("SHA-256");
    return "block15:{" + HexFormat.of().formatHex(
            sha256.digest(block.getBytes())) + "}";
}

/// An object as it is kept: `null` in it is a block that is gone.
String read(String name) {
    var text = new StringBuilder();
    for (String key : valkey().lrange("list:" + name, 0, -1)) {
        text.append(valkey().get(key));
    }
    return text.toString();
}

boolean kept(String block) throws Exception {
    return valkey().exists(key(block));
}

void shared() throws Exception {
    keep("ZRH", "roof ", "gates ");
    keep("GVA", "roof ", "lake ");
    forget("ZRH");
    check("one goes: the other is whole", read("GVA").equals("roof lake "));
    check("what only the one had is gone", !kept("gates "));
    forget("GVA");
    check("both are gone: no block is left",
            !kept("roof ") && !kept("lake "));
}

void replaced() throws Exception {
    keep("ZRH", "roof ", "gates ");
    keep("ZRH", "roof ", "pier ");
    check("a new version: the object is whole",
            read("ZRH").equals("roof pier "));
    check("what only the old version had is gone", !kept("gates "));
    forget("ZRH");
    check("kept twice, forgotten once: no block is left",
            !kept("roof ") && !kept("pier "));
    forget("ZRH");
    keep("GVA", "roof ");
    forget("ZRH");
    check("forgotten twice: the other is whole",
            read("GVA").equals("roof "));
    forget("GVA");
}

void twiceWithin() throws Exception {
    keep("ZRH", "gate ", "gate ", "roof ");
    keep("GVA", "gate ");
    check("a block twice in one object: it is whole",
            read("ZRH").equals("gate gate roof "));
    forget("ZRH");
    check("it goes: the other is whole", read("GVA").equals("gate "));
    forget("GVA");
    check("both are gone: no block is left",
            !kept("gate ") && !kept("roof "));
}
