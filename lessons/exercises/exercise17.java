///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
// Holds a tree of JSON against a JSON Schema.
//DEPS com.networknt:json-schema-validator:3.0.9
import static com.networknt.schema.SchemaRegistry.withDefaultDialect;
import static com.networknt.schema.SpecificationVersion.DRAFT_2020_12;
import static lab.Lab.*;
import static tools.jackson.core.StreamReadFeature.*;

import com.networknt.schema.Schema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

// Some boards shall count only sales from a price on: "minPrice". Files
// without the field stay good. Change schema, record, key and query.

final String rules = """
        {"$schema": "https://json-schema.org/draft/2020-12/schema",
         "type": "object", "additionalProperties": false,
         "required": ["name", "source", "ttl"],
         "properties": {
           "name": {"type": "string", "pattern": "^[a-z]{1,30}$"},
           "source": {"enum": ["airline", "airport"]},
           "ttl": {"type": "integer", "minimum": 1000}}}
        """;

/// A board as its file declares it.
record Board(String name, String source, int ttl) {}

/// All that decides a score is in the key.
String key(Board b, String what) {
    return "{board:%s}:v1:%s:%s".formatted(b.name(), b.source(), what);
}

/// What a member gains from the sales after `from`, up to `to`: `CA 3`.
List<String> gains(Board b, long from, long to) throws Exception {
    return column(flughafenCopy(), """
            SELECT %1$s || ' ' || count(*) FROM sale
            WHERE seq > ? AND seq <= ? GROUP BY %1$s"""
            .formatted(b.source()), from, to);
}

// ---- from here on it stays as it is ----

final Schema schema = withDefaultDialect(DRAFT_2020_12).getSchema(rules);
final JsonMapper json = JsonMapper.builder()
        .enable(STRICT_DUPLICATE_DETECTION).build();
final String all = """
        {"name": "airlines", "source": "airline", "ttl": 60000}""";

void main() {
    steps(this::oldFile, this::newFile, this::typedWrong, this::counted,
            this::sideBySide);
}

/// The board that a file declares; null if it is refused.
Board read(String text) {
    JsonNode tree = json.readTree(text);
    if (!schema.validate(tree).isEmpty()) return null;
    return json.treeToValue(tree, Board.class);
}

/// The same file with another field.
String with(String field) {
    return all.replace("}", ", " + field + "}");
}

void oldFile() throws Exception {
    sales(300);
    Board b = read(all);
    check("a file without the field is as good as before", b != null);
    check("its board keeps its key, and so its scores", key(b, "scores")
            .equals("{board:airlines}:v1:airline:scores"));
    count(b, 300);
    check("it counts all sales", scores(b).equals(truth(0)));
}

void newFile() {
    check("a file may say \"minPrice\"",
            read(with("\"minPrice\": 500")) != null);
    Board zero = read(with("\"minPrice\": 0"));
    check("a price of 0 is no other board", zero != null
            && key(zero, "scores").equals(key(read(all), "scores")));
}

void typedWrong() {
    check("a price below 0 is refused, and one of 0 is not",
            read(with("\"minPrice\": -1")) == null
            && read(with("\"minPrice\": 0")) != null);
    check("a string is refused",
            read(with("\"minPrice\": \"500\"")) == null);
    check("\"minprice\" is unknown",
            read(with("\"minprice\": 5")) == null);
}

void counted() throws Exception {
    Board dear = board(500);
    check("only sales from that price on count",
            dear != null && scores(dear).equals(truth(500)));
    Board none = board(1_000_000);
    check("nobody paid that: the board has heard of all sales",
            none != null && scores(none).isEmpty()
            && "300".equals(valkey().get(key(none, "position"))));
}

void sideBySide() throws Exception {
    Board low = board(300);
    Board high = board(600);
    check("another price, another key", low != null && high != null
            && !key(low, "scores").equals(key(high, "scores")));
    check("so each has its own scores", low != null && high != null
            && scores(low).equals(truth(300))
            && scores(high).equals(truth(600)));
    check("and the old board its own",
            scores(read(all)).equals(truth(0)));
}

/// A board that has counted all sales from this price on; null if its
/// file is refused.
Board board(int minPrice) throws Exception {
    Board b = read(with("\"minPrice\": " + minPrice));
    if (b != null) count(b, 300);
    return b;
}

/// Brings a board up to a sale, scores and position in one step.
void count(Board b, long to) throws Exception {
    String at = valkey().get(key(b, "position"));
    long from = at == null ? 0 : Long.parseLong(at);
    var args = new ArrayList<>(List.of("" + from, "" + to, "" + b.ttl()));
    for (String gain : gains(b, from, to)) {
        Collections.addAll(args, gain.split(" "));
    }
    valkey().eval("""
            local at = redis.call('GET', KEYS[1]) or '0'
            if at ~= ARGV[1] then return end
            for i = 4, #ARGV, 2 do
                redis.call('ZINCRBY', KEYS[2], ARGV[i + 1], ARGV[i])
            end
            redis.call('PEXPIRE', KEYS[2], ARGV[3])
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])""",
            List.of(key(b, "position"), key(b, "scores")), args);
}

/// Sales, each 97th booking of the FlughafenDB.
void sales(int count) throws Exception {
    column(flughafenCopy(), """
            CREATE TABLE sale (seq INTEGER PRIMARY KEY, airline, airport,
                price)""");
    column(flughafenCopy(), """
            INSERT INTO sale (airline, airport, price)
            SELECT l.iata, ifnull(a.iata, a.icao), price
            FROM booking JOIN flight USING (flight_id)
            JOIN airline l USING (airline_id)
            JOIN airport a ON airport_id = "to"
            WHERE booking_id % 97 = 0
            ORDER BY booking_id LIMIT ?""", count);
}

/// Airlines and their seats, by name: `CA 3`.
List<String> scores(Board b) {
    return valkey().zrangeWithScores(key(b, "scores"), 0, -1).stream()
            .map(e -> e.getElement() + " " + (long) e.getScore())
            .sorted().toList();
}

/// The same by SQL.
List<String> truth(int minPrice) throws Exception {
    return column(flughafenCopy(), """
            SELECT airline || ' ' || count(*) FROM sale WHERE price >= ?
            GROUP BY airline""", minPrice).stream().sorted().toList();
}
