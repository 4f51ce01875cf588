package data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Flights for an imported timetable: each on its weekdays, in the generator's thirteen weeks, by an aircraft of its
/// airline that is free.
///
/// The imported timetable knows no rotations, so an aircraft may leave from where it did not land.
final class FlownTimetable {
    private static final String[] WEEKDAYS =
            {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

    /// A row of the timetable; minutes of the day on which it departs.
    private record Row(String flightno, int from, int to, int departure, int arrival, int airline) {}

    /// A row that could be flown on a day; the lower its place, the sooner it is chosen.
    private record Candidate(Row row, int day, double place) {
        int departure() {
            return day * Period.DAY + row.departure;
        }
    }

    private record Flown(Candidate candidate, int airplane) {}

    private FlownTimetable() {}

    /// Writes up to so many flights, ids from 1 on in order of departure: fewer where too few aircraft are free.
    static void write(int count, Connection database, SplittableRandom random) throws SQLException {
        Map<Integer, Fleet> fleets = fleets(database);
        List<Flown> flown = new ArrayList<>();
        for (Candidate next : candidates(database, random)) {
            if (flown.size() == count) break;
            Row row = next.row;
            int departure = next.departure();
            int airplane = fleets.getOrDefault(row.airline, new Fleet()).take(row.from, row.to, departure,
                    departure + row.arrival - row.departure);
            if (airplane >= 0) flown.add(new Flown(next, airplane));
        }
        flown.sort(Comparator.comparingInt((Flown f) -> f.candidate.departure())
                .thenComparing(f -> f.candidate.row.flightno));
        int id = 0;
        try (Table flight = new Table(database, "flight")) {
            for (Flown f : flown) {
                Row row = f.candidate.row;
                int departure = f.candidate.departure();
                flight.add(++id, row.flightno, row.from, row.to, Period.dateTime(departure),
                        Period.dateTime(departure + row.arrival - row.departure), row.airline, f.airplane);
            }
        }
    }

    /// All that the timetable has in the thirteen weeks, in an order that is drawn as [Flight] draws it.
    private static List<Candidate> candidates(Connection database, SplittableRandom random) throws SQLException {
        List<Candidate> candidates = new ArrayList<>();
        try (Statement sql = database.createStatement();
                ResultSet row = sql.executeQuery("SELECT * FROM flightschedule ORDER BY flightno")) {
            while (row.next()) {
                int departure = minute(row.getString("departure"));
                int arrival = minute(row.getString("arrival"));
                var planned = new Row(row.getString("flightno"), row.getInt("from"), row.getInt("to"), departure,
                        arrival > departure ? arrival : arrival + Period.DAY, row.getInt("airline_id"));
                for (int day = 0; day < Period.DAYS; day++) {
                    if (row.getInt(WEEKDAYS[day % 7]) == 0) continue;
                    double place = -StrictMath.log(1 - random.nextDouble()) / Period.demand(day);
                    candidates.add(new Candidate(planned, day, place));
                }
            }
        }
        candidates.sort(Comparator.comparingDouble(Candidate::place));
        return candidates;
    }

    private static Map<Integer, Fleet> fleets(Connection database) throws SQLException {
        Map<Integer, Fleet> fleets = new HashMap<>();
        try (Statement sql = database.createStatement(); ResultSet row = sql.executeQuery(
                "SELECT airplane_id, airline_id FROM airplane ORDER BY airplane_id")) {
            while (row.next()) fleets.computeIfAbsent(row.getInt(2), _ -> new Fleet()).add(row.getInt(1));
        }
        return fleets;
    }

    /// `14:05:00` is minute 845 of the day.
    private static int minute(String time) {
        return 60 * Integer.parseInt(time.substring(0, 2)) + Integer.parseInt(time.substring(3, 5));
    }
}
