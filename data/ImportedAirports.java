package data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The airports of an imported database, as the rules want them: numbered by rank, the busiest is 1. `ids` has the
/// `airport_id` of each rank, `ofId` the airport of each `airport_id`.
record ImportedAirports(List<Airport> byRank, List<Integer> ids, Map<Integer, Airport> ofId) {
    /// All airports; busiest are those with most departures, then those first in number. One whose place the dump does
    /// not tell is taken to lie at 0, 0.
    static ImportedAirports read(Connection database) throws SQLException {
        List<Airport> byRank = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        Map<Integer, Airport> ofId = new HashMap<>();
        try (Statement sql = database.createStatement(); ResultSet row = sql.executeQuery("""
                SELECT a.airport_id, a.iata, a.icao, a.name, g.city, g.country, g.latitude, g.longitude
                FROM airport a LEFT JOIN airport_geo g USING (airport_id)
                LEFT JOIN (SELECT "from", count(*) AS departures FROM flight GROUP BY "from") f ON f."from" = airport_id
                ORDER BY coalesce(departures, 0) DESC, airport_id""")) {
            while (row.next()) {
                int id = row.getInt(1);
                var airport = new Airport(byRank.size() + 1, row.getString(2), row.getString(3), row.getString(4),
                        row.getString(5), row.getString(6), row.getDouble(7), row.getDouble(8));
                byRank.add(airport);
                ids.add(id);
                ofId.put(id, airport);
            }
        }
        return new ImportedAirports(List.copyOf(byRank), List.copyOf(ids), Map.copyOf(ofId));
    }

    /// Writes the temporary table `airport_of_rank (rank, id)`.
    void writeIds(Connection database) throws SQLException {
        try (Statement sql = database.createStatement()) {
            sql.execute("CREATE TEMP TABLE airport_of_rank (rank INTEGER PRIMARY KEY, id INTEGER)");
        }
        try (Table table = new Table(database, "airport_of_rank")) {
            for (int i = 0; i < ids.size(); i++) table.add(i + 1, ids.get(i));
        }
    }
}
