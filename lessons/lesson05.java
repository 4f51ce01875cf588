///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import java.sql.SQLException;
import lab.Figures.Box;
import lab.Figures.Row;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

final int flights = knob("flights", 3, 1, 12);   // shown of each day
final int writes = knob("writes", 50, 1, 1_000); // of one price

final String page = "airport:1";
// ms for which a fragment's text is kept; static, as a record sees no other
static final int ttl = 600_000;

final Queue<String> computed = new ConcurrentLinkedQueue<>(); // by name
final LongAdder queries = new LongAdder();

void main() {
    steps(this::oneLeaf, this::keysKept, this::twoLeaves,
            this::touchOrder, this::slowReader);
}

/// Asks the database, and counts it.
List<String> ask(String sql, Object... values) throws SQLException {
    queries.increment();
    return column(flughafenCopy(), sql, values);
}

/// What a fragment's name begins with: which kind it is.
String kind(String name) {
    return name.substring(0, name.indexOf(':'));
}

/// The rest: the key of its row, or the day.
String id(String name) {
    return name.substring(name.indexOf(':') + 1);
}

/// The one thing that a query says of a fragment.
String one(String sql, String name) throws SQLException {
    return ask(sql, id(name)).getFirst();
}

/// The names of what is inside a fragment, in order.
List<String> inside(String name) throws SQLException {
    return switch (kind(name)) {
        case "airport" -> ask("""
                SELECT DISTINCT 'departures:' || date(departure)
                FROM flight, meta
                WHERE "from" = ? AND departure < date(epoch, '2 days')
                ORDER BY departure""", id(name));
        case "departures" -> ask("""
                SELECT 'flight:' || flight_id FROM flight
                WHERE "from" = ?1 AND departure >= ?2
                    AND departure < date(?2, '1 day')
                ORDER BY departure, flight_id LIMIT ?3""",
                id(page), id(name), flights);
        case "flight" -> List.of("airplane:" + one("""
                SELECT airplane_id FROM flight
                WHERE flight_id = ?""", name), "price:" + id(name));
        default -> List.of(); // a leaf
    };
}

/// A fragment's own text, without what is inside.
String own(String name) throws SQLException {
    return switch (kind(name)) {
        case "airport" -> one("""
                SELECT name FROM airport WHERE airport_id = ?""", name);
        case "flight" -> one("""
                SELECT flightno || ' at ' || substr(departure, 12, 5)
                FROM flight WHERE flight_id = ?""", name);
        case "airplane" -> one("""
                SELECT capacity || ' seats in a ' || identifier
                FROM airplane JOIN airplane_type USING (type_id)
                WHERE airplane_id = ?""", name);
        case "price" -> one("""
                SELECT printf('from %.2f', min(price))
                FROM booking WHERE flight_id = ?""", name);
        default -> id(name); // departures: the day
    };
}

/// A fragment, and the version it had when a reader looked.
record Doll(String name, long version) {}

List<Doll> versions(List<String> names) {
    List<String> known = valkey().mget(names.stream()
            .map(name -> name + ":version").toArray(String[]::new));
    return IntStream.range(0, names.size()).mapToObj(i -> new Doll(
            names.get(i), known.get(i) == null ? 0
                    : Long.parseLong(known.get(i)))).toList();
}

/// Texts of a level: kept, or else computed around what is inside.
/// The versions are read first, before all that they stand for.
List<String> read(Store store, List<String> names) throws SQLException {
    List<Doll> level = versions(names);
    List<String> texts = store.get(level);
    for (int i = 0; i < texts.size(); i++) {
        if (texts.get(i) != null) continue;
        texts.set(i, text(store, level.get(i).name()));
        store.set(level.get(i), texts.get(i));
    }
    return texts;
}

/// Computes a text. Registers it with its parts before it reads them.
String text(Store store, String name) throws SQLException {
    computed.add(name);
    List<String> inside = inside(name);
    if (inside.isEmpty()) return own(name);
    register(name, inside);
    return own(name) + read(store, inside);
}

/// Texts in Valkey. A fragment decides their key, and a stamp on them.
/// Its `keys` are all that were ever set.
record Store(Function<Doll, String> key, Function<Doll, String> stamp,
        Set<String> keys) {
    Store(Function<Doll, String> key, Function<Doll, String> stamp) {
        this(key, stamp, ConcurrentHashMap.newKeySet());
    }

    /// What is kept of these; null for what is not, or is stamped
    /// otherwise.
    List<String> get(List<Doll> level) {
        List<String> kept = valkey().mget(
                level.stream().map(key).toArray(String[]::new));
        var texts = new ArrayList<String>();
        for (int i = 0; i < kept.size(); i++) {
            String text = kept.get(i);
            String wanted = stamp.apply(level.get(i));
            texts.add(text != null && text.startsWith(wanted)
                    ? text.substring(wanted.length()) : null);
        }
        return texts;
    }

    void set(Doll doll, String text) {
        keys.add(key.apply(doll));
        valkey().set(key.apply(doll), stamp.apply(doll) + text,
                setParams().px(ttl));
    }
}

