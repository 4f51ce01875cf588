///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
// Nothing here is timed, and most of it runs once: quick compiling pays.
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1
// Holds a tree of JSON against a JSON Schema.
//DEPS com.networknt:json-schema-validator:3.0.9
import static com.networknt.schema.SchemaRegistry.withDefaultDialect;
import static com.networknt.schema.SpecificationVersion.DRAFT_2020_12;
import static com.networknt.schema.utils.JsonNodes.tokenStreamLocationOf;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static lab.Lab.*;
import static redis.clients.jedis.params.ZRangeParams.zrangeParams;
import static tools.jackson.core.StreamReadFeature.*;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.serialization.node.*;
import com.networknt.schema.utils.JsonNodes;
import lab.Actor;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final int sales = knob("sales", 200, 50, 5_000); // during reloads

boolean versioned = true; // the key of a board says how it is scored

final String declared = """
        {"boards": [
          {"name": "airlines", "source": "airline", "metric": "seats",
           "window": "all", "ties": "first", "size": 5, "ttl": 600000},
          {"name": "income", "source": "airport", "metric": "revenue",
           "window": "day", "ties": "last", "size": 3, "ttl": 600000}
        ]}
        """;

final String rules = """
        {"$schema": "https://json-schema.org/draft/2020-12/schema",
         "required": ["boards"], "additionalProperties": false,
         "type": "object", "properties": {"boards": {
           "type": "array", "uniqueItems": true, "items": {
             "required": ["name", "source", "metric", "window", "ties",
                          "size", "ttl"], "additionalProperties": false,
             "type": "object", "properties": {
               "name": {"type": "string", "pattern": "^[a-z]{1,30}$"},
               "source": {"enum": ["airline", "airport"]},
               "metric": {"enum": ["seats", "revenue"]},
               "window": {"enum": ["all", "day"]},
               "ties": {"enum": ["first", "last"]},
               "size": {"type": "integer", "minimum": 1, "maximum": 1000},
               "ttl": {"type": "integer",
                       "minimum": 1000, "maximum": 86400000}}}}}}
        """;

Path folder; // for the files; it goes with the process

void main() throws Exception {
    folder = Files.createTempDirectory("boards");
    folder.toFile().deleteOnExit();
    steps(this::declare, this::refuse, this::duplicateKey,
            this::typo, this::twoOrders, varies(this::underLoad),
            this::twoInstances);
}

/// A board as the file declares it; `ttl` in ms.
record Board(String name, String source, String metric, String window,
        String ties, int size, int ttl) {}

/// Words of the file in SQL. Among equals the greater number is before.
final Map<String, String> sql = Map.of("seats", "1", "revenue", "price",
        "all", "'all'", "day", "day",
        "first", "(1048575 - max(seq))", "last", "max(seq)");

/// Why a file is refused, in one line.
class Refused extends Exception {
    Refused(TokenStreamLocation at, String what) {
        super("boards.json:%d:%d: %s".formatted(
                at.getLineNr(), at.getColumnNr(), what));
    }
}

final SchemaRegistry schemas = withDefaultDialect(DRAFT_2020_12,
        b -> b.schemaRegistryConfig(SchemaRegistryConfig.builder()
                .locale(Locale.ENGLISH).build())); // else it is the JVM's
final Schema schema = schemas.getSchema(rules);
final JsonMapper json = JsonMapper.builder()
        .enable(STRICT_DUPLICATE_DETECTION).build();

/// The boards that a text declares. Three look at it in turn: the parser,
/// the schema, and code for what neither can say.
List<Board> read(String text, Schema schema) throws Refused {
    if (text.isBlank()) throw new Refused(
            new TokenStreamLocation(null, 0, 1, 1), "empty");
    try {
        JsonNode tree = JsonNodes.readTree(json, text, // keeps line, column
                LocationJsonNodeFactoryFactory.getInstance());
        for (var error : schema.validate(tree)) { // the first will do
            JsonNode node = error.getInstanceNode();
            JsonNode field = node.get("" + error.getProperty());
            throw new Refused(tokenStreamLocationOf(
                    field != null ? field : node), error.getMessage());
        }
        var names = new HashSet<JsonNode>();
        for (JsonNode board : tree.get("boards")) {
            JsonNode name = board.get("name");
            if (!names.add(name)) throw new Refused(
                    tokenStreamLocationOf(name), "a second board " + name);
        }
        return List.of(json.treeToValue(tree.get("boards"), Board[].class));
    } catch (JacksonException e) {
        throw new Refused(e.getLocation(), e.getOriginalMessage());
    }
}

