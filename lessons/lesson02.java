///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

final String airline = knob("airline", "CA"); // whose routes we ask for
final int ttl = knob("ttl", 300_000, 0, 900_000);   // ms a row is kept
final int none = knob("none", 10_000, 0, 900_000);  // ms "none" is kept
final int hits = knob("hits", 2_000, 1, 100_000);   // timed per question
final int reads = knob("reads", 1_000, 1, 100_000); // of absent rows

final JsonMapper json = JsonMapper.builder().build();
final LongAdder queries = new LongAdder(); // as many as the database got

void main() {
    steps(this::missThenHit, this::stableKeys, this::worthIt,
            this::absentRows, this::staleSet, this::versionedSet,
            this::lostTombstone);
}

/// A question: SQL, its parameters, and the record a row becomes.
record Query<T>(Class<T> type, String sql, Object... parameters) {}

record Airport(int id, String iata, String name) {}

/// Simple: one row by its primary key.
Query<Airport> airport(int id) {
    return new Query<>(Airport.class, """
            SELECT airport_id, iata, name
            FROM airport WHERE airport_id = ?""", id);
}

record Route(String to, String city, int seats, double revenue) {}

/// Medium: the ten destinations that earn an airline most.
Query<Route> routes(String iata) {
    return new Query<>(Route.class, """
            SELECT a.iata, g.city, count(*), sum(b.price) AS revenue
            FROM airline l
            JOIN flight f USING (airline_id)
            JOIN booking b USING (flight_id)
            JOIN airport a ON a.airport_id = f."to"
            JOIN airport_geo g ON g.airport_id = f."to"
            WHERE l.iata = ?
            GROUP BY a.airport_id
            ORDER BY revenue DESC, a.airport_id LIMIT 10""", iata);
}

record Trip(String passenger, String departure, String airline,
        String to, String city, String aircraft, String seat,
        double price) {}

/// Advanced: every trip of a passenger, over eight tables.
Query<Trip> history(int passenger) {
    return new Query<>(Trip.class, """
            SELECT p.lastname, f.departure, l.airlinename, a.iata, g.city,
                   t.identifier, b.seat, b.price
            FROM passenger p
            JOIN booking b USING (passenger_id)
            JOIN flight f USING (flight_id)
            JOIN airline l ON l.airline_id = f.airline_id
            JOIN airplane USING (airplane_id)
            JOIN airplane_type t USING (type_id)
            JOIN airport a ON a.airport_id = f."to"
            JOIN airport_geo g ON g.airport_id = f."to"
            WHERE p.passenger_id = ?
            ORDER BY f.departure, b.booking_id""", passenger);
}

/// Asks the database. Columns become the components of the record.
<T> List<T> ask(DataSource db, Query<T> query) throws Exception {
    queries.increment();
    try (var connection = db.getConnection();
            var sql = connection.prepareStatement(query.sql())) {
        int place = 0;
        for (Object p : query.parameters()) sql.setObject(++place, p);
        var make = query.type().getDeclaredConstructors()[0];
        var row = new Object[make.getParameterCount()];
        var rows = new ArrayList<T>();
        var result = sql.executeQuery();
        while (result.next()) {
            for (int i = 0; i < row.length; i++) {
                row[i] = result.getObject(i + 1);
            }
            rows.add(query.type().cast(make.newInstance(row)));
        }
        return rows;
    }
}

/// Cache-aside: get; on a miss load, and set with a time to live.
/// "None" is an answer too: kept for `noneTtl` ms, for 0 not at all.
<T> List<T> cacheAside(String key, Class<T> type, int noneTtl,
        Callable<List<T>> load) throws Exception {
    String known = valkey().get(key);
    if (known != null) return json.readerForListOf(type).readValue(known);
    List<T> rows = load.call();
    int px = rows.isEmpty() ? noneTtl : ttl;
    String text = json.writeValueAsString(rows);
    if (px > 0) valkey().set(key, text, setParams().px(px));
    return rows;
}

/// Cache-aside in front of the FlughafenDB.
<T> List<T> answer(Query<T> query, int noneTtl) throws Exception {
    return cacheAside(key(query), query.type(), noneTtl,
            () -> ask(flughafen(), query));
}

/// The first read loads, the second does not.
void missThenHit() throws Exception {
    List<Route> miss = answer(routes(airline), none);
    List<Route> hit = answer(routes(airline), none);
    check(airline + " is an airline with bookings", !miss.isEmpty());
    IO.println("kept as " + key(routes(airline)));
    table("Where " + airline + " earns most",
            row("to", "city", "seats", "revenue"),
            hit.stream().limit(3).map(r -> row(
                    r.to(), r.city(), r.seats(), r.revenue())).toList());
    check("two reads, one query", queries.sum() == 1);
    check("the hit equals the miss", hit.equals(miss));
    long left = valkey().pttl(key(routes(airline)));
    check("the answer expires", 0 < left && left <= ttl);
}

