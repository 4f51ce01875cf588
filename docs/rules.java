///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lessons/lab/Lab.java
//SOURCES ../data/Rule.java
//SOURCES ../data/RuleFacts.java
//SOURCES ../data/Rules.java
import static lab.Lab.*;

import data.Flughafen;
import data.Rule;
import data.Rules;
import java.nio.file.Path;
import javax.sql.DataSource;
import lab.Figures.Bar;
import lab.Figures.Row;

void main() {
    steps(this::theRules, this::violations, this::aBrokenRule,
            this::zipf, this::travellers, this::bothWays, this::weekdays,
            this::season, this::distance, this::seats, this::climate);
}

/// Each rule, and why it matters.
void theRules() {
    table("Rules and reasons", row("rule", "why"), Rules.all().stream()
            .map(rule -> row(rule.name(), rule.why())).toList());
    check("no two have the same name", Rules.all().stream()
            .map(Rule::name).distinct().count() == Rules.all().size());
}

/// Each rule, held against this database.
void violations() {
    var results = new ArrayList<Rules.Result>();
    Rules.check(Flughafen.locate(), results::add);
    table("Rules", row("rule", "violations", measured("ms")),
            results.stream().map(r -> row(r.rule().name(),
                    r.violations().isPresent()
                            ? r.violations().getAsLong() : r.reason(),
                    r.took().toNanos() / 1e6)).toList());
    check("each was checked, or says why not",
            results.size() == Rules.all().size() && results.stream()
            .allMatch(r -> r.violations().isPresent()
                    || !r.reason().isEmpty()));
    results.stream().filter(r -> r.violations().isPresent())
            .forEach(r -> check(r.rule().name(), !r.broken()));
}

/// A rule that cannot be broken says nothing: a copy of the database, with
/// one flight that never takes time.
void aBrokenRule() throws Exception {
    String name = "a flight arrives after it departs";
    Rule rule = Rules.all().stream()
            .filter(r -> r.name().equals(name)).findFirst().orElseThrow();
    DataSource copy = flughafenCopy();
    String count = "SELECT count(*) FROM (" + rule.sql() + ")";
    long before = number(ask(copy, count));
    ask(copy, "UPDATE flight SET arrival = departure WHERE flight_id = 1");
    long after = number(ask(copy, count));
    table(name, row("the copy", "violations"),
            row("as it was", before), row("after one UPDATE", after));
    check("it finds the flight, and no other", before == 0 && after == 1);
}

/// All rows of a query.
List<Row> ask(DataSource db, String text) throws Exception {
    try (var connection = db.getConnection();
            var sql = connection.prepareStatement(text)) {
        var rows = new ArrayList<Row>();
        if (!sql.execute()) return rows;
        try (var result = sql.getResultSet()) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                var cells = new ArrayList<>(width);
                for (int c = 1; c <= width; c++) {
                    cells.add(result.getObject(c));
                }
                rows.add(new Row(cells));
            }
        }
        return rows;
    }
}

/// The one number that a query has found.
long number(List<Row> rows) {
    return ((Number) rows.getFirst().cells().getFirst()).longValue();
}

/// A column of numbers.
double[] column(List<Row> rows, int c) {
    return rows.stream().mapToDouble(
            row -> ((Number) row.cells().get(c)).doubleValue()).toArray();
}

/// Departures by the rank of the airport.
void zipf() throws Exception {
    double[] flights = column(ask(flughafen(), """
            SELECT count(*) AS flights FROM flight
            GROUP BY "from" ORDER BY flights DESC"""), 0);
    double[] ranks = new double[flights.length];
    double[] logs = new double[flights.length];
    for (int i = 0; i < flights.length; i++) {
        ranks[i] = Math.log10(i + 1);
        logs[i] = Math.log10(flights[i]);
    }
    chart("Departures by rank", "log₁₀ of the rank",
            "log₁₀ of departures", line("airports", ranks, logs));
    long all = number(ask(flughafen(), "SELECT count(*) FROM airport"));
    double ten = percent(flights, 10);
    double tenth = percent(flights, all / 10);
    table("Of the departures", row("the busiest", "have, in %"),
            row("10 airports", ten),
            row("100 airports", percent(flights, 100)),
            row("tenth of the " + all, tenth));
    check("the busiest tenth of the airports has more than half",
            tenth > 50);
    check("the busiest ten have more than twenty times their share",
            ten > 20 * 100.0 * 10 / all);
}