/// Key-based expiration: another version is another key.
final Store inKey = new Store(
        doll -> doll.name() + ":v" + doll.version(), doll -> "");

/// A recyclable key: the version is stamped on the text.
final Store inValue = new Store(
        doll -> doll.name() + ":stamped", doll -> doll.version() + " ");

/// No versions: what a write changes, it deletes.
final Store unversioned = new Store(
        doll -> doll.name() + ":text", doll -> "");

/// Notes for each part what contains it.
void register(String name, List<String> inside) {
    try (var pipeline = valkey().pipelined()) {
        for (String part : inside) pipeline.sadd(part + ":within", name);
    }
}

/// Does something to a fragment, then to all that contain it: from the
/// inside out, a level and a pipeline at a time. Returns their names.
Set<String> outward(String leaf,
        BiConsumer<AbstractPipeline, String> action) {
    var names = new HashSet<String>();
    Set<String> level = Set.of(leaf);
    while (!level.isEmpty()) {
        names.addAll(level);
        var within = new ArrayList<Response<Set<String>>>();
        try (var pipeline = valkey().pipelined()) {
            for (String name : level) {
                action.accept(pipeline, name); // only then ask who has it
                within.add(pipeline.smembers(name + ":within"));
            }
        }
        level = within.stream().flatMap(reply -> reply.get().stream())
                .collect(Collectors.toSet());
    }
    return names;
}

/// A new version of a fragment, and of all that contain it. Versions have
/// no TTL: one that began again would stand for old texts.
Set<String> touch(String leaf) {
    return outward(leaf, (pipeline, name) ->
            pipeline.incr(name + ":version"));
}

/// Changes a leaf's rows: ten more for each ticket, or a seat less.
void change(String leaf) throws SQLException {
    ask(kind(leaf).equals("price")
            ? "UPDATE booking SET price = price + 10 WHERE flight_id = ?"
            : "UPDATE airplane SET capacity = capacity - 1"
                    + " WHERE airplane_id = ?", id(leaf));
}

/// A write: the change is committed, then touched.
Set<String> write(String leaf) throws SQLException {
    change(leaf);
    return touch(leaf);
}

String page(Store store) throws SQLException {
    computed.clear();
    return read(store, List.of(page)).getFirst();
}

/// The page as the database has it, from no cache.
String truth(String name) throws SQLException {
    var texts = new ArrayList<String>();
    for (String part : inside(name)) texts.add(truth(part));
    return own(name) + (texts.isEmpty() ? "" : texts);
}

/// Reads the page cold, warm, and after writes to a leaf.
void oneLeaf() throws SQLException {
    var rows = new ArrayList<Row>();
    rows.add(counted("cold"));
    check("cold: no fragment is computed twice",
            computedJust(Set.copyOf(computed)));
    rows.add(counted("warm"));
    check("warm: none, and no query",
            computed.isEmpty() && queries.sum() == 0);
    for (String leaf : leaves(0).reversed()) {
        Set<String> touched = write(leaf);
        rows.add(counted(leaf + " written"));
        chart(leaf + " written", drawn(page));
        check("it and what contains it are computed, nothing else",
                computedJust(touched));
    }
    table("Reads of the page",
            row("read", "fragments computed", "queries"), rows);
    check("the page is as the database has it",
            page(inKey).equals(truth(page)));
}

Row counted(String read) throws SQLException {
    queries.reset();
    page(inKey);
    return row(read, computed.size(), queries.sum());
}

/// The airplane and the price of a day's first flight.
List<String> leaves(int day) throws SQLException {
    String departures = inside(page).get(day);
    return inside(inside(departures).getFirst());
}

/// Was each of these computed, once, and nothing else?
boolean computedJust(Set<String> names) {
    return computed.size() == names.size() && names.containsAll(computed);
}

/// A box for each fragment; what was computed is marked.
Box drawn(String name) throws SQLException {
    var inner = new ArrayList<Box>();
    for (String part : inside(name)) inner.add(drawn(part));
    return box(name, computed.contains(name) ? "computed" : "",
            inner.toArray(Box[]::new));
}

