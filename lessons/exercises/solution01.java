///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import java.sql.ResultSet;
import lab.Figures.Row;

// What a cache saves, and from which time to live on.

void main() {
    steps(this::oftenRead, this::readOncePerLife, this::neverOld,
            this::ttlWhereItPays, this::onThisMachine);
}

/// A question. What a query, a GET and a SET take, in µs; how often it
/// is read, at random; and for how many seconds an answer is kept.
record Question(double query, double get, double set, double perSecond,
        double ttl) {
    Question keptFor(double s) {
        return new Question(query, get, set, perSecond, s);
    }
}

/// The share of reads that are hits: a life sees one miss, and as many
/// hits as reads are to be expected while it lasts.
double hitRatio(Question q) {
    double n = q.perSecond() * q.ttl();
    return n / (1 + n);
}

/// How many µs a cache saves per second; below 0 if it costs more than
/// it saves. Each hit saves a query, each read costs a GET, each miss a
/// SET.
double saved(Question q) {
    double h = hitRatio(q);
    return q.perSecond() * (h * q.query() - q.get() - (1 - h) * q.set());
}

/// The TTL in seconds at which a cache begins to save, whatever `q.ttl`
/// is; `Double.POSITIVE_INFINITY` if none does. There, n hits save what
/// n + 1 GETs and one SET cost.
double worthFrom(Question q) {
    if (q.query() <= q.get()) return Double.POSITIVE_INFINITY;
    double n = (q.get() + q.set()) / (q.query() - q.get());
    return n / q.perSecond();
}

void oftenRead() {
    check("1,000 reads per life: nearly all are hits",
            close(new Question(50_000, 30, 40, 100, 10)));
}

void readOncePerLife() {
    check("one read per life: half of them are hits",
            close(new Question(1_000, 30, 40, 0.1, 10)));
    check("also where a query costs no more than a GET",
            close(new Question(30, 30, 40, 10, 0.1)));
}

void neverOld() {
    check("kept for 0 s: each read pays for GET, query and SET",
            close(new Question(50, 30, 90, 10, 0)));
}

void ttlWhereItPays() {
    for (var q : List.of(new Question(1_000, 30, 40, 0.5, 0),
            new Question(60, 30, 90, 20, 0))) {
        double ttl = worthFrom(q);
        check("query %.0f µs: kept for longer, it saves".formatted(
                q.query()), played(q.keptFor(ttl * 1.2)) > 0);
        check("query %.0f µs: kept for less, it does not".formatted(
                q.query()), played(q.keptFor(ttl / 1.2)) < 0);
    }
    check("a query faster than a GET: no TTL is long enough",
            worthFrom(new Question(20, 30, 40, 1e6, 0))
                    == Double.POSITIVE_INFINITY);
}

/// Whether `saved` is right, within a hundredth of what is spent.
boolean close(Question q) {
    double spent = q.perSecond() * (q.query() + q.get() + q.set());
    return Math.abs(saved(q) - played(q)) < spent / 100;
}

/// What is really saved: 400,000 reads on a simulated clock.
double played(Question q) {
    var random = new SplittableRandom(1);
    double now = 0;
    double expires = 0;
    double saved = 0;
    for (int i = 0; i < 400_000; i++) {
        now -= StrictMath.log(1 - random.nextDouble()) / q.perSecond();
        saved -= q.get();
        if (now < expires) {
            saved += q.query();
        } else {
            saved -= q.set();
            expires = now + q.ttl();
        }
    }
    return saved / 400_000 * q.perSecond();
}

/// Three questions at their real cost: how old must they be allowed to
/// be, if each is read ten times a second?
void onThisMachine() throws Exception {
    String key = "lesson:1:answer";
    valkey().set(key, "42", setParams().px(60_000));
    double get = measure("GET", () -> valkey().get(key)).p50();
    double set = measure("SET", () -> valkey().set(key, "42",
            setParams().px(60_000))).p50();
    var sold = Map.of("an airport", "airport WHERE airport_id = 1",
            "seats of a flight", "booking WHERE flight_id = 1000",
            "seats from Atlanta", "flight JOIN booking USING (flight_id)"
                    + " WHERE \"from\" = 1");
    var rows = new ArrayList<Row>();
    for (String name : new TreeSet<>(sold.keySet())) {
        String sql = "SELECT count(*) FROM " + sold.get(name);
        double query = measure(name, 100, () -> ask(sql)).p50();
        double ttl = worthFrom(new Question(query, get, set, 10, 0));
        rows.add(row(name, Double.isFinite(ttl) ? ttl : "never"));
    }
    table("Kept from here on, it saves",
            row("question, 10 reads a second", measured("TTL, s")), rows);
}

int ask(String sql) throws Exception {
    try (var db = flughafen().getConnection();
            var statement = db.createStatement();
            ResultSet result = statement.executeQuery(sql)) {
        result.next();
        return result.getInt(1);
    }
}