/// `route:` and 128 bits of SHA-256 over SQL, parameters and the shape of
/// the record. Over JSON: ("A", "BC") is not ("AB", "C"), 1 is not "1".
/// The shape is that of the record itself, not of records within it.
String key(Query<?> query) throws Exception {
    byte[] asked = json.writeValueAsBytes(List.of(query.sql(),
            query.parameters(),
            Arrays.toString(query.type().getRecordComponents())));
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(asked);
    return query.type().getSimpleName().toLowerCase(Locale.ROOT)
            + ":" + HexFormat.of().formatHex(hash, 0, 16);
}

/// 10,000 questions, from 100 airports to 100 airports: how many keys?
void stableKeys() throws Exception {
    String sql = "SELECT * FROM flight WHERE \"from\" = ? AND \"to\" = ?";
    var codes = new HashSet<Integer>();
    var keys = new HashSet<String>();
    for (int from = 1; from <= 100; from++) {
        for (int to = 1; to <= 100; to++) {
            codes.add(Objects.hash(sql, from, to));
            keys.add(key(new Query<>(Flight.class, sql, from, to)));
        }
    }
    table("Keys for 10,000 questions", row("made by", "keys"),
            row("hashCode()", codes.size()),
            row("SHA-256", keys.size()));
    check("1 to 38 and 2 to 7 share a hashCode",
            Objects.hash(sql, 1, 38) == Objects.hash(sql, 2, 7));
    check("SHA-256 tells all questions apart", keys.size() == 10_000);
    String key = key(new Query<>(Flight.class, sql, "A", "BC"));
    check("also (\"A\", \"BC\") from (\"AB\", \"C\")",
            !key.equals(key(new Query<>(Flight.class, sql, "AB", "C"))));
    key = key(new Query<>(Flight.class, sql, 1, 2));
    check("also 1 from \"1\"",
            !key.equals(key(new Query<>(Flight.class, sql, "1", 2))));
}

/// Medians, in µs.
record Cost(int rows, double query, double hit) {
    /// How many hits fit into one query.
    double gain() {
        return query / hit;
    }

    /// The hit ratio at which cache-aside costs as much as the query.
    /// GET and SET are taken to cost what a hit costs, each.
    String worthAbove() {
        double ratio = 2 * hit / (query + hit);
        return ratio < 1 ? "%.1f %%".formatted(100 * ratio) : "no ratio";
    }
}

/// Times both up to the same records: columns read, JSON parsed.
Cost compare(String name, int samples, Query<?> query) throws Exception {
    var asked = measure(name + ": query", samples,
            () -> ask(flughafen(), query));
    var hit = measure(name + ": hit", hits, () -> answer(query, none));
    return new Cost(answer(query, none).size(), asked.p50(), hit.p50());
}

/// From here on the answer is a hit, and as good as the query's.
void remember(String name, Query<?> query) throws Exception {
    answer(query, none);
    check(name + ": the hit equals the query",
            answer(query, none).equals(ask(flughafen(), query)));
}

/// Three questions, asked of the database and of Valkey.
void worthIt() throws Exception {
    remember("simple", airport(1));
    remember("medium", routes(airline));
    remember("advanced", history(1_000));
    Cost s = compare("simple", 1_000, airport(1));
    Cost m = compare("medium", 20, routes(airline));
    Cost a = compare("advanced", 300, history(1_000));
    table("Three questions", row("question", "tables", "rows returned",
                    measured("pays above a hit ratio of")),
            row("simple", 1, s.rows(), s.worthAbove()),
            row("medium", 5, m.rows(), m.worthAbove()),
            row("advanced", 8, a.rows(), a.worthAbove()));
    chart("Hits that fit into one query", "hits",
            bar("simple", s.gain()), bar("medium", m.gain()),
            bar("advanced", a.gain()));
    check("medium: more than five hits fit into one query", m.gain() > 5);
    check("simple: not a fifth of that gain", s.gain() < m.gain() / 5);
    check("simple: less than ten hits fit into one", s.gain() < 10);
    check("advanced: not half of it", a.gain() < m.gain() / 2);
}

/// Reads `--reads` times, round robin over `ids` ids from `id` on.
/// Returns how many of the reads became queries.
long queriesFor(int noneTtl, int id, int ids) throws Exception {
    long before = queries.sum();
    for (int i = 0; i < reads; i++) answer(airport(id + i % ids), noneTtl);
    return queries.sum() - before;
}

/// Reads of airports that do not exist: none has an id above a million.
void absentRows() throws Exception {
    long forgotten = queriesFor(0, 1_000_000, 1);
    long kept = queriesFor(none, 1_000_000, 1);
    long scattered = queriesFor(none, 2_000_000, reads);
    table("Reads of what is not there",
            row("\"none\" is", "ids", "reads", "queries"),
            row("forgotten", 1, reads, forgotten),
            row("kept", 1, reads, kept),
            row("kept", reads, reads, scattered));
    check("forgotten: each read is a query", forgotten == reads);
    check("kept: one query", kept == 1);
    check("kept, but always another id: each read is a query",
            scattered == reads);
}

record Flight(int id, String flightno, String departure, long version) {}

/// The flight that the rest is about.
List<Flight> load() throws Exception {
    return ask(flughafenCopy(), new Query<>(Flight.class, """
            SELECT flight_id, flightno, departure, version
            FROM flight WHERE flight_id = ?""", 1_000));
}

