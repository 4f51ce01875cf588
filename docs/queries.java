///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lessons/lab/Lab.java
import static lab.Lab.*;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import javax.sql.DataSource;
import lab.Figures.Row;

final String hub = knob("airport", "ATL");            // whose flights
final String line = knob("airline", "DL");            // whose fleet
final String country = knob("country", "Switzerland"); // whose airports
final int hops = knob("hops", 2);                     // flights in a row

void main() {
    steps(this::byKey, this::byRange, this::hiddenIndex, this::joinOfTwo,
            this::count, this::departures, this::fleet, this::weather,
            this::passengers, this::revenue, this::turnarounds,
            this::reachable, this::busiestRoutes, this::fares,
            this::loadFactor, this::fog);
}

/// A question: what it asks, its SQL and the SQL's parameters.
record Query(String title, String sql, Object... parameters) {}

/// What came of it: its rows, SQLite's plan, and the median time in µs.
record Answer(List<Row> rows, List<String> plan, double p50) {
    /// Whether a line of the plan holds this.
    boolean plans(String words) {
        return plan.stream().anyMatch(line -> line.contains(words));
    }
}

/// Asks the FlughafenDB, and shows what came of it.
Answer ask(int samples, Query query) throws Exception {
    return answer(flughafen(), samples, query);
}

/// Shows the first rows, and the rest of the answer.
Answer answer(DataSource db, int samples, Query query) throws Exception {
    var columns = new ArrayList<>();
    List<Row> rows = rows(db, query, columns);
    List<Row> first = rows.subList(0, Math.min(7, rows.size()));
    table(first.size() == rows.size() ? query.title() : "%s: %d of %,d rows"
            .formatted(query.title(), first.size(), rows.size()),
            new Row(columns), first);
    return explain(db, samples, query, rows);
}

/// Shows how SQLite goes about it, and times it `samples` times.
Answer explain(DataSource db, int samples, Query query, List<Row> rows)
        throws Exception {
    List<String> plan = plan(db, query);
    plan.forEach(IO::println);
    double p50 = measure(query.title(), samples,
            () -> rows(db, query, new ArrayList<>())).p50();
    return new Answer(rows, plan, p50);
}

/// All rows, and the names of their columns.
List<Row> rows(DataSource db, Query query, List<Object> columns)
        throws Exception {
    try (var connection = db.getConnection();
            var sql = prepared(connection, query.sql(), query);
            ResultSet result = sql.executeQuery()) {
        int width = result.getMetaData().getColumnCount();
        for (int c = 1; c <= width; c++) {
            columns.add(result.getMetaData().getColumnLabel(c));
        }
        var rows = new ArrayList<Row>();
        while (result.next()) {
            var cells = new ArrayList<>(width); // may hold nulls
            for (int c = 1; c <= width; c++) cells.add(result.getObject(c));
            rows.add(new Row(cells));
        }
        return rows;
    }
}

/// SQLite's plan, a line a step; what serves another is indented.
List<String> plan(DataSource db, Query query) throws Exception {
    try (var connection = db.getConnection();
            var sql = prepared(connection, "EXPLAIN QUERY PLAN "
                    + query.sql(), query);
            ResultSet step = sql.executeQuery()) {
        var indent = new HashMap<>(Map.of(0, ""));
        var plan = new ArrayList<String>();
        while (step.next()) {
            String margin = indent.get(step.getInt("parent"));
            indent.put(step.getInt("id"), margin + "  ");
            plan.add(margin + step.getString("detail"));
        }
        return plan;
    }
}

PreparedStatement prepared(Connection connection, String text, Query query)
        throws Exception {
    var sql = connection.prepareStatement(text);
    int place = 0;
    for (Object p : query.parameters()) sql.setObject(++place, p);
    return sql;
}

/// The one value of the one row of a query.
Object value(DataSource db, String sql, Object... parameters)
        throws Exception {
    return rows(db, new Query("", sql, parameters), new ArrayList<>())
            .getFirst().cells().getFirst();
}

/// The first day of the flights, as meta has it.
String epoch() throws Exception {
    return (String) value(flughafen(), "SELECT epoch FROM meta");
}

// --- simple ---

