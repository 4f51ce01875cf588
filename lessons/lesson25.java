///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import java.sql.SQLException;
import javax.sql.DataSource;
import lab.Figures.Line;
import lab.Figures.Row;
import lab.Step;
import redis.clients.jedis.UnifiedJedis;
import tools.jackson.databind.json.JsonMapper;

final int writes = knob("writes", 20, 0, 90);  // % of the operations
final int ttl = knob("ttl", 20, 10, 300);      // s an entry is good
final int batch = knob("batch", 20, 1, 1_000); // writes stored at once

final int operations = 500; // of a mix, ten a second
final int flights = 20;
final JsonMapper json = JsonMapper.builder().build();
final DataSource db = flughafenCopy();

/// The patterns: each makes a new application server that goes by it.
final List<Supplier<NoCache>> ways = List.of(NoCache::new, Delete::new,
        NearCache::new, WriteThrough::new, WriteBehind::new, TtlOnly::new,
        RefreshAhead::new, Tombstone::new);

void main() {
    steps(this::withoutCache, this::cacheAside, this::price,
            this::allWays, this::byShare, this::accidents, this::guide);
}

/// What stands at a gate. The version is how often it was delayed.
record Board(int flight, int seats, long version) {}

String name(Supplier<NoCache> way) {
    return way.get().getClass().getSimpleName();
}

final Map<String, Map<String, Double>> results = new LinkedHashMap<>();
Map<String, Double> costs; // of the run, by what is counted
long clock;                // the lesson's, in ms
UnifiedJedis cache = valkey();

void count(String cost, double by) {
    costs.merge(cost, by, Double::sum);
}

/// A board as a column.
final String board = """
        json_object('flight', flight_id, 'version', version, 'seats', (
        SELECT count(*) FROM booking WHERE flight_id = flight.flight_id))
        """;
final String select = "SELECT " + board + "FROM flight WHERE flight_id = ?";
final String there = " WHERE flight_id = ? RETURNING " + board;
final String delay = "UPDATE flight SET version = version + 1" + there;
final String store = "UPDATE flight SET version = max(version, ?)" + there;

/// One statement, one board.
Board ask(String sql, Object... parameters) throws Exception {
    count("queries", 1);
    var row = column(db, sql, parameters).getFirst();
    pause();
    return json.readValue(row, Board.class);
}

final Queue<Step> meanwhile = new ArrayDeque<>();

/// A write is durable, or a board is loaded; the cache has not heard of
/// it. What is to happen meanwhile, happens once.
void pause() throws Exception {
    if (!meanwhile.isEmpty()) meanwhile.remove().run();
}

/// In braces: all keys share a slot of a cluster.
String key(Object of) {
    return "{boards}:" + of;
}

/// An entry: a board, and when it was kept. A tombstone has no board.
record Kept(long since, long version, Board board) {}

String text(long version, Board board) {
    return json.writeValueAsString(new Kept(clock, version, board));
}

/// A command was sent, with these keys and values.
void sent(String... texts) {
    count("commands", 1);
    count("bytes", String.join("", texts).length());
}

Kept get(Object flight) {
    String known = cache.get(key(flight));
    sent(key(flight), known == null ? "" : known);
    return known == null ? null : json.readValue(known, Kept.class);
}

/// How a server comes to its boards, and what the other patterns override.
class NoCache {
    Board read(int flight) throws Exception {
        return ask(select, flight);
    }

    /// Delays a flight once more. What it returns is a promise.
    Board write(int flight) throws Exception {
        Board board = ask(delay, flight);
        tell(board);
        return board;
    }

    /// What a write tells the cache.
    void tell(Board board) {}

    /// What no caller waits for. Fewer writes than `most` may wait.
    void background(int most) throws Exception {}
}

/// Cache-aside. A write does not touch the cache.
class TtlOnly extends NoCache {
    @Override Board read(int flight) throws Exception {
        Kept kept = get(flight);
        return good(kept) ? kept.board() : kept(ask(select, flight));
    }