/// All that decides a score is in the key: source, metric and ties; and
/// v1, the version of the script that computes it.
String key(Board b, String window) {
    String scored = String.join(":", "v1", b.source(), b.metric(),
            b.ties(), window);
    return "{board:" + b.name() + "}:" + (versioned ? scored : window);
}

/// Where a board's position is. With another window it is another board,
/// and begins at 0.
String positionKey(Board b) {
    return key(b, "position:" + b.window());
}

/// The number of the last sale that a board has counted.
long position(Board board) {
    String at = valkey().get(positionKey(board));
    return at == null ? 0 : Long.parseLong(at);
}

/// Brings a board up to sale number `end`, from the database. From
/// nothing, that is a backfill; from one sale before, it is the sale.
void catchUp(Board b, long end) throws Exception {
    for (long from; (from = position(b)) < end; ) {
        advance(b, from, end, column(flughafenCopy(), """
                SELECT %1$s || ' ' || %2$s || ' ' || sum(%3$s) || ' '
                    || %4$s FROM sale WHERE seq > ? AND seq <= ?
                GROUP BY %1$s, %2$s"""
                .formatted(sql.get(b.window()), b.source(),
                        sql.get(b.metric()), sql.get(b.ties())),
                from, end));
    } // where somebody else was faster, it looks again
}

/// Scores and position, in one step; or nothing, if the board does not
/// stand at `from`. A gain is window, member, amount, place among equals.
/// A score is sum x 2^20 + place: exact for sums below 2^33, and for sale
/// numbers below 2^20.
void advance(Board b, long from, long to, List<String> gains) {
    var keys = new ArrayList<>(List.of(positionKey(b)));
    var args = new ArrayList<>(List.of("" + from, "" + to, "" + b.ttl()));
    for (String gain : gains) {
        String[] g = gain.split(" ", 2);
        keys.add(key(b, g[0]));
        Collections.addAll(args, g[1].split(" "));
    }
    valkey().eval("""
            local at = redis.call('GET', KEYS[1]) or '0'
            if at ~= ARGV[1] then return end
            for i = 2, #KEYS do
                local member, amount, place = unpack(ARGV, i * 3 - 2, i * 3)
                -- from nothing: what is left of old scores does not count
                local old = at ~= '0'
                    and redis.call('ZSCORE', KEYS[i], member) or 0
                local sum = math.floor(old / 1048576) + amount
                redis.call('ZADD', KEYS[i], sum * 1048576 + place, member)
                redis.call('PEXPIRE', KEYS[i], ARGV[3])
            end
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])""",
            keys, args);
}

/// The boards of this process: a list that nobody changes.
final AtomicReference<List<Board>> boards =
        new AtomicReference<>(List.of());

/// Takes the boards of the file, or none of them. One caller at a time.
/// Returns a line for the log.
String reload(Path file) throws Exception {
    try {
        List<Board> next = read(Files.readString(file), schema);
        for (Board b : next) catchUp(b, lastSale()); // the old serve on
        boards.set(next);
        for (Board b : next) catchUp(b, lastSale()); // sold meanwhile
        return next.size() + " boards";
    } catch (Refused e) {
        return e.getMessage();
    }
}

/// A sale is to be counted: by the boards that are there now.
void count(long sale) throws Exception {
    for (Board b : boards.get()) catchUp(b, sale);
}

/// Sells seats in one transaction: each 20th booking of the FlughafenDB.
/// Sales are numbered from 1 on. Returns the number of the last.
long sell(int seats) throws Exception {
    column(flughafenCopy(), """
            INSERT INTO sale (booking_id, airline, airport, day, price)
            SELECT booking_id, l.iata, ifnull(a.iata, a.icao),
                   date(departure), CAST(price AS INTEGER)
            FROM booking JOIN flight USING (flight_id)
            JOIN airline l USING (airline_id)
            JOIN airport a ON airport_id = "to"
            WHERE booking_id % 20 = 0 AND booking_id >
                (SELECT ifnull(max(booking_id), 0) FROM sale)
            ORDER BY booking_id LIMIT ?""", seats);
    return lastSale();
}

