package data;

import data.Rotation.Leg;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Bookings for the flights and passengers of an imported database, sold as those of a generated one.
final class SoldSeats {
    private SoldSeats() {}

    /// Writes up to so many bookings, ids from 1 on.
    static void write(int count, Connection database, SplittableRandom random) throws SQLException {
        ImportedAirports airports = ImportedAirports.read(database);
        List<Flight> flights = flights(airports, database);
        int passengers = (int) MissingTables.number("SELECT count(*) FROM passenger", database);
        if (flights.isEmpty() || passengers == 0) return;
        List<Airport> homes = Stream.generate(() -> flights.get(random.nextInt(flights.size())).leg().from())
                .limit(passengers).toList(); // people live where many flights leave
        try (Statement sql = database.createStatement()) {
            sql.execute("CREATE TEMP TABLE made_booking AS SELECT * FROM booking"); // numbers for flights and people
            try (Table made = new Table(database, "made_booking")) {
                Booking.write(flights, count, new Travellers(homes, airports.byRank()), made, random);
            }
            number(sql, "flight", "departure, flight_id");
            number(sql, "passenger", "passenger_id");
            sql.execute("""
                    INSERT INTO booking SELECT booking_id, f.id, seat, p.id, price FROM made_booking
                    JOIN flight_of_number f ON f.number = flight_id
                    JOIN passenger_of_number p ON p.number = passenger_id
                    ORDER BY booking_id""");
            for (String done : List.of("made_booking", "flight_of_number", "passenger_of_number")) {
                sql.execute("DROP TABLE " + done);
            }
        }
    }

    /// Writes a temporary table of a table's ids, numbered from 1 on in that order.
    private static void number(Statement sql, String table, String order) throws SQLException {
        sql.execute("CREATE TEMP TABLE %s_of_number (number INTEGER PRIMARY KEY, id INTEGER)".formatted(table));
        sql.execute("INSERT INTO %1$s_of_number (id) SELECT %1$s_id FROM %1$s ORDER BY %2$s".formatted(table, order));
    }

    private static List<Flight> flights(ImportedAirports airports, Connection database) throws SQLException {
        LocalDateTime epoch = MissingTables.span(database, false).epoch().atStartOfDay();
        Map<Integer, Airplane> airplanes = airplanes(database);
        List<Flight> flights = new ArrayList<>();
        try (Statement sql = database.createStatement();
                ResultSet row = sql.executeQuery("SELECT * FROM flight ORDER BY departure, flight_id")) {
            while (row.next()) {
                int departure = minute(row.getString("departure"), epoch);
                int arrival = minute(row.getString("arrival"), epoch);
                var leg = new Leg(row.getString("flightno"), airports.ofId().get(row.getInt("from")),
                        airports.ofId().get(row.getInt("to")), departure, arrival);
                flights.add(new Flight(leg, airplanes.get(row.getInt("airplane_id")), departure, arrival));
            }
        }
        return List.copyOf(flights);
    }

    /// Of an aircraft only its seats are asked for here.
    private static Map<Integer, Airplane> airplanes(Connection database) throws SQLException {
        Map<Integer, Airplane> airplanes = new HashMap<>();
        try (Statement sql = database.createStatement();
                ResultSet row = sql.executeQuery("SELECT airplane_id, type_id, capacity FROM airplane")) {
            while (row.next()) {
                var type = new AirplaneType(row.getInt(2), null, row.getInt(3), 0, 0, 0, null);
                airplanes.put(row.getInt(1), new Airplane(row.getInt(1), type, null));
            }
        }
        return airplanes;
    }

    private static int minute(String dateTime, LocalDateTime epoch) {
        return (int) ChronoUnit.MINUTES.between(epoch, LocalDateTime.parse(dateTime.replace(' ', 'T')));
    }
}