    /// By the lesson's clock. The `PX` below only frees the memory.
    boolean good(Kept kept) {
        return kept != null && kept.board() != null
                && clock - kept.since() < ttl * 1_000;
    }

    Board kept(Board board) {
        keep(board.flight(), text(board.version(), board));
        return board;
    }

    void keep(int flight, String text) {
        cache.set(key(flight), text, setParams().px(600_000));
        sent(key(flight), text);
    }
}

/// Cache-aside. A write deletes: write-around, lesson 03.
class Delete extends TtlOnly {
    @Override void tell(Board board) {
        cache.del(key(board.flight()));
        sent(key(board.flight()));
    }
}

/// In front of `Delete`: copies in the process, good for three
/// seconds. Nobody tells them of another server's writes.
class NearCache extends Delete {
    final Map<Integer, Kept> copies = new ConcurrentHashMap<>();

    @Override Board read(int flight) throws Exception {
        Kept copy = copies.get(flight);
        if (copy == null || clock - copy.since() >= 3_000) {
            copy = new Kept(clock, 0, super.read(flight));
            copies.put(flight, copy);
        }
        return copy.board();
    }

    @Override void tell(Board board) {
        copies.remove(board.flight());
        super.tell(board);
    }
}

/// Cache-aside with versions, lesson 02. A write leaves a tombstone.
class Tombstone extends TtlOnly {
    @Override void tell(Board board) {
        keep(board.flight(), text(board.version(), null));
    }

    @Override void keep(int flight, String text) {
        cache.eval("""
                local known = redis.call('GET', KEYS[1])
                if known and cjson.decode(known).version
                    > cjson.decode(ARGV[1]).version then return end
                redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])""",
                List.of(key(flight)), List.of(text, "600000"));
        sent(key(flight), text);
    }
}

/// A write leaves its board. Versions are compared, as in lesson 03.
class WriteThrough extends Tombstone {
    @Override void tell(Board board) {
        kept(board);
    }
}

/// Cache-aside. Past half its TTL a hit has its entry loaded again.
class RefreshAhead extends TtlOnly {
    final Set<Integer> due = new TreeSet<>();

    @Override Board read(int flight) throws Exception {
        Kept kept = get(flight);
        if (!good(kept)) return kept(ask(select, flight));
        if (clock - kept.since() >= ttl * 500) due.add(flight);
        return kept.board();
    }

    @Override void background(int most) throws Exception {
        for (int flight : due) kept(ask(select, flight));
        due.clear();
    }
}

/// Valkey first; a queue says which flights to store. What is kept may be
/// nowhere else: it has no TTL. One server at a time may store.
class WriteBehind extends TtlOnly {
    long queued; // by the last reply

    @Override boolean good(Kept kept) {
        return kept != null;
    }

    @Override void keep(int flight, String text) {
        cache.set(key(flight), text, setParams().nx());
        sent(key(flight), text);
    }

    @Override Board write(int flight) throws Exception {
        read(flight); // from now on it is there
        var reply = (List<?>) cache.eval("""
                local kept = cjson.decode(redis.call('GET', KEYS[1]))
                kept.board.version = kept.board.version + 1
                local text = cjson.encode(kept)
                redis.call('SET', KEYS[1], text)
                return {text, redis.call('RPUSH', KEYS[2], ARGV[1])}""",
                List.of(key(flight), key("queue")), List.of("" + flight));
        String text = (String) reply.getFirst();
        queued = (Long) reply.getLast();
        sent(key(flight), key("queue"), "" + flight, text);
        pause();
        return json.readValue(text, Kept.class).board();
    }

    /// Stores each flight in the queue, and then forgets that part of it.
    @Override void background(int most) throws Exception {
        if (queued < most) return;
        var part = cache.lrange(key("queue"), 0, -1);
        sent(key("queue"), String.join("", part));
        for (String flight : new TreeSet<>(part)) {
            ask(store, get(flight).board().version(), flight);
        }
        cache.ltrim(key("queue"), part.size(), -1);
        sent(key("queue"));
        queued = 0;
    }
}

