///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import java.sql.ResultSet;
import java.util.regex.*;
import lab.Figures.*;
import tools.jackson.databind.json.JsonMapper;

final int top = knob("routes", 10, 1, 1_000);      // how many routes
final int reads = knob("reads", 1_440, 1, 86_400); // of them in a day
final int age = knob("age", 300, 1, 86_400);       // s it may be old

final String routesKey = "routes:busiest:" + top;

final JsonMapper json = JsonMapper.builder().build();

void main() {
    steps(this::theBench, this::slowQuestion, this::sameAnswer,
            this::ladder, this::theTrip, this::hitRatios, this::worthIt);
}

/// The three things on the bench: a database, a Valkey, a client of it.
void theBench() throws Exception {
    List<String> names = texts("""
            SELECT name FROM sqlite_schema
            WHERE type = 'table' AND name <> 'meta'
                AND name NOT LIKE 'sqlite%' ORDER BY name""");
    String count = names.stream()
            .map("SELECT '%1$s', count(*) FROM %1$s"::formatted)
            .collect(Collectors.joining(" UNION ALL\n"));
    List<Row> counts = ask(count, r -> row(r.getString(1), r.getInt(2)));
    table("The FlughafenDB", row("table", "rows"), counts);
    check("fourteen tables", counts.size() == 14);

    String key = "lesson:1:greeting";
    valkey().set(key, "Willkommen", setParams().px(60_000));
    String greeting = valkey().get(key);
    IO.println("Valkey says " + greeting);
    check("Valkey gives back what it got", "Willkommen".equals(greeting));
}

/// The first column of all rows, as text.
List<String> texts(String sql, Object... parameters) throws Exception {
    return ask(sql, row -> row.getString(1), parameters);
}

/// Makes a value of a row.
interface Maker<T> {
    T make(ResultSet row) throws Exception;
}

/// Asks the database: a pooled connection, parameters, all rows.
<T> List<T> ask(String sql, Maker<T> maker, Object... parameters)
        throws Exception {
    try (var connection = flughafen().getConnection();
            var statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        var values = new ArrayList<T>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) values.add(maker.make(rows));
        }
        return values;
    }
}

record Route(String from, String to, int flights, int seats) {}

/// On which routes are most seats sold? Counts first, joins later.
String busiest() {
    return """
            WITH sold AS (
                SELECT flight_id, count(*) AS seats
                FROM booking GROUP BY flight_id)
            SELECT o.iata, d.iata, count(*), sum(seats) AS seats
            FROM sold JOIN flight f USING (flight_id)
            JOIN airport o ON o.airport_id = f."from"
            JOIN airport d ON d.airport_id = f."to"
            GROUP BY f."from", f."to"
            ORDER BY seats DESC, 1, 2 LIMIT ?""";
}

/// The busiest routes, asked of the database.
List<Route> routes() throws Exception {
    return ask(busiest(), r -> new Route(r.getString(1), r.getString(2),
            r.getInt(3), r.getInt(4)), top);
}

/// Asks it once, and asks SQLite how it goes about it.
void slowQuestion() throws Exception {
    List<Route> routes = routes();
    table("The busiest routes", row("from", "to", "flights", "seats"),
            routes.stream().limit(3).map(r -> row(
                    r.from(), r.to(), r.flights(), r.seats())).toList());

    List<String> plan = ask("EXPLAIN QUERY PLAN " + busiest(),
            r -> r.getString("detail"), top);
    plan.forEach(IO::println);
    check("it reads every booking, from an index alone", plan.contains(
            "SCAN booking USING COVERING INDEX booking_seat"));
    check("all it joins, it finds by key", plan.stream().filter(
            step -> step.endsWith("PRIMARY KEY (rowid=?)")).count() == 3);
}

/// Keeps the busiest routes in Valkey, as long as they may be old.
void keep(List<Route> routes) {
    String text = json.writeValueAsString(routes);
    valkey().set(routesKey, text, setParams().px(age * 1_000L));
}

/// The busiest routes, asked of Valkey.
List<Route> kept() {
    String text = valkey().get(routesKey);
    return json.readerForListOf(Route.class).readValue(text);
}

/// The same answer from Valkey, the same in type and in value.
void sameAnswer() throws Exception {
    List<Route> routes = routes();
    keep(routes);
    check("the same answer", kept().equals(routes));
    long left = valkey().pttl(routesKey);
    check("it expires", 0 < left && left <= age * 1_000L);
}

/// The name of the busiest airport: one row, found by its primary key.
String name() throws Exception {
    return texts("SELECT name FROM airport WHERE airport_id = ?", 1)
            .getFirst();
}

// Medians in µs; the last step does sums with them.
double queryName;
double hitName;
double queryRoutes;
double hitRoutes;

