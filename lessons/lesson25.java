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
final List<Way> ways = Stream.<Supplier<NoCache>>of(NoCache::new,
        Delete::new, NearCache::new, WriteThrough::new, WriteBehind::new,
        WriteAround::new, TtlOnly::new, RefreshAhead::new)
        .map(Way::new).toList();

void main() {
    steps(this::withoutCache, this::cacheAside, this::allWays,
            this::byShare, this::accidents, this::guide);
}

/// What stands at a gate. The version is how often it was delayed.
record Board(int flight, int seats, long version) {}

/// A pattern, and a new application server that goes by it.
record Way(Supplier<NoCache> server) {
    String name() {
        return server.get().getClass().getSimpleName();
    }
}

final Map<String, Map<String, Long>> results = new LinkedHashMap<>();
Map<String, Long> costs; // of the run, by what is counted
long clock;              // the lesson's, in ms
UnifiedJedis cache = valkey();

void count(String cost, long by) {
    costs.merge(cost, by, Long::sum);
}

/// A board as a column.
final String board = """
        json_object('flight', flight_id, 'version', version, 'seats',
            (SELECT count(*) FROM booking b
             WHERE b.flight_id = flight.flight_id))
        """;
final String select = "SELECT " + board
        + "FROM flight WHERE flight_id = ?";
final String there = " WHERE flight_id = ? RETURNING " + board;
final String delay = "UPDATE flight SET version = version + 1" + there;
final String store = "UPDATE flight SET version = max(version, ?)" + there;

/// One statement, one board.
Board ask(String sql, Object... parameters) throws Exception {
    count("queries", 1);
    count("round trips", 1);
    var row = column(db, sql, parameters).getFirst();
    pause();
    return json.readValue(row, Board.class);
}

final AtomicReference<Step> meanwhile = new AtomicReference<>(() -> {});

/// Between database and cache. What happens meanwhile, happens once.
void pause() throws Exception {
    meanwhile.getAndSet(() -> {}).run();
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
    count("round trips", 1);
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
        return ask(delay, flight);
    }

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

/// Cache-aside. A write deletes.
class Delete extends TtlOnly {
    @Override Board write(int flight) throws Exception {
        Board board = ask(delay, flight);
        cache.del(key(flight));
        sent(key(flight));
        return board;
    }
}

/// In front of `Delete`: copies in the process, good for two seconds.
class NearCache extends Delete {
    final Map<Integer, Kept> copies = new ConcurrentHashMap<>();

    @Override Board read(int flight) throws Exception {
        Kept copy = copies.get(flight);
        if (copy == null || clock - copy.since() >= 2_000) {
            copy = new Kept(clock, 0, super.read(flight));
            copies.put(flight, copy);
        }
        return copy.board();
    }

    @Override Board write(int flight) throws Exception {
        copies.remove(flight);
        return super.write(flight);
    }
}

/// A write leaves a tombstone. Versions are compared, as in lesson 02.
class WriteAround extends TtlOnly {
    @Override Board write(int flight) throws Exception {
        Board board = ask(delay, flight);
        keep(flight, text(board.version(), null));
        return board;
    }

    @Override void keep(int flight, String text) {
        cache.eval("""
                local known = redis.call('GET', KEYS[1])
                if known and cjson.decode(known).version
                    > cjson.decode(ARGV[1]).version then return 0 end
                redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
                return 1""",
                List.of(key(flight)), List.of(text, "600000"));
        sent(key(flight), text);
    }
}

/// A write leaves its board.
class WriteThrough extends WriteAround {
    @Override Board write(int flight) throws Exception {
        return kept(ask(delay, flight));
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
/// nowhere else: it has no TTL.
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
        Board old = read(flight);
        var board = new Board(flight, old.seats(), old.version() + 1);
        String text = text(board.version(), board);
        queued = (Long) cache.eval("""
                local known = redis.call('GET', KEYS[1])
                if not known or cjson.decode(known).version + 1
                    ~= cjson.decode(ARGV[1]).version then return 0 end
                redis.call('SET', KEYS[1], ARGV[1])
                return redis.call('RPUSH', KEYS[2], ARGV[2])""",
                List.of(key(flight), key("queue")),
                List.of(text, "" + flight));
        sent(key(flight), key("queue"), text, "" + flight);
        if (queued == 0) return write(flight); // another was faster
        pause();
        return board;
    }

    /// Stores each flight in the queue, and then forgets that part of it.
    @Override void background(int most) throws Exception {
        if (queued < most) return;
        var part = cache.lrange(key("queue"), 0, -1);
        sent(key("queue"), String.join("", part));
        for (String flight : new TreeSet<>(part)) {
            ask(store, get(flight).version(), flight);
        }
        cache.ltrim(key("queue"), part.size(), -1);
        sent(key("queue"));
        queued = 0;
    }
}

/// Two servers. No flight is delayed, nothing is kept or counted.
List<NoCache> begin(Way way) throws SQLException {
    costs = new HashMap<>();
    clock = 0;
    cache.del(key("queue"));
    cache.del(IntStream.rangeClosed(1, flights).mapToObj(this::key)
            .toArray(String[]::new));
    column(db, "UPDATE flight SET version = 0 WHERE flight_id <= ?",
            flights);
    return List.of(way.server().get(), way.server().get());
}

/// How many writes the database has.
long stored() throws SQLException {
    return Long.parseLong(column(db, "SELECT sum(version) FROM flight "
            + "WHERE flight_id <= ?", flights).getFirst());
}