long lastSale() throws Exception {
    return Long.parseLong(column(flughafenCopy(),
            "SELECT ifnull(max(seq), 0) FROM sale").getFirst());
}

/// Who is on a board, best first, each with its sum: `CA 14`.
List<String> top(Board b, String window) {
    return valkey().zrangeWithScores(key(b, window),
            zrangeParams(0, b.size() - 1).rev()).stream()
            .map(e -> e.getElement() + " " + ((long) e.getScore() >> 20))
            .toList();
}

/// The same by SQL.
List<String> truth(Board b, String window) throws Exception {
    return column(flughafenCopy(), """
            SELECT %1$s || ' ' || sum(%2$s) FROM sale WHERE %3$s = ?
            GROUP BY %1$s ORDER BY sum(%2$s) DESC, max(seq) %4$s LIMIT ?"""
            .formatted(b.source(), sql.get(b.metric()), sql.get(b.window()),
            b.ties().equals("first") ? "ASC" : "DESC"), window, b.size());
}

/// Writes beside the file, then renames: a reader gets the old text or the
/// new one, never half of it.
Path write(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    file.toFile().deleteOnExit();
    Path beside = folder.resolve(name + ".new");
    return Files.move(Files.writeString(beside, text), file, ATOMIC_MOVE);
}

/// Two boards, from a file.
void declare() throws Exception {
    column(flughafenCopy(), """
            CREATE TABLE sale (seq INTEGER PRIMARY KEY,
                booking_id UNIQUE, airline, airport, day, price)""");
    sell(400);
    IO.println(reload(write("boards.json", declared)));
    for (Board b : boards.get()) {
        String window = column(flughafenCopy(), "SELECT max(%s) FROM sale"
                .formatted(sql.get(b.window()))).getFirst();
        IO.println(key(b, window) + " " + top(b, window));
        check(b.name() + ": as the database says",
                top(b, window).equals(truth(b, window)));
    }
}

/// The file with one thing changed.
String with(String old, String now) {
    return declared.replace(old, now);
}

/// Ten files that must not pass.
void refuse() throws Exception {
    var bad = new LinkedHashMap<String, String>();
    bad.put("broken", with("\"seats\",", "\"seats\""));
    bad.put("half written", declared.substring(0, 150));
    bad.put("empty", "");
    bad.put("key twice", with("5,", "5, \"size\": 9,"));
    bad.put("unknown field", with("5,", "5, \"rows\": 3,"));
    bad.put("wrong type", with("5,", "\"5\","));
    bad.put("size 0", with("5,", "0,"));
    bad.put("size beyond int", with("5,", "3000000000,"));
    bad.put("SQL for a word", with("airport", "1; DROP TABLE sale"));
    bad.put("board twice", with("income", "airlines"));
    for (var file : bad.entrySet()) {
        List<Board> old = boards.get();
        String said = reload(write("boards.json", file.getValue()));
        IO.println(said);
        check(file.getKey() + ": refused, and the old boards stay",
                said.startsWith("boards.json:") && boards.get() == old);
    }
}

/// A key that is there twice, read by a parser as it comes.
void duplicateKey() throws Exception {
    String text = with("5,", "5, \"ties\": \"last\",");
    JsonNode merged = JsonMapper.shared().readTree(text);
    check("the schema finds nothing wrong",
            schema.validate(merged).isEmpty());
    check("the last one won",
            merged.at("/boards/0/ties").asString().equals("last"));
}

/// A schema with a slip of the pen, and what passes it.
void typo() throws Exception {
    Schema slip = schemas.getSchema(rules.replace("minimum", "minimun"));
    check("the schema of schemas finds nothing wrong", schemas
            .getSchema(SchemaLocation.of(DRAFT_2020_12.getDialectId()))
            .validate(slip.getSchemaNode()).isEmpty());
    Board b = read(with("5,", "0,"), slip).getFirst();
    check("size 0 passes, and shows all there are",
            top(b, "all").size() == valkey().zcard(key(b, "all")));
}

