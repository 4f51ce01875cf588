package data;

import data.Rotation.Leg;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// One departure: a leg of the timetable on a day. `departure` and `arrival` are minutes after the epoch.
record Flight(Leg leg, Airplane airplane, int departure, int arrival) {
    /// A rotation that could begin on a day; the lower its place, the sooner it is chosen.
    private record Candidate(Rotation rotation, int day, double place) {}

    /// So many flights of the timetable in order of departure: whole rotations, more on days of higher demand.
    ///
    /// Which ones is drawn by exponential clocks of the demand's rate (Efraimidis and Spirakis, "Weighted random
    /// sampling with a reservoir", 2006).
    static List<Flight> flown(List<Rotation> rotations, int count, SplittableRandom random) {
        List<Candidate> candidates = new ArrayList<>();
        for (Rotation rotation : rotations) {
            for (int day = 0; day < Period.DAYS; day++) {
                if (!rotation.beginsOn(day % 7)) continue;
                candidates.add(new Candidate(rotation, day, -StrictMath.log(random.nextDouble()) / Period.demand(day)));
            }
        }
        candidates.sort(Comparator.comparingDouble(Candidate::place));
        List<Flight> flights = new ArrayList<>();
        for (Candidate next : candidates) {
            if (flights.size() >= count) break;
            for (Leg leg : next.rotation().legs()) addIfInTime(flights, next, leg);
        }
        flights.sort(Comparator.comparingInt(Flight::departure).thenComparing(flight -> flight.leg().flightno()));
        return List.copyOf(flights.subList(0, count)); // one too many: the last to depart is the last of its rotation
    }

    private static void addIfInTime(List<Flight> flights, Candidate rotation, Leg leg) {
        int begin = rotation.day() * Period.DAY;
        if (begin + leg.departure() >= Period.DAYS * Period.DAY) return;
        flights.add(new Flight(leg, rotation.rotation().airplane(), begin + leg.departure(), begin + leg.arrival()));
    }

    static void write(List<Flight> flights, Table flight) throws SQLException {
        int id = 0;
        for (Flight f : flights) {
            flight.add(++id, f.leg.flightno(), f.leg.from().id(), f.leg.to().id(), Period.dateTime(f.departure),
                    Period.dateTime(f.arrival), f.airplane.airline().id(), f.airplane.id());
        }
    }

    int day() {
        return departure / Period.DAY;
    }
}
