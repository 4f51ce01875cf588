///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static lab.Lab.*;

// Blocks are shared: an object that goes must leave those of the others.

void main() {
    steps(this::shared, this::replaced, this::twiceWithin);
}

/// Keeps an object: its blocks, and the list of them under its name.
/// Change `keep` and `forget`; that is all.
void keep(String name, String... blocks) throws Exception {
    valkey().del("list:" + name);
    for (String block : blocks) {
        String key = key(block);
        valkey().set(key, block);
        valkey().rpush("list:" + name, key);
    }
}

/// Forgets an object, and what nobody needs any more.
void forget(String name) {
    for (String key : valkey().lrange("list:" + name, 0, -1)) {
        valkey().del(key);
    }
    valkey().del("list:" + name);
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