/// One row, by a key that is not the primary one.
void byKey() throws Exception {
    Answer answer = ask(200, new Query("By its code", """
            SELECT airport_id, iata, icao, name
            FROM airport WHERE iata = ?""", hub));
    check("one row", answer.rows().size() == 1);
    check("the index on the code leads to it",
            answer.plans("SEARCH airport USING INDEX airport_iata"));
}

/// A range of an index: the flights of an afternoon.
void byRange() throws Exception {
    Answer answer = ask(200, new Query("From noon to six", """
            SELECT flight_id, flightno, departure
            FROM flight
            WHERE departure >= ? || ' 12:00:00'
                AND departure < ? || ' 18:00:00'
            ORDER BY departure, flight_id""", epoch(), epoch()));
    check("there are some", !answer.rows().isEmpty());
    check("a range of the index",
            answer.plans("flight_departure (departure>? AND departure<?)"));
    check("which has them in order: nothing is sorted",
            !answer.plans("TEMP B-TREE"));
}

/// The flights of a day, asked for in two ways.
void hiddenIndex() throws Exception {
    Answer range = ask(50, new Query("By a range", """
            SELECT count(*) AS flights FROM flight
            WHERE departure >= ? AND departure < date(?, '+1 day')""",
            epoch(), epoch()));
    Answer function = ask(5, new Query("By a function", """
            SELECT count(*) AS flights FROM flight
            WHERE date(departure) = ?""", epoch()));
    check("the same count", range.rows().equals(function.rows()));
    check("the range is searched", range.plans("SEARCH flight"));
    check("under a function each entry is looked at",
            function.plans("SCAN flight"));
}

/// Two tables: the airports of a country.
void joinOfTwo() throws Exception {
    Answer answer = ask(200, new Query("Airports of " + country, """
            SELECT a.iata, a.name, g.city, g.latitude, g.longitude
            FROM airport_geo g JOIN airport a USING (airport_id)
            WHERE g.country = ? ORDER BY g.airport_id""", country));
    check("there are some", !answer.rows().isEmpty());
    check("the country by its index, each airport by its key",
            answer.plans("SEARCH g USING INDEX airport_geo_country")
            && answer.plans("SEARCH a USING INTEGER PRIMARY KEY"));
    check("in the order of the index's entries: nothing is sorted",
            !answer.plans("TEMP B-TREE"));
}

/// How often has a passenger booked?
void count() throws Exception {
    Answer answer = ask(200, new Query("Bookings of passenger 1", """
            SELECT count(*) AS bookings
            FROM booking WHERE passenger_id = ?""", 1));
    check("an index is enough: no booking is read", answer.plans(
            "SEARCH booking USING COVERING INDEX booking_passenger"));
}

// --- medium ---

/// What the board in the hall says at six in the evening.
void departures() throws Exception {
    Answer board = ask(200, new Query("Next from " + hub, """
            SELECT f.departure AS departs, f.flightno, a.iata,
                   g.city, l.airlinename AS airline
            FROM airport home
            JOIN flight f ON f."from" = home.airport_id
            JOIN airport a ON a.airport_id = f."to"
            JOIN airport_geo g ON g.airport_id = f."to"
            JOIN airline l USING (airline_id)
            WHERE home.iata = ? AND f.departure >= ? || ' 18:00:00'
            ORDER BY f.departure, f.flight_id LIMIT 10""", hub, epoch()));
    check("ten flights", board.rows().size() == 10);
    check("from the index, at the right place", board.plans(
            "flight_from (from=? AND departure>?)"));
    check("it stops after ten: nothing is sorted",
            !board.plans("TEMP B-TREE"));
}

/// What an airline has, and how much of it is in use.
void fleet() throws Exception {
    Answer fleet = ask(50, new Query("The fleet of " + line, """
            SELECT t.identifier AS type, count(DISTINCT p.airplane_id)
                       AS aircraft, count(f.flight_id) AS flights,
                   count(DISTINCT p.airplane_id)
                       - count(DISTINCT f.airplane_id) AS unused
            FROM airline l
            JOIN airplane p USING (airline_id)
            JOIN airplane_type t USING (type_id)
            LEFT JOIN flight f USING (airplane_id)
            WHERE l.iata = ?
            GROUP BY t.type_id
            ORDER BY aircraft DESC, t.type_id""", line));
    check("it has aircraft", !fleet.rows().isEmpty());
    check("their flights come from an index alone", fleet.plans(
            "SEARCH f USING COVERING INDEX flight_airplane"));
    Object all = value(flughafen(), """
            SELECT count(*) FROM airplane JOIN airline USING (airline_id)
            WHERE iata = ?""", line);
    check("each aircraft is counted, also the unused", all.equals(
            fleet.rows().stream().mapToInt(
                    row -> (Integer) row.cells().get(1)).sum()));
}