/// Lets it leave an hour earlier, and adds 1 to its version.
Flight commit() throws Exception {
    return ask(flughafenCopy(), new Query<>(Flight.class, """
            UPDATE flight SET version = version + 1,
                departure = datetime(departure, '-1 hour')
            WHERE flight_id = ?
            RETURNING flight_id, flightno, departure, version""", 1_000))
            .getFirst();
}

/// Cache-aside for the flight, in one of its forms.
interface Read {
    List<Flight> by(Callable<List<Flight>> load) throws Exception;
}

/// A reader between its load and its set.
record Paused(CountDownLatch resume, Future<?> end) {
    /// Lets it set, and waits until it has.
    void sets() throws Exception {
        resume.countDown();
        end.get();
    }
}

/// Starts a reader in a thread of its own. It loads, and then it waits.
Paused readerLoads(Read read) throws Exception {
    var loaded = new CountDownLatch(1);
    var resume = new CountDownLatch(1);
    var reader = new FutureTask<>(() -> read.by(() -> {
        List<Flight> rows = load();
        loaded.countDown();
        resume.await(); // a full GC, say, or a slow network
        return rows;
    }));
    Thread.ofVirtual().name("reader").start(reader);
    if (!loaded.await(10, SECONDS)) {
        if (reader.isDone()) reader.get(); // it threw: say what
        throw new TimeoutException("the reader did not load");
    }
    return new Paused(resume, reader);
}

/// The writer does all that is asked of it: it commits, then deletes.
void staleSet() throws Exception {
    addVersions();
    String key = "flight:1000";
    Read naive = load -> cacheAside(key, Flight.class, none, load);

    Paused reader = readerLoads(naive);
    Flight now = commit();
    long deleted = valkey().del(key);
    reader.sets();

    Flight told = naive.by(this::load).getFirst();
    table("When does " + now.flightno() + " leave?",
            row("who says", "departure"),
            row("database", now.departure()),
            row("cache", told.departure()));
    check("there was nothing to delete", deleted == 0);
    check("a reader gets the old row", told.version() < now.version());
    check("so does the next", naive.by(this::load).getFirst().equals(told));
    check("the old row has a TTL, at least", valkey().pttl(key) > 0);
}

/// The FlughafenDB has no versions; our copy of it gets them.
void addVersions() throws Exception {
    try (var db = flughafenCopy().getConnection();
            var sql = db.createStatement()) {
        sql.execute("ALTER TABLE flight ADD version INTEGER DEFAULT 1");
    }
}

/// The key of a Valkey hash with the fields `version` and `rows`.
final String versioned = "flight:1000:versioned";

/// Sets a version and its rows, unless there is a newer version. An equal
/// one passes: so rows replace their tombstone. The script replies 1, or
/// 0 for a refusal.
void setUnlessOlder(long version, String rows) {
    valkey().eval("""
            local known = redis.call('HGET', KEYS[1], 'version') or 0
            if tonumber(ARGV[1]) < tonumber(known) then return 0 end
            redis.call('HSET', KEYS[1],
                'version', ARGV[1], 'rows', ARGV[2])
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            return 1""",
            List.of(versioned), List.of("" + version, rows, "" + ttl));
}

/// The writer's part, after its commit: a version without rows.
void tombstone(Flight now) {
    setUnlessOlder(now.version(), "");
}

/// Cache-aside that sets what it loaded unless there is newer.
List<Flight> cacheAsideVersioned(Callable<List<Flight>> load)
        throws Exception {
    String known = valkey().hget(versioned, "rows");
    if (known != null && !known.isEmpty()) { // no tombstone
        return json.readerForListOf(Flight.class).readValue(known);
    }
    List<Flight> rows = load.call();
    if (rows.isEmpty()) return rows; // no row, no version: not kept
    setUnlessOlder(rows.getFirst().version(),
            json.writeValueAsString(rows));
    return rows;
}

/// The same race against versions.
void versionedSet() throws Exception {
    Paused reader = readerLoads(this::cacheAsideVersioned);
    Flight now = commit();
    tombstone(now);
    reader.sets();

    check("Valkey refused the old row",
            "".equals(valkey().hget(versioned, "rows")));
    Flight told = cacheAsideVersioned(this::load).getFirst();
    check("the next reader loads the new row", told.equals(now));
    long before = queries.sum();
    setUnlessOlder(now.version() - 1, ""); // a tombstone that comes late
    cacheAsideVersioned(this::load);
    check("a late tombstone is refused, too", queries.sum() == before);
}

/// And once more, with a reader slower than the tombstone's TTL.
void lostTombstone() throws Exception {
    valkey().pexpire(versioned, 0); // the entry expires: a miss again
    Paused reader = readerLoads(this::cacheAsideVersioned);
    Flight now = commit();
    tombstone(now);
    valkey().pexpire(versioned, 0); // the tombstone expires, too
    reader.sets();

    Flight told = cacheAsideVersioned(this::load).getFirst();
    check("the old row is back", told.version() < now.version());
}
