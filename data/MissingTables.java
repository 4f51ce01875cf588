package data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.SplittableRandom;

/// Makes, by the generator's rules, tables that an imported FlughafenDB lacks. The tables before it in the schema must
/// be there. The same tables and scale give the same rows.
public final class MissingTables {
    /// The tables that can be made.
    public static final List<String> FILLABLE = List.of("flight", "booking", "weatherdata");

    /// The time that flights cover: `epoch` is a Monday.
    public record Span(LocalDate epoch, int days) {}

    private MissingTables() {}

    /// Fills an empty table with so many rows as `scale` says, or as many as can be.
    ///
    /// @return how many rows it has now
    public static long fill(String table, Scale scale, Connection database) throws SQLException {
        var random = new SplittableRandom(table.hashCode());
        switch (table) {
            case "flight" -> FlownTimetable.write(scale.flights(), database, random);
            case "booking" -> SoldSeats.write(scale.bookings(), database, random);
            case "weatherdata" -> weather(scale.readings(), database, random);
            default -> throw new IllegalArgumentException(table);
        }
        return number("SELECT count(*) FROM " + table, database);
    }

    /// What the flights that are there cover, from the Monday before the first; the generator's thirteen weeks if they
    /// were made, or if there are none.
    public static Span span(Connection database, boolean made) throws SQLException {
        try (Statement sql = database.createStatement();
                ResultSet row = sql.executeQuery("SELECT min(date(departure)), max(date(departure)) FROM flight")) {
            if (made || row.getString(1) == null) return new Span(Period.EPOCH, Period.DAYS);
            LocalDate first = LocalDate.parse(row.getString(1));
            LocalDate epoch = first.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            return new Span(epoch, 1 + (int) ChronoUnit.DAYS.between(epoch, LocalDate.parse(row.getString(2))));
        }
    }

    /// Hourly at the busiest airports, for thirteen weeks from the first flights on.
    private static void weather(int readings, Connection database, SplittableRandom random) throws SQLException {
        ImportedAirports airports = ImportedAirports.read(database);
        int most = 24 * Period.DAYS * airports.ids().size();
        long days = ChronoUnit.DAYS.between(Period.EPOCH, span(database, false).epoch());
        try (Statement sql = database.createStatement()) {
            sql.execute("CREATE TEMP TABLE made_weather AS SELECT * FROM weatherdata");
            try (Table made = new Table(database, "made_weather")) {
                Weather.write(airports.byRank(), Math.min(readings, most), made, random);
            }
            airports.writeIds(database);
            sql.execute("""
                    INSERT INTO weatherdata SELECT date(log_date, '%d days'), time, a.id, temp, humidity, airpressure,
                        wind, weather, winddirection
                    FROM made_weather JOIN airport_of_rank a ON a.rank = station ORDER BY a.id, log_date, time
                    """.formatted(days));
            sql.execute("DROP TABLE made_weather");
            sql.execute("DROP TABLE airport_of_rank");
        }
    }

    static long number(String query, Connection database) throws SQLException {
        try (Statement sql = database.createStatement(); ResultSet row = sql.executeQuery(query)) {
            return row.getLong(1);
        }
    }
}
