///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lessons/lab/Lab.java
import static java.nio.charset.StandardCharsets.UTF_8;
import static lab.Lab.*;

import data.Scale;
import java.sql.SQLException;
import java.util.regex.*;
import lab.Figures.Row;

final Set<String> shown = new TreeSet<>(); // tables, by the steps so far

void main() {
    steps(this::airports, this::fleets, this::flights, this::people,
            this::bookings, this::weather, this::origin, this::allShown,
            this::indexes, this::references, this::rowCounts,
            this::quoting, this::datesAsText);
}

/// All rows of a query, the columns as SQLite has them.
List<Row> ask(String text, Object... parameters) throws Exception {
    try (var connection = flughafen().getConnection();
            var sql = connection.prepareStatement(text)) {
        for (int i = 0; i < parameters.length; i++) {
            sql.setObject(i + 1, parameters[i]);
        }
        try (var result = sql.executeQuery()) {
            int width = result.getMetaData().getColumnCount();
            var rows = new ArrayList<Row>();
            while (result.next()) {
                var cells = new ArrayList<>(width); // may hold nulls
                for (int c = 1; c <= width; c++) {
                    cells.add(result.getObject(c));
                }
                rows.add(new Row(cells));
            }
            return rows;
        }
    }
}

/// The first column of all rows, as text.
List<String> texts(String sql, Object... parameters) throws Exception {
    return ask(sql, parameters).stream()
            .map(row -> "" + row.cells().getFirst()).toList();
}

/// What schema.sql says of a table, in the comment above it.
String comment(String table) throws Exception {
    try (var file = getClass().getResourceAsStream("/data/schema.sql")) {
        String text = new String(file.readAllBytes(), UTF_8);
        Matcher comment = Pattern.compile(
                "-- ([^\n]+)\nCREATE TABLE " + table + " ").matcher(text);
        return comment.find() ? comment.group(1) : "";
    }
}

/// Shows the columns of some tables, each as SQLite itself knows it.
void columns(String... tables) throws Exception {
    for (String name : tables) {
        List<Row> columns = ask("""
                SELECT c.name, c.type,
                       iif(c."notnull" OR c.pk, '', 'may be'),
                       iif(c.pk, 'key', ''),
                       coalesce(f."table", '')
                FROM pragma_table_info(?1) c
                LEFT JOIN pragma_foreign_key_list(?1) f
                    ON f."from" = c.name
                ORDER BY c.cid""", name);
        table(name + ": " + comment(name), row("column", "type", "null",
                "key", "refers to"), columns);
        check("schema.sql says what " + name + " holds",
                !comment(name).isEmpty());
        shown.add(name);
    }
}

void airports() throws Exception {
    columns("airport", "airport_geo", "airport_reachable");
}

void fleets() throws Exception {
    columns("airline", "airplane_type", "airplane");
}

void flights() throws Exception {
    columns("flightschedule", "flight", "flight_log");
}

void people() throws Exception {
    columns("passenger", "passengerdetails", "employee");
}

void bookings() throws Exception {
    columns("booking");
}

void weather() throws Exception {
    columns("weatherdata");
}

/// Where the rows came from.
void origin() throws Exception {
    columns("meta");
    Row meta = ask("SELECT version, seed, scale, epoch, days FROM meta")
            .getFirst();
    table("This database",
            row("version", "seed", "scale", "epoch", "days"), meta);
    check("one row", ask("SELECT * FROM meta").size() == 1);
    List<Row> outside = ask("""
            SELECT flight_id FROM flight, meta
            WHERE departure < epoch
                OR departure >= date(epoch, days || ' days')""");
    check("no flight leaves before the epoch or after its days",
            outside.isEmpty());
}

/// The names of the tables, as the database has them.
List<String> tables() throws Exception {
    return texts("""
            SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table'
                AND name NOT LIKE 'sqlite%' ORDER BY name""");
}

void allShown() throws Exception {
    check("no table was left out", List.copyOf(shown).equals(tables()));
    check("they are fourteen, and meta", shown.size() == 15);
    List<String> loose = texts("""
            SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table'
                AND name NOT LIKE 'sqlite%' AND NOT strict""");
    check("each is STRICT: a column holds its type, or nothing",
            loose.isEmpty());
}