/// A price is written again and again, and the page read each time.
void keysKept() throws SQLException {
    page(inValue);
    int before = inKey.keys().size();
    int fragments = inValue.keys().size();
    for (int i = 0; i < writes; i++) {
        write(leaves(0).getLast());
        page(inKey);
        page(inValue);
    }
    long inKeys = kept(inKey);
    long inValues = kept(inValue);
    chart("Texts in Valkey", "keys", bar("version in the key", inKeys),
            bar("version in the value", inValues));
    check("in the key: four more for each write",
            inKeys == before + 4 * writes);
    check("in the value: one for each fragment", inValues == fragments);
}

/// How many of the keys that were set are in Valkey.
long kept(Store store) {
    return valkey().exists(store.keys().toArray(String[]::new));
}

/// Two writers at once: of a price on the first day, and on the second.
void twoLeaves() throws Exception {
    long before = versions(List.of(page)).getFirst().version();
    var start = new CyclicBarrier(2);
    var touched = new ArrayList<String>();
    try (var writers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("writer-", 1).factory())) {
        var both = new ArrayList<Callable<Set<String>>>();
        for (int day : new int[] {0, 1}) {
            String leaf = leaves(day).getLast();
            both.add(() -> {
                start.await(10, SECONDS);
                return write(leaf);
            });
        }
        for (var write : writers.invokeAll(both)) {
            touched.addAll(write.get());
        }
    }
    String told = page(inKey);
    long after = versions(List.of(page)).getFirst().version();
    check("the page is two versions on", after == before + 2);
    check("eight versions counted up, seven fragments computed",
            touched.size() == 8 && computed.size() == 7
                    && computedJust(Set.copyOf(touched)));
    check("the page shows both writes", told.equals(truth(page)));
}

/// Half of a write.
interface Half {
    void of(String leaf) throws SQLException;
}

/// What readers met: how much one computed, and is the page right?
record Seen(int computed, boolean isNew) {
    Row rowOf(String what) {
        return row(what, computed, isNew ? "new" : "old");
    }
}

/// A reader between the halves of a write, and one afterwards.
Seen between(Half first, Half second) throws SQLException {
    String leaf = leaves(0).getLast();
    first.of(leaf);
    page(inKey);
    int meanwhile = computed.size();
    second.of(leaf);
    return new Seen(meanwhile, page(inKey).equals(truth(page)));
}

/// Three ways to write, each with a reader in the middle.
void touchOrder() throws SQLException {
    Seen alone = between(this::change,
            leaf -> valkey().incr(leaf + ":version"));
    Seen after = between(this::change, this::touch);
    Seen before = between(this::touch, this::change);
    table("A reader in the middle of a write",
            row("the write", "computed in the middle", "page afterwards"),
            alone.rowOf("change, touch the leaf alone"),
            after.rowOf("change, then touch"),
            before.rowOf("touch, then change"));
    check("the leaf alone: the page stays old", !alone.isNew());
    check("change, then touch: the page is new", after.isNew());
    check("touch, then change: the page is old", !before.isNew());
    check("a later reader finds it under the current version",
            !page(inKey).equals(truth(page)) && computed.isEmpty());
}

/// A write for texts without versions: from the inside out, too.
void writeAndDelete(String leaf) throws SQLException {
    change(leaf);
    outward(leaf, (pipeline, name) ->
            pipeline.unlink(unversioned.key().apply(new Doll(name, 0))));
}

/// A reader computes the page, and pauses before it sets it. Meanwhile
/// there is a write, and another reader.
Seen race(Store store, Half write) throws Exception {
    String leaf = leaves(0).getLast();
    page(store);
    write.of(leaf);
    var pause = new CyclicBarrier(2); // it begins, and it ends
    var slow = new FutureTask<>(() -> {
        Doll doll = versions(List.of(page)).getFirst();
        String text = text(store, page);
        pause.await(10, SECONDS);
        pause.await(10, SECONDS);
        store.set(doll, text);
        return text;
    });
    Thread.ofVirtual().name("slow reader").start(slow);
    pause.await(10, SECONDS);
    write.of(leaf);
    page(store);
    pause.await(10, SECONDS);
    slow.get(10, SECONDS);
    String told = page(store);
    return new Seen(computed.size(), told.equals(truth(page)));
}

/// The same race, three times.
void slowReader() throws Exception {
    Seen deleted = race(unversioned, this::writeAndDelete);
    Seen key = race(inKey, this::write);
    Seen value = race(inValue, this::write);
    table("After a slow reader",
            row("versions", "next reader computes", "its page"),
            deleted.rowOf("none: a write deletes"),
            key.rowOf("in the key"), value.rowOf("in the value"));
    check("deleted: the old page is back", !deleted.isNew());
    check("version in the key: nobody finds the old page",
            key.isNew() && key.computed() == 0);
    check("version in the value: it is found, refused and computed",
            value.isNew() && value.computed() == 1);
}