/// The same operations for each pattern. Few flights get most of them.
Map<String, Long> mix(Way way, int writes) throws Exception {
    var servers = begin(way);
    var random = new Random(25);
    var promised = new long[flights + 1];
    for (; clock < operations * 100; clock += 100) {
        NoCache server = servers.get(random.nextInt(2));
        boolean write = random.nextInt(100) < writes;
        int flight = 1 + random.nextInt(1 + random.nextInt(flights));
        var before = costs.get("queries");
        Board got = write ? server.write(flight) : server.read(flight);
        if (!Objects.equals(costs.get("queries"), before)) {
            count(write ? "writes wait" : "reads wait", 1);
        }
        if (got.version() < promised[flight]) count("stale", 1);
        else promised[flight] = got.version();
        server.background(batch);
    }
    for (NoCache server : servers) server.background(1);
    count("not stored", LongStream.of(promised).sum() - stored());
    return costs;
}

long cost(String way, String of) {
    return results.get(way).getOrDefault(of, 0L);
}

/// A row for each pattern that has run.
void show(String title, String... of) {
    table(title, cells("pattern", Stream.of(of)), results.keySet()
            .stream().map(way -> cells(way, Stream.of(of)
                    .map(cost -> cost(way, cost)))).toList());
}

Row cells(String first, Stream<?> others) {
    return row(Stream.concat(Stream.of(first), others).toArray());
}

void withoutCache() throws Exception {
    column(db, "ALTER TABLE flight ADD version INTEGER DEFAULT 0");
    results.put("NoCache", mix(ways.get(0), writes));
    check("one query each", cost("NoCache", "queries") == operations);
}

/// The same operations with cache-aside, where a write deletes.
void cacheAside() throws Exception {
    results.put("Delete", mix(ways.get(1), writes));
    show(operations + " operations", "queries", "round trips");
    check("fewer queries", cost("Delete", "queries") < operations);
    check("more round trips", cost("Delete", "round trips") > operations);
}

/// The same operations, the other ways.
void allWays() throws Exception {
    for (Way way : ways.subList(2, ways.size())) {
        results.put(way.name(), mix(way, writes));
    }
    show(operations + " operations, " + writes + " % writes", "queries",
            "round trips", "bytes", "reads wait", "writes wait", "stale");
    check("all that was promised is stored", results.keySet().stream()
            .allMatch(way -> cost(way, "not stored") == 0));
}

/// Five of the patterns, from no writes to hardly anything else.
void byShare() throws Exception {
    double[] shares = {0, 5, 10, 30, 90};
    var lines = new ArrayList<Line>();
    for (Way way : ways.subList(0, 5)) {
        double[] trips = new double[shares.length];
        for (int i = 0; i < trips.length; i++) {
            trips[i] = mix(way, (int) shares[i]).get("round trips");
        }
        lines.add(line(way.name(), shares, trips));
    }
    chart(operations + " operations", "% writes", "round trips",
            lines.toArray(Line[]::new));
    check("Delete has more than NoCache at every share",
            Arrays.stream(lines.get(1).y()).allMatch(n -> n > operations));
    check("NearCache has fewer without writes, more at 10 %",
            lines.get(2).y()[0] < operations
                    && lines.get(2).y()[2] > operations);
}

/// Servers take turns to read, once a second: how many reads are stale?
long stale(List<NoCache> servers) throws Exception {
    long stale = 0;
    for (int second = 0; second < 3 * ttl; second++, clock += 1_000) {
        NoCache server = servers.get(second % servers.size());
        if (server.read(1).version() < 1) stale++;
        server.background(batch);
    }
    return stale;
}

/// A reader has loaded. Before it sets, another server writes.
long overtaken(Way way) throws Exception {
    var servers = begin(way);
    meanwhile.set(() -> servers.getLast().write(1));
    servers.getFirst().read(1);
    return stale(servers);
}

/// A write has become durable, and there its server dies.
long orphaned(Way way) throws Exception {
    var servers = begin(way);
    servers.getFirst().read(1);
    meanwhile.set(() -> { throw new CancellationException(); });
    // the task keeps what is thrown: nobody hears of it
    new FutureTask<>(() -> servers.getLast().write(1)).run();
    return stale(servers.subList(0, 1));
}

/// Valkey dies after thirty writes, and has kept no file.
long lost(Way way) throws Exception {
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
    for (Way way : ways) {
        results.get(way.name()).putAll(Map.of(
                "overtaken", overtaken(way),
                "orphaned", orphaned(way), "lost", lost(way)));
    }
    show("Three accidents", "overtaken", "orphaned", "lost");
    check("WriteBehind loses what it had not stored",
            cost("WriteBehind", "lost") == 1 + 29 % batch);
}

/// Who has the least of a cost, among those that have none of others.
Row best(String need, String cost, String... none) {
    var least = results.keySet().stream()
            .filter(w -> Stream.of(none).allMatch(of -> cost(w, of) == 0))
            .collect(groupingBy(way -> cost(way, cost), TreeMap::new,
                    joining(", "))).firstEntry();
    return row(need, least.getValue(), least.getKey() + " " + cost);
}

/// Asked of what was counted.
void guide() {
    table("Which pattern when", row("need", "take", "it had"),
            best("few queries", "queries"),
            best("... none lost, none stale", "queries", "lost", "stale"),
            best("... not even by accident", "queries", "lost", "stale",
                    "overtaken", "orphaned"),
            best("few round trips", "round trips"),
            best("readers who do not wait", "reads wait", "lost"),
            best("writers who do not wait", "writes wait"));
}