/// Each index: its columns in order, and the bytes of its pages.
void indexes() throws Exception {
    List<Row> indexes = ask("""
            SELECT i.name, t.name, iif(i."unique", 'yes', ''),
                   (SELECT group_concat(name, ', ' ORDER BY seqno)
                    FROM pragma_index_info(i.name)),
                   (SELECT pgsize FROM dbstat
                    WHERE name = i.name AND aggregate = TRUE)
            FROM pragma_table_list t, pragma_index_list(t.name) i
            WHERE t.schema = 'main' AND t.type = 'table'
                AND i.origin = 'c'
            ORDER BY t.name, i.name""");
    table("Indexes", row("index", "of table", "unique", "columns", "bytes"),
            indexes);
    check("there are some", !indexes.isEmpty());
    List<String> bare = texts("""
            SELECT t.name || '.' || f."from"
            FROM pragma_table_list t, pragma_foreign_key_list(t.name) f
            WHERE t.schema = 'main' AND NOT EXISTS (
                SELECT 1
                FROM pragma_index_list(t.name) i,
                    pragma_index_info(i.name) c
                WHERE c.seqno = 0 AND c.name = f."from")
            AND NOT EXISTS (
                SELECT 1 FROM pragma_table_info(t.name) c
                WHERE c.pk = 1 AND c.name = f."from")""");
    check("each reference is the first column of an index or a key",
            bare.isEmpty());
}

/// Does each reference lead to a row?
void references() throws Exception {
    check("each declared one does",
            ask("SELECT * FROM pragma_foreign_key_check").isEmpty());
    check("the undeclared one, too: a station is an airport", ask("""
            SELECT DISTINCT station FROM weatherdata
            WHERE station NOT IN (SELECT airport_id FROM airport)""")
            .isEmpty());
}

/// The tables whose counts a scale sets, with those counts.
Map<String, Integer> counts(Scale scale) {
    var counts = new LinkedHashMap<String, Integer>();
    counts.put("flightschedule", scale.scheduleRows());
    counts.put("airplane", scale.airplanes());
    counts.put("flight", scale.flights());
    counts.put("passenger", scale.passengers());
    counts.put("passengerdetails", scale.passengers());
    counts.put("booking", scale.bookings());
    counts.put("employee", scale.employees());
    counts.put("weatherdata", scale.readings());
    return counts;
}

/// Rows of each table, at each scale and here.
void rowCounts() throws Exception {
    var here = new LinkedHashMap<String, Integer>();
    for (String name : tables()) {
        String rows = texts("SELECT count(*) FROM " + name).getFirst();
        here.put(name, Integer.parseInt(rows));
    }
    table("Rows here", row("table", "rows"), here.entrySet().stream()
            .map(e -> row(e.getKey(), e.getValue())).toList());

    List<String> scale = texts("""
            SELECT scale FROM meta WHERE seed IS NOT NULL""");
    if (scale.isEmpty()) IO.println("Imported: no scale sets its counts");
    else check("what the scale of this database sets, holds to the row",
            here.entrySet().containsAll(
                    counts(Scale.of(scale.getFirst())).entrySet()));

    var names = List.of("0.01", "0.1", "1", "large");
    var header = new ArrayList<Object>(List.of("table"));
    header.addAll(names);
    var scales = names.stream().map(Scale::of).map(this::counts).toList();
    table("Rows at each scale", new Row(header),
            counts(Scale.DEFAULT).keySet().stream().map(name -> {
                var cells = new ArrayList<Object>(List.of(name));
                scales.forEach(counts -> cells.add(counts.get(name)));
                return new Row(cells);
            }).toList());
}

/// "from" and "to" are words of SQL: a column of that name is quoted.
void quoting() throws Exception {
    List<Row> routes = ask("""
            SELECT o.iata, d.iata, count(*)
            FROM flight f
            JOIN airport o ON o.airport_id = f."from"
            JOIN airport d ON d.airport_id = f."to"
            GROUP BY f."from", f."to"
            ORDER BY count(*) DESC, f."from", f."to" LIMIT 3""");
    table("The routes flown most", row("from", "to", "flights"), routes);
    boolean refused = false;
    try {
        ask("SELECT flight_id FROM flight WHERE from = 1");
    } catch (SQLException e) {
        refused = true;
    }
    check("without quotes SQLite refuses it", refused);
    check("in single quotes it is a text: no row has it", ask("""
            SELECT flight_id FROM flight WHERE 'from' = 1""").isEmpty());
}

/// Dates and times are text, and sort as such.
void datesAsText() throws Exception {
    List<Row> one = ask("""
            SELECT departure, date(departure), time(departure),
                   strftime('%w', departure),
                   (unixepoch(arrival) - unixepoch(departure)) / 60
            FROM flight ORDER BY departure, flight_id LIMIT 1""");
    table("The first flight", row("departure", "date()", "time()",
            "weekday", "minutes"), one);
    check("the order of the texts is the order of time", ask("""
            SELECT * FROM (
                SELECT unixepoch(departure) AS s, unixepoch(
                    lag(departure) OVER (ORDER BY departure)) AS before
                FROM flight)
            WHERE before > s""").isEmpty());
    check("all are written alike: YYYY-MM-DD HH:MM:SS", ask("""
            SELECT flight_id FROM flight
            WHERE datetime(departure) IS NOT departure
                OR datetime(arrival) IS NOT arrival""").isEmpty());
}