/// What the first so many have of all.
double percent(double[] counts, long first) {
    return 100 * Arrays.stream(counts).limit(first).sum()
            / Arrays.stream(counts).sum();
}

/// Bookings by passenger: low ids fly most.
void travellers() throws Exception {
    List<Row> tenths = ask(flughafen(), """
            WITH tenth AS (
                SELECT passenger_id,
                       ntile(10) OVER (ORDER BY passenger_id) AS tenth
                FROM passenger)
            SELECT tenth, count(*) AS bookings
            FROM tenth JOIN booking USING (passenger_id)
            GROUP BY tenth ORDER BY tenth""");
    double[] bookings = column(tenths, 1);
    table("Bookings by tenths of the passengers, low ids first",
            row("tenth", "bookings"), tenths);
    check("the first tenth has booked most", Arrays.stream(bookings).max()
            .orElseThrow() == bookings[0]);
}

/// Nobody gets stuck: whoever lands somewhere can leave.
void bothWays() throws Exception {
    check("where a flight lands, one leaves, and the other way round",
            ask(flughafen(), """
            SELECT "from" FROM flight EXCEPT SELECT "to" FROM flight""")
            .isEmpty() && ask(flughafen(), """
            SELECT "to" FROM flight EXCEPT SELECT "from" FROM flight""")
            .isEmpty());
}

/// Seats sold, of a hundred, by the day of the week.
void weekdays() throws Exception {
    List<Row> days = sold("""
            CASE strftime('%w', f.departure) WHEN '1' THEN '1 Mon'
                WHEN '2' THEN '2 Tue' WHEN '3' THEN '3 Wed'
                WHEN '4' THEN '4 Thu' WHEN '5' THEN '5 Fri'
                WHEN '6' THEN '6 Sat' ELSE '7 Sun' END""");
    table("By weekday", row("day", "flights", "seats", "sold"), days);
    chart("Seats sold of a hundred, by weekday", "%", bars(days));
    Row fullest = days.stream()
            .max(Comparator.comparing(this::loadFactor)).orElseThrow();
    check("Friday is the fullest day", fullest.equals(days.get(4)));
}

/// Flights, their seats and the seats sold, grouped by an expression.
List<Row> sold(String by) throws Exception {
    return ask(flughafen(), """
            WITH taken AS (
                SELECT flight_id, count(*) AS sold
                FROM booking GROUP BY flight_id)
            SELECT %s AS part, count(*), sum(p.capacity), sum(t.sold)
            FROM flight f JOIN airplane p USING (airplane_id)
            LEFT JOIN taken t USING (flight_id)
            GROUP BY part ORDER BY part""".formatted(by));
}

/// Of a hundred seats, how many are sold?
double loadFactor(Row part) {
    double seats = ((Number) part.cells().get(2)).doubleValue();
    return 100 * ((Number) part.cells().get(3)).doubleValue() / seats;
}

Bar[] bars(List<Row> parts) {
    return parts.stream().map(part -> bar("" + part.cells().getFirst(),
            loadFactor(part))).toArray(Bar[]::new);
}

/// The same by week, from the first on.
void season() throws Exception {
    List<Row> weeks = sold("""
            (unixepoch(date(f.departure)) - unixepoch(
                (SELECT epoch FROM meta))) / 604800 + 1""");
    chart("Flights by week", "week", "flights", line("flights",
            column(weeks, 0), column(weeks, 1)));
    chart("Seats sold of a hundred, by week", "%", bars(weeks));
    check("thirteen weeks", weeks.size() == 13);
    check("more flights in the weeks 8 to 11 than in the first four",
            sum(column(weeks, 1), 7, 11) > sum(column(weeks, 1), 0, 4));
    check("and more seats sold",
            sum(column(weeks, 3), 7, 11) > sum(column(weeks, 3), 0, 4));
}