/// Two servers. No flight is delayed, nothing is kept or counted.
List<NoCache> begin(Supplier<NoCache> way) throws SQLException {
    costs = new HashMap<>(Map.of("queries", 0.0, "commands", 0.0,
            "writes wait", 0.0));
    clock = 0;
    cache.del(key("queue"));
    for (int i = 1; i <= flights; i++) cache.del(key(i));
    column(db, "UPDATE flight SET version = 0 WHERE version > 0");
    return List.of(way.get(), way.get());
}

/// How many writes the database has.
long stored() throws SQLException {
    return Long.parseLong(column(db, "SELECT sum(version) FROM flight")
            .getFirst());
}

/// The same operations for each pattern. Few flights get most of them.
Map<String, Double> mix(Supplier<NoCache> way, int share) throws Exception {
    var servers = begin(way);
    var random = new Random(25);
    var promised = new long[flights + 1];
    for (; clock < operations * 100; clock += 100) {
        NoCache server = servers.get(random.nextInt(2));
        boolean write = random.nextInt(100) < share;
        int flight = 1 + random.nextInt(1 + random.nextInt(flights));
        double before = costs.get("queries");
        Board got = write ? server.write(flight) : server.read(flight);
        boolean waited = costs.get("queries") > before;
        if (waited) count(write ? "writes wait" : "reads wait", 1);
        if (got.version() < promised[flight]) count("stale", 1);
        else promised[flight] = got.version();
        server.background(batch);
    }
    for (NoCache server : servers) server.background(1);
    count("not stored", LongStream.of(promised).sum() - stored());
    double queries = costs.get("queries"), sent = costs.get("commands");
    costs.put("round trips", queries + sent);
    if (sent > 0) costs.put("break-even", sent / (operations - queries));
    return costs;
}

double cost(String way, String of) {
    return results.get(way).getOrDefault(of, 0.0);
}

/// Do these patterns have just so much of a cost?
boolean all(String of, double much, String... patterns) {
    return Stream.of(patterns).allMatch(way -> cost(way, of) == much);
}

/// A row for each pattern that has run.
void show(String title, String... of) {
    var names = Stream.concat(Stream.of("pattern"), Stream.of(of));
    table(title, row(names.toArray()), results.keySet().stream()
            .map(way -> row(Stream.concat(Stream.of(way), Stream.of(of)
                    .map(cost -> cost(way, cost))).toArray())).toList());
}

void withoutCache() throws Exception {
    column(db, "ALTER TABLE flight ADD version INTEGER DEFAULT 0");
    results.put("NoCache", mix(ways.get(0), writes));
}

/// The same operations with cache-aside, where a write deletes.
void cacheAside() throws Exception {
    results.put("Delete", mix(ways.get(1), writes));
    show(operations + " operations", "queries", "round trips");
    check("more round trips", cost("Delete", "round trips") > operations);
}

/// A query and a command, on this machine.
void price() throws Exception {
    measure("a query", () -> column(db, select, 1));
    measure("a command", () -> cache.get(key(1)));
}

/// The same operations, the other ways.
void allWays() throws Exception {
    for (Supplier<NoCache> way : ways.subList(2, ways.size())) {
        results.put(name(way), mix(way, writes));
    }
    show("Eight patterns", "queries", "round trips", "break-even", "bytes",
            "reads wait", "writes wait", "stale");
    check("all that was promised is stored, also by WriteBehind",
            all("not stored", 0, results.keySet().toArray(String[]::new)));
    check("no read is stale where a write tells the cache", all("stale",
            0, "Delete", "Tombstone", "WriteThrough", "WriteBehind"));
    check("WriteThrough sends no fewer bytes than Delete",
            cost("WriteThrough", "bytes") >= cost("Delete", "bytes"));
}