/// Two questions, asked of whatever could answer them.
void ladder() throws Exception {
    var map = new ConcurrentHashMap<>(Map.of("airport:1:name", name()));
    valkey().set("airport:1:name", name(), setParams().px(60_000));
    keep(routes());
    check("three times the same name",
            name().equals(map.get("airport:1:name"))
            && name().equals(valkey().get("airport:1:name")));

    double mapName = measure("name: map", 20_000,
            () -> map.get("airport:1:name")).p50();
    queryName = measure("name: SQLite", 2_000, this::name).p50();
    hitName = measure("name: Valkey", 2_000,
            () -> valkey().get("airport:1:name")).p50();
    hitRoutes = measure("routes: Valkey", 1_000, this::kept).p50();
    queryRoutes = measure("routes: SQLite", 20, this::routes).p50();

    chart("Powers of ten", "(log₁₀ of ns)",
            rung("name: map", mapName),
            rung("name: SQLite", queryName),
            rung("name: Valkey", hitName),
            rung("routes: Valkey", hitRoutes),
            rung("routes: SQLite", queryRoutes));
    check("routes: a query takes longer than 20 hits",
            queryRoutes > 20 * hitRoutes);
    check("name: a query does not take as long as 20 hits",
            queryName < 20 * hitName);
    check("name: the map is more than ten times faster than both",
            Math.min(queryName, hitName) > 10 * mapName);
}

/// A bar named for a median in µs, as long as its logarithm.
Bar rung(String name, double p50) {
    return bar("%s, %,.1f µs".formatted(name, p50),
            Math.log10(1_000 * p50));
}

/// What the server has counted of a command.
record Served(long calls, long micros) {}

Served served() {
    Matcher get = Pattern.compile("cmdstat_get:calls=(\\d+),usec=(\\d+)")
            .matcher(valkey().info("commandstats"));
    return get.find() ? new Served(Long.parseLong(get.group(1)),
            Long.parseLong(get.group(2))) : new Served(0, 0);
}

/// One GET by two clocks: the server's and ours.
void theTrip() throws Exception {
    Served before = served();
    double waits = measure("GET", 2_000,
            () -> valkey().get("airport:1:name")).p50();
    Served now = served();
    double executes = (double) (now.micros() - before.micros())
            / (now.calls() - before.calls());
    table("A GET", row("by the clock of", measured("µs")),
            row("the server, mean", executes),
            row("the client, p50", waits));
    check("the client waits more than 5 times as long as the server works",
            waits > 5 * executes);
}

/// Reads at random, so many in a day: how many of them become queries,
/// if an answer may be `age` seconds old? The clock is simulated.
int queries(int reads, double age) {
    var random = new SplittableRandom(1);
    double now = 0;
    double expires = 0;
    int queries = 0;
    for (int i = 0; i < reads; i++) {
        now -= 86_400.0 / reads * StrictMath.log(1 - random.nextDouble());
        if (now < expires) continue; // a hit
        queries++;
        expires = now + age;
    }
    return queries;
}

/// The hit ratio to be expected where a life sees `n` reads besides the
/// one that began it: one miss, n hits.
double hitRatio(double n) {
    return n / (1 + n);
}

/// Hit ratios, counted and by the formula.
void hitRatios() {
    double[] lives = {0.1, 0.5, 1, 2, 5, 10, 20};
    double[] counted = new double[lives.length];
    var rows = new ArrayList<Row>();
    double apart = 0;
    for (int i = 0; i < lives.length; i++) {
        double gap = 86_400 / 3e5; // s from one of 300,000 to the next
        counted[i] = 1 - queries(300_000, lives[i] * gap) / 3e5;
        rows.add(row(lives[i], counted[i], hitRatio(lives[i])));
        apart = Math.max(apart, Math.abs(counted[i] - hitRatio(lives[i])));
    }
    table("Hit ratios", row("reads per life", "counted", "n/(1+n)"), rows);
    chart("Hit ratios", "reads per life", "hit ratio",
            line("counted", lives, counted));
    check("n/(1+n) is right within 0.005", apart < 0.005);
}

/// A question, and what it costs in a day.
record Day(String question, int reads, int age, int queries,
        double plain, double cached) {
    double saved() { return (plain - cached) / 1e6; } // s
}

/// A read pays for its GET, and as a miss also for query and SET. A SET
/// is a trip like a GET and is taken to cost as much.
Day day(String question, int reads, int age, double query, double hit) {
    int queries = queries(reads, age);
    return new Day(question, reads, age, queries, reads * query,
            reads * hit + queries * (query + hit));
}

/// Four questions in a day, each with and without a cache.
void worthIt() {
    var routes = day("routes", reads, age, queryRoutes, hitRoutes);
    var exact = day("routes, exact", reads, 0, queryRoutes, hitRoutes);
    var seldom = day("routes, seldom", 12, age, queryRoutes, hitRoutes);
    var name = day("name", 100 * reads, 604_800, queryName, hitName);
    table("A day", row("question", "reads", "may be old, s", "queries",
                    measured("s saved")),
            Stream.of(routes, exact, seldom, name).map(d -> row(
                    d.question(), d.reads(), d.age(), d.queries(),
                    d.saved())).toList());
    double hits = 1 - (double) routes.queries() / reads;
    check("routes: the hit ratio is n/(1+n), within 0.05",
            Math.abs(hits - hitRatio(reads * age / 86_400.0)) < 0.05);
    check("seldom: most reads are queries", 2 * seldom.queries() > 12);
    check("exact: all reads are queries",
            exact.queries() == reads);
    check("name: one query, and still less saved than with the routes",
            name.queries() == 1 && name.saved() < routes.saved());
}