/// The last reading before each departure of a day.
void weather() throws Exception {
    Answer weather = ask(50, new Query("Weather at " + hub, """
            SELECT time(f.departure) AS departs, f.flightno, w.temp,
                   w.wind, w.weather
            FROM airport a
            JOIN flight f ON f."from" = a.airport_id
            JOIN weatherdata w ON w.station = a.airport_id
                AND w.log_date = date(f.departure)
                AND w.time = strftime('%H:00:00', f.departure)
            WHERE a.iata = ? AND f.departure >= ?
                AND f.departure < date(?, '+1 day')
            ORDER BY f.departure, f.flight_id""", hub, epoch(), epoch()));
    check("each reading is found by the whole key", weather.plans(
            "PRIMARY KEY (station=? AND log_date=? AND time=?)"));
    Object flights = value(flughafen(), """
            SELECT count(*) FROM flight JOIN airport ON airport_id = "from"
            WHERE iata = ? AND date(departure) = ?""", hub, epoch());
    check("a reading for each flight",
            flights.equals(weather.rows().size()));
}

/// Who sits where: the hub's first flight.
void passengers() throws Exception {
    Object flight = value(flughafen(), """
            SELECT flight_id FROM flight JOIN airport ON airport_id = "from"
            WHERE iata = ? ORDER BY departure, flight_id LIMIT 1""", hub);
    Answer list = ask(200, new Query("Who is on board", """
            SELECT b.seat, p.lastname, p.firstname, d.country
            FROM booking b
            JOIN passenger p USING (passenger_id)
            JOIN passengerdetails d USING (passenger_id)
            WHERE b.flight_id = ?
            ORDER BY CAST(b.seat AS INTEGER), b.seat""", flight));
    check("its bookings are found by an index",
            list.plans("SEARCH b USING INDEX booking_seat (flight_id=?)"));
    check("row 10 after row 9: that order is no index's",
            list.plans("USE TEMP B-TREE FOR ORDER BY"));
    check("no seat twice", list.rows().stream().map(
            row -> row.cells().getFirst()).distinct().count()
            == list.rows().size());
}

/// The routes of an airport, by what they earn.
void revenue() throws Exception {
    Answer revenue = ask(10, new Query("Revenue by route from " + hub, """
            SELECT a.iata AS "to", count(*) AS seats,
                   round(sum(b.price)) AS revenue,
                   round(avg(b.price), 2) AS "mean price"
            FROM airport home
            JOIN flight f ON f."from" = home.airport_id
            JOIN booking b USING (flight_id)
            JOIN airport a ON a.airport_id = f."to"
            WHERE home.iata = ?
            GROUP BY a.airport_id
            ORDER BY revenue DESC, a.airport_id""", hub));
    check("nothing is scanned", !revenue.plans("SCAN"));
    Object seats = value(flughafen(), """
            SELECT count(*) FROM booking JOIN flight USING (flight_id)
            JOIN airport ON airport_id = "from" WHERE iata = ?""", hub);
    check("no booking is lost", seats.equals(revenue.rows().stream()
            .mapToInt(row -> (Integer) row.cells().get(1)).sum()));
}

// --- advanced ---

/// What an index changed, and how many entries it has.
record Change(Answer before, Answer after, int entries) {
    /// Whether these words were in the plan and no longer are.
    boolean rids(String words) {
        return before.plans(words) && !after.plans(words);
    }

    /// Whether these words were not in the plan and now are.
    boolean brings(String words) {
        return !before.plans(words) && after.plans(words);
    }
}