/// Four of the patterns, from no writes to more writes than reads.
void byShare() throws Exception {
    double[] shares = {0, 10, 20, 40, 60};
    var lines = new ArrayList<Line>();
    for (Supplier<NoCache> way : ways.subList(1, 5)) {
        double[] prices = new double[shares.length];
        for (int i = 0; i < prices.length; i++) {
            prices[i] = mix(way, (int) shares[i]).get("break-even");
        }
        lines.add(line(name(way), shares, prices));
    }
    chart("Break-even", "% writes", "commands for a query saved",
            lines.toArray(Line[]::new));
    check("Delete: below 3 at 20 % writes, above 3 at 40 %",
            lines.get(0).y()[2] < 3 && lines.get(0).y()[3] > 3);
    check("NearCache: below 1 without writes, above 1 at 20 %",
            lines.get(1).y()[0] < 1 && lines.get(1).y()[2] > 1);
}

/// For how many seconds has somebody a stale read?
double stale(List<NoCache> servers) throws Exception {
    var stale = new TreeSet<Long>();
    for (; clock < 2_000 * ttl; clock += 1_000) {
        for (NoCache server : servers) {
            if (server.read(1).version() < 1) stale.add(clock);
            server.background(batch);
        }
    }
    return stale.size();
}

/// A reader has loaded. Before it sets, another server writes.
double lateReader(Supplier<NoCache> way) throws Exception {
    var servers = begin(way);
    meanwhile.add(() -> servers.getLast().write(1));
    servers.getFirst().read(1);
    return stale(servers);
}

/// A write has become durable, and there its server dies.
double deadWriter(Supplier<NoCache> way) throws Exception {
    var servers = begin(way);
    servers.getFirst().read(1);
    meanwhile.add(() -> { throw new CancellationException(); });
    // the task keeps what is thrown: nobody hears of it
    new FutureTask<>(() -> servers.getLast().write(1)).run();
    return stale(servers.subList(0, 1));
}

/// Valkey dies after thirty writes, and has kept no file.
double lost(Supplier<NoCache> way) throws Exception {
    try (var own = privateValkey()) {
        cache = own.client();
        NoCache server = begin(way).getFirst();
        for (int i = 0; i < 30; i++) {
            server.background(batch);
            server.write(1 + i % 10);
        }
        own.kill();
    }
    cache = valkey();
    return 30 - stored();
}

/// Each accident in each pattern, and what it costs there.
void accidents() throws Exception {
    for (Supplier<NoCache> way : ways) {
        results.get(name(way)).putAll(Map.of("late reader", lateReader(way),
                "dead writer", deadWriter(way), "dead Valkey", lost(way)));
    }
    show("Three accidents", "late reader", "dead writer", "dead Valkey");
    check("a version refuses what a late reader sets", all("late reader",
            0, "Tombstone", "WriteThrough"));
    check("what a dead writer did not send is missed until the TTL ends",
            all("dead writer", ttl, "Delete", "Tombstone", "WriteThrough"));
    check("a dead Valkey has what WriteBehind had not stored",
            all("dead Valkey", 1 + 29 % batch, "WriteBehind"));
}

/// Who has the least of a cost, among those that have none of others.
Row best(String need, String cost, String... none) {
    var least = results.keySet().stream()
            .filter(way -> results.get(way).containsKey(cost))
            .filter(way -> Stream.of(none).allMatch(of -> all(of, 0, way)))
            .collect(groupingBy(way -> cost(way, cost), TreeMap::new,
                    joining(", "))).firstEntry();
    return row(need, least.getValue(), least.getKey(), cost);
}

/// Asked of what was counted.
void guide() {
    table("Which pattern when", row("need", "take", "it had", "of"),
            best("fewest queries", "queries"),
            best("... fresh", "queries",
                    "stale", "late reader", "dead Valkey"),
            best("never stale", "queries",
                    "stale", "dead writer", "dead Valkey"),
            best("cheapest saving", "break-even", "dead Valkey"),
            best("fewest writers wait", "writes wait"));
}
