package data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalInt;

/// What the rules of a generated database need and its tables lack, in temporary tables of the connection that checks:
/// the database itself may be read-only.
final class RuleFacts {
    /// In the order in which they can be made.
    private static final List<String> TABLES = List.of(
            // What a type of aircraft is capable of.
            """
            model (type_id INTEGER PRIMARY KEY, seats INTEGER, range_km INTEGER, cruise_kmh INTEGER)""",
            // The seats of a type, and whether they are the dear ones in front.
            """
            cabin (type_id INTEGER, seat TEXT, front INTEGER, PRIMARY KEY (type_id, seat)) WITHOUT ROWID""",
            """
            demand (date TEXT PRIMARY KEY, demand REAL, weekday INTEGER, week INTEGER) WITHOUT ROWID""",
            // The days of the period: is the weekday a strong one, is the week among the four of the highest or the
            // lowest demand, in which third is the day.
            """
            day AS
            SELECT date, avg(demand) OVER (PARTITION BY weekday) > avg(demand) OVER () AS strong,
                   CASE WHEN week IN (SELECT week FROM temp.demand GROUP BY week ORDER BY avg(demand) DESC LIMIT 4)
                        THEN 'high'
                        WHEN week IN (SELECT week FROM temp.demand GROUP BY week ORDER BY avg(demand) LIMIT 4)
                        THEN 'low' END AS season,
                   ntile(3) OVER (ORDER BY demand) AS third
            FROM temp.demand""",
            // Great-circle distances by the haversine formula, on the mean radius of the IUGG, of the pairs flown.
            """
            distance AS
            SELECT "from", "to", 2 * 6371.0088 * asin(min(1, sqrt(
                       pow(sin(radians(t.latitude - f.latitude) / 2), 2) + cos(radians(f.latitude))
                       * cos(radians(t.latitude)) * pow(sin(radians(t.longitude - f.longitude) / 2), 2)))) AS km
            FROM (SELECT "from", "to" FROM main.flightschedule UNION SELECT "from", "to" FROM main.flight)
            JOIN main.airport_geo f ON f.airport_id = "from" JOIN main.airport_geo t ON t.airport_id = "to\"""",
            // The airports with readings; third 1 is the nearest to the equator, 3 to a pole.
            """
            station AS
            SELECT airport_id AS station, latitude, ntile(3) OVER (ORDER BY abs(latitude)) AS third
            FROM main.airport_geo
            WHERE EXISTS (SELECT 1 FROM main.weatherdata WHERE station = airport_id)""",
            """
            polar_station AS SELECT station FROM temp.station WHERE abs(latitude) >= 60""",
            """
            tropical_station AS SELECT station FROM temp.station WHERE abs(latitude) <= 23.4""",
            """
            mirrored_station AS
            SELECT n.station AS north, s.station AS south
            FROM temp.station n JOIN temp.station s ON n.latitude >= 25 AND abs(n.latitude + s.latitude) <= 2.5""");

    private static final List<String> INDEXES = List.of(
            "CREATE UNIQUE INDEX temp.day_date ON day (date)",
            "CREATE UNIQUE INDEX temp.distance_pair ON distance (\"from\", \"to\")",
            "CREATE UNIQUE INDEX temp.station_station ON station (station)");

    private RuleFacts() {}

    static void make(Connection database) throws SQLException {
        try (Statement sql = database.createStatement()) {
            for (String table : TABLES) {
                sql.execute("CREATE TEMP TABLE " + table);
                if (table.startsWith("cabin")) writeModels(database);
                if (table.startsWith("demand")) writeDemand(database);
            }
            for (String index : INDEXES) sql.execute(index);
        }
    }

    static void drop(Connection database) throws SQLException {
        try (Statement sql = database.createStatement()) {
            for (String table : TABLES) sql.execute("DROP TABLE IF EXISTS temp." + table.split(" ", 2)[0]);
        }
    }

    private static void writeModels(Connection database) throws SQLException {
        try (Table model = new Table(database, "temp.model"); Table cabin = new Table(database, "temp.cabin");
                PreparedStatement find = database.prepareStatement(
                        "SELECT type_id FROM main.airplane_type WHERE identifier = ?")) {
            for (AirplaneType type : AirplaneType.all()) {
                OptionalInt id = find(find, type.identifier());
                if (id.isEmpty()) continue; // not in this database
                model.add(id.getAsInt(), type.seats(), type.rangeKm(), type.cruiseKmh());
                for (int seat = 0; seat < type.seats(); seat++) {
                    cabin.add(id.getAsInt(), type.seat(seat), 12 * seat < type.seats() ? 1 : 0);
                }
            }
        }
    }

    private static OptionalInt find(PreparedStatement type, String identifier) throws SQLException {
        type.setString(1, identifier);
        try (ResultSet found = type.executeQuery()) {
            return found.next() ? OptionalInt.of(found.getInt(1)) : OptionalInt.empty();
        }
    }

    private static void writeDemand(Connection database) throws SQLException {
        try (Table demand = new Table(database, "temp.demand")) {
            for (int day = 0; day < Period.DAYS; day++) {
                demand.add(Period.date(day), Period.demand(day), day % 7, day / 7);
            }
        }
    }
}
