package data;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

//FILES data/airplane_types.csv=airplane_types.csv

/// A type of aircraft; `inService` is about how many of them fly today, 0 for one that is history.
record AirplaneType(int id, String identifier, int seats, int rangeKm, int cruiseKmh, int inService,
        String description) {
    private static final int TAXI_CLIMB_AND_DESCENT_MINUTES = 30;

    static List<AirplaneType> all() {
        var id = new AtomicInteger();
        return Resources.csv("airplane_types.csv", line -> new AirplaneType(id.incrementAndGet(),
                line.getField("identifier"), Integer.parseInt(line.getField("seats")),
                Integer.parseInt(line.getField("range_km")), Integer.parseInt(line.getField("cruise_kmh")),
                Integer.parseInt(line.getField("in_service")), line.getField("description")));
    }

    /// How well it suits a flight of so many km: not at all beyond its range less 5 %, best near that.
    double suits(double km) {
        return 1.05 * km > rangeKm ? 0 : inService * km / rangeKm;
    }

    /// Minutes from gate to gate over so many km, in steps of five as in a timetable.
    int blockMinutes(double km) {
        return 5 * (int) StrictMath.ceil((TAXI_CLIMB_AND_DESCENT_MINUTES + 60 * km / cruiseKmh) / 5);
    }

    /// Minutes on the ground before it may leave again: never under 30, more for more seats.
    int turnMinutes() {
        return 30 + 5 * (seats / 40);
    }

    /// The name of seat 0, 1, 2 ...: row and letter, as many abreast as such a cabin has.
    String seat(int number) {
        int abreast = seats <= 20 ? 3 : seats <= 110 ? 4 : seats <= 250 ? 6 : 9;
        return number / abreast + 1 + String.valueOf("ABCDEFGHJ".charAt(number % abreast));
    }
}