/// Asks a copy of the database without an index and with it. Shows what
/// the index costs; then it is dropped, so that no step has another's.
Change with(String index, String on, int samples, Query query)
        throws Exception {
    DataSource copy = flughafenCopy();
    Answer before = answer(copy, samples, query);
    String make = "CREATE INDEX " + index + " ON " + on;
    IO.println("\n" + make + "\n");
    double micros = -System.nanoTime() / 1e3;
    execute(copy, make);
    micros += System.nanoTime() / 1e3;
    execute(copy, "ANALYZE " + index);
    Answer after = explain(copy, samples, query,
            rows(copy, query, new ArrayList<>()));
    Object entries = size(copy, index, "ncell");
    table("With the index", row("entries", "bytes",
                    measured("ms to make"), measured("ms without"),
                    measured("ms with")),
            row(entries, size(copy, index, "pgsize"), micros / 1e3,
                    before.p50() / 1e3, after.p50() / 1e3));
    execute(copy, "DROP INDEX " + index);
    check("the same answer", after.rows().equals(before.rows()));
    return new Change(before, after, (Integer) entries);
}

/// What an index takes: `ncell` entries on its pages, `pgsize` bytes.
Object size(DataSource db, String index, String what) throws Exception {
    return value(db, "SELECT " + what
            + " FROM dbstat WHERE name = ? AND aggregate = TRUE", index);
}

void execute(DataSource db, String statement) throws Exception {
    try (var connection = db.getConnection();
            var sql = connection.createStatement()) {
        sql.execute(statement);
    }
}

/// A window: each flight beside the one that its aircraft flew before.
void turnarounds() throws Exception {
    Change change = with("flight_turnaround",
            "flight (airplane_id, departure, arrival)", 3,
            new Query("Hours between two flights", """
            WITH turn AS (
                SELECT airplane_id, unixepoch(departure)
                    - unixepoch(lag(arrival) OVER landed) AS seconds
                FROM flight
                WINDOW landed AS (
                    PARTITION BY airplane_id ORDER BY departure))
            SELECT l.airlinename AS airline, count(*) AS turnarounds,
                   min(seconds) / 60 AS "least min",
                   avg(seconds) / 3600 AS "mean h"
            FROM turn
            JOIN airplane USING (airplane_id)
            JOIN airline l USING (airline_id)
            WHERE seconds IS NOT NULL
            GROUP BY l.airline_id
            ORDER BY "mean h", l.airline_id"""));
    check("the sort within each aircraft is gone", change.rids(
            "USE TEMP B-TREE FOR LAST TERM OF ORDER BY"));
    check("nobody turns round in less than half an hour",
            change.after().rows().stream().allMatch(
                    row -> (Integer) row.cells().get(2) >= 30));
    check("the window reads the index alone", change.brings(
            "SCAN flight USING COVERING INDEX flight_turnaround"));
}

/// A recursion: where to with a few flights in a row, in the first week?
void reachable() throws Exception {
    Change change = with("flight_connection",
            "flight (\"from\", departure, \"to\", arrival)", 5,
            new Query("How soon from " + hub, """
            WITH RECURSIVE reach (airport_id, hops, arrival) AS (
                SELECT airport_id, 0, epoch || ' 00:00:00'
                FROM airport, meta WHERE iata = ?
                UNION
                SELECT f."to", hops + 1, f.arrival
                FROM reach
                JOIN flight f ON f."from" = reach.airport_id
                    AND f.departure
                        >= datetime(reach.arrival, '+45 minutes')
                    AND f.departure < date(?, '+7 days')
                WHERE hops < ?)
            SELECT a.iata, min(hops) AS "fewest flights",
                   min(arrival) AS earliest
            FROM reach JOIN airport a USING (airport_id)
            GROUP BY a.airport_id
            ORDER BY earliest DESC, a.airport_id""", hub, epoch(), hops));
    check("a connection is found without reading its flight",
            change.brings("USING COVERING INDEX flight_connection"));
    check("the search is the same as before", change.before().plans(
            "flight_from (from=? AND departure>? AND departure<?)")
            && change.after().plans(
            "(from=? AND departure>? AND departure<?)"));
}