/// A new board, and a sale between its backfill and its switch. The naive
/// board has one score, all seats: a backfill adds what the database has,
/// a sale adds 1.
void twoOrders() throws Exception {
    valkey().incrBy("late", lastSale());
    sell(2); // one falls between; of the other the new board hears
    check("backfill, switch: one is missing",
            valkey().incr("late") == lastSale() - 1);

    sell(1);
    valkey().incr("early"); // the new board hears of it already
    check("switch, backfill: one counts twice",
            valkey().incrBy("early", lastSale()) == lastSale() + 1);

    count(lastSale()); // our boards have heard of none of the three
    count(1);          // a message that comes late
    check("with a position: all, once",
            total(boards.get().getFirst()) == lastSale());
}

/// The sum of a board whose window is `all`.
long total(Board b) {
    return valkey().zrangeWithScores(key(b, "all"), 0, -1).stream()
            .mapToLong(e -> (long) e.getScore() >> 20).sum();
}

/// Each sale is there, once, and equals stand as the board's rule says.
void checkAll(Board b) throws Exception {
    check(key(b, "all") + ": every sale, once", total(b) == lastSale());
    check(key(b, "all") + ": equals in the order of its rule",
            top(b, "all").equals(truth(b, "all")));
}

/// Sales go on while three files come, again and again: one adds a board;
/// one is half there; in one a tie rule and a window are others, and a
/// board is gone.
void underLoad() throws Exception {
    String added = with("[", """
            [{"name": "arrivals", "source": "airport", "metric": "seats",
             "window": "all", "ties": "last", "size": 9, "ttl": 60000},""");
    List<String> all = List.of(added, added.substring(0, 150),
            with("first", "last").replace("day", "all"));

    var seller = new FutureTask<>(() -> {
        for (int i = 0; i < sales; i++) count(sell(1));
        return "sold out";
    });
    Thread.ofVirtual().name("seller").start(seller);
    for (String text : all) IO.println(reload(write("boards.json", text)));
    while (!seller.isDone()) {
        for (String text : all) reload(write("boards.json", text));
    }
    IO.println(seller.get());
    checkAll(boards.get().getFirst());
    Board income = boards.get().getLast();
    check("the income of all days: as the database says",
            top(income, "all").equals(truth(income, "all")));

    count(sell(1));
    check("no file has the old ones: they stand still, and expire",
            read(added, schema).stream().limit(2).allMatch(b ->
                    valkey().pttl(positionKey(b)) > 0
                    && position(b) < position(boards.get().getFirst())));
}

/// Another process: its file, and then whether keys have versions, and
/// the number of a sale to count.
void instance() throws Exception {
    reload(Path.of(IO.readln()));
    for (String told; (told = IO.readln()) != null; ) {
        versioned = told.startsWith("true");
        count(Long.parseLong(told.split(" ")[1]));
        IO.println("counted");
    }
}

/// Ten sales for the one, ten for the other; in the end each has all.
void takeTurns(Actor b, boolean versions) throws Exception {
    versioned = versions;
    for (int i = 0; i < 3; i++) {
        count(sell(10));
        b.tell(versions + " " + sell(10));
        b.hear();
    }
    count(lastSale());
}

/// Two processes with two files, where equals stand the other way round.
void twoInstances() throws Exception {
    String text = with("5,", "100,");
    String other = text.replace("first", "last");
    try (Actor b = spawn("B", this::instance)) {
        b.tell(write("theirs.json", other).toString());
        reload(write("boards.json", text));
        Board first = boards.get().getFirst();
        Board last = read(other, schema).getFirst();

        takeTurns(b, false);
        List<String> seen = top(first, "all");
        List<String> ours = truth(first, "all");
        List<String> theirs = truth(last, "all");
        table("Some of the places, each with its sum",
                row("place", "A's file", "B's file", "the board"),
                IntStream.range(12, 18).mapToObj(i -> row(i + 1,
                        ours.get(i), theirs.get(i), seen.get(i))).toList());
        check("the name only: each sale, once", total(first) == lastSale());
        check("the name only: the order is neither A's nor B's",
                !seen.equals(ours) && !seen.equals(theirs));

        takeTurns(b, true);
        checkAll(first);
        checkAll(last);
    }
}