double sum(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).sum();
}

/// Prices by great-circle distance, by the haversine formula.
void distance() throws Exception {
    List<Row> classes = ask(flughafen(), """
            WITH pair AS (
                SELECT DISTINCT "from", "to" FROM flight),
            leg AS (
                SELECT "from", "to", 2 * 6371 * asin(sqrt(
                    pow(sin(radians(b.latitude - a.latitude) / 2), 2)
                    + cos(radians(a.latitude)) * cos(radians(b.latitude))
                    * pow(sin(radians(b.longitude - a.longitude) / 2), 2)))
                    AS km
                FROM pair
                JOIN airport_geo a ON a.airport_id = "from"
                JOIN airport_geo b ON b.airport_id = "to"),
            flown AS (
                SELECT flight_id, CASE WHEN km <= 500 THEN 500
                    WHEN km <= 1000 THEN 1000 WHEN km <= 2000 THEN 2000
                    WHEN km <= 4000 THEN 4000 WHEN km <= 8000 THEN 8000
                    ELSE 20000 END AS up_to
                FROM flight JOIN leg USING ("from", "to")),
            paid AS (
                SELECT flight_id, count(*) AS sold, sum(price) AS income
                FROM booking GROUP BY flight_id)
            SELECT up_to, sum(sold), round(sum(income) / sum(sold), 2)
            FROM flown JOIN paid USING (flight_id)
            GROUP BY up_to ORDER BY up_to""");
    table("Prices by distance", row("up to km", "bookings", "mean price"),
            classes);
    double[] prices = column(classes, 2);
    chart("Mean price, by distance", "", classes.stream().map(c -> bar(
            "to %,d km".formatted((Integer) c.cells().getFirst()),
            (Double) c.cells().get(2))).toArray(Bar[]::new));
    double[] sorted = prices.clone();
    Arrays.sort(sorted);
    check("the farther the dearer", Arrays.equals(prices, sorted));
}

/// Flights by how many of their seats are sold.
void seats() throws Exception {
    List<Row> flights = ask(flughafen(), """
            WITH taken AS (
                SELECT flight_id, count(*) AS sold
                FROM booking GROUP BY flight_id)
            SELECT min(10 * (coalesce(sold, 0) / 10), 50) AS sold,
                   count(*) AS flights
            FROM flight LEFT JOIN taken USING (flight_id)
            GROUP BY 1 ORDER BY 1""");
    table("Seats sold", row("so many or more", "flights"), flights);
    long all = number(ask(flughafen(), "SELECT count(*) FROM flight"));
    check("most flights sell fewer than twenty",
            sum(column(flights, 1), 0, 2) > all / 2.0);
    check("no flight is left out",
            sum(column(flights, 1), 0, flights.size()) == all);
    check("no flight sells more seats than it has", ask(flughafen(), """
            SELECT flight_id FROM booking
            JOIN flight USING (flight_id) JOIN airplane USING (airplane_id)
            GROUP BY flight_id HAVING count(*) > capacity""").isEmpty());
}

/// The mean temperature, from the equator outwards.
void climate() throws Exception {
    List<Row> bands = ask(flughafen(), """
            SELECT 15 * CAST(abs(g.latitude) / 15 AS INTEGER) AS band,
                   count(DISTINCT station) AS stations,
                   round(avg(temp), 1) AS mean
            FROM weatherdata w JOIN airport_geo g ON airport_id = station
            GROUP BY band ORDER BY band""");
    table("Temperature", row("from degree", "stations", "mean °C"), bands);
    double[] means = column(bands, 2);
    check("it is colder farthest from the equator than nearest to it",
            means[means.length - 1] < means[0]);
}