/// A ranking in each airline, of what was grouped before.
void busiestRoutes() throws Exception {
    Change change = with("flight_route",
            "flight (airline_id, \"from\", \"to\")", 5,
            new Query("Each airline's busiest route", """
            WITH route AS (
                SELECT airline_id, "from", "to", count(*) AS flights
                FROM flight GROUP BY airline_id, "from", "to"),
            ranked AS (
                SELECT *, row_number() OVER (
                    PARTITION BY airline_id
                    ORDER BY flights DESC, "from", "to") AS place
                FROM route)
            SELECT l.airlinename AS airline, o.iata AS "from",
                   d.iata AS "to", r.flights
            FROM ranked r
            JOIN airline l USING (airline_id)
            JOIN airport o ON o.airport_id = r."from"
            JOIN airport d ON d.airport_id = r."to"
            WHERE r.place = 1
            ORDER BY r.flights DESC, l.airline_id"""));
    check("the sort for the groups is gone",
            change.rids("USE TEMP B-TREE FOR GROUP BY"));
    check("they are counted from the index alone", change.brings(
            "SCAN flight USING COVERING INDEX flight_route"));
    check("the ranking still has to sort", change.after().plans(
            "USE TEMP B-TREE FOR ORDER BY"));
}

/// Percentiles by nearest rank: the k-th of n fares, in order.
void fares() throws Exception {
    Change change = with("booking_fare", "booking (flight_id, price)", 5,
            new Query("Fares from " + hub, """
            WITH fare AS (
                SELECT f.airline_id, b.price, row_number() OVER (
                           PARTITION BY f.airline_id ORDER BY b.price)
                           AS place,
                       count(*) OVER (PARTITION BY f.airline_id) AS n
                FROM airport a
                JOIN flight f ON f."from" = a.airport_id
                JOIN booking b USING (flight_id)
                WHERE a.iata = ?)
            SELECT l.airlinename AS airline, n AS bookings,
                   min(price) FILTER (WHERE 100 * place >= 50 * n) AS p50,
                   min(price) FILTER (WHERE 100 * place >= 90 * n) AS p90
            FROM fare JOIN airline l USING (airline_id)
            GROUP BY l.airline_id
            ORDER BY n DESC, l.airline_id""", hub));
    check("the fares come from the index alone", change.brings(
            "SEARCH b USING COVERING INDEX booking_fare (flight_id=?)"));
    check("the sorts remain: by airline and price", change.after().plans(
            "USE TEMP B-TREE FOR ORDER BY"));
}

/// How full flights are, by the day of the week; 0 is Sunday.
void loadFactor() throws Exception {
    Change change = with("flight_weekday",
            "flight (strftime('%w', departure))", 3,
            new Query("Load factor by weekday", """
            WITH taken AS (
                SELECT flight_id, count(*) AS sold
                FROM booking GROUP BY flight_id)
            SELECT strftime('%w', f.departure) AS weekday,
                   count(*) AS flights, sum(p.capacity) AS seats,
                   sum(t.sold) AS sold,
                   100.0 * sum(t.sold) / sum(p.capacity) AS percent
            FROM flight f
            JOIN airplane p USING (airplane_id)
            LEFT JOIN taken t USING (flight_id)
            GROUP BY weekday ORDER BY weekday"""));
    check("the sort for the groups is gone",
            change.rids("USE TEMP B-TREE FOR GROUP BY"));
    check("the flights come from the index, weekday after weekday",
            change.brings("SCAN f USING INDEX flight_weekday"));
    check("seven days", change.after().rows().size() == 7);
}

/// Flights that left in fog: few readings of very many.
void fog() throws Exception {
    Change change = with("weatherdata_weather",
            "weatherdata (weather) WHERE weather IS NOT NULL", 5,
            new Query("Departures in fog", """
            SELECT a.iata, count(*) AS flights,
                   rank() OVER (ORDER BY count(*) DESC) AS place
            FROM weatherdata w
            JOIN flight f ON f."from" = w.station
                AND f.departure >= w.log_date || ' ' || w.time
                AND f.departure < datetime(
                    w.log_date || ' ' || w.time, '+1 hour')
            JOIN airport a ON a.airport_id = w.station
            WHERE w.weather = 'fog'
            GROUP BY a.airport_id
            ORDER BY place, a.airport_id"""));
    Object foggy = value(flughafen(),
            "SELECT count(*) FROM weatherdata WHERE weather = 'fog'");
    check("there is fog", (Integer) foggy > 0);
    Object readings = value(flughafen(),
            "SELECT count(*) FROM weatherdata");
    check("it has fewer than half of the readings",
            change.entries() < (Integer) readings / 2);
    check("no longer is each reading looked at",
            change.brings("weatherdata_weather (weather=?)"));
    check("and that shows: less than half the time",
            change.after().p50() < change.before().p50() / 2);
}
