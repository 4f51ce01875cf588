package data;

import java.util.ArrayList;
import java.util.List;

/// What one aircraft does again and again: out from a hub and back to it, on some days of the week.
///
/// It has no other rotation, and each is over before the next begins, so that it is never in two places.
/// `days` has a bit for each weekday on which it begins, Monday the lowest.
record Rotation(Airplane airplane, List<Leg> legs, int days) {
    /// One flight of it, as the timetable has it; in minutes, UTC, from 0:00 of the day on which the rotation begins.
    record Leg(String flightno, Airport from, Airport to, int departure, int arrival) {}

    /// A rotation along `stops` (hub, ..., hub), on no days yet; flights are numbered from `number` on.
    static Rotation along(List<Airport> stops, Airplane airplane, int departure, int number) {
        List<Leg> legs = new ArrayList<>();
        int time = departure;
        for (int i = 1; i < stops.size(); i++) {
            Airport from = stops.get(i - 1);
            Airport to = stops.get(i);
            int arrival = time + airplane.type().blockMinutes(from.kmTo(to));
            legs.add(new Leg(airplane.airline().iata() + (number + i - 1), from, to, time, arrival));
            time = arrival + airplane.type().turnMinutes();
        }
        return new Rotation(airplane, List.copyOf(legs), 0);
    }

    /// The same, on that weekday too, if the aircraft is back in time before and after; else the same.
    Rotation alsoOn(int weekday) {
        int apart = daysApart();
        for (int away = 1 - apart; away < apart; away++) {
            if (beginsOn(Math.floorMod(weekday + away, 7))) return this;
        }
        return new Rotation(airplane, legs, days | 1 << weekday);
    }

    boolean beginsOn(int weekday) {
        return (days >> weekday & 1) == 1;
    }

    /// How much traffic there is between its airports, not normalised.
    double traffic() {
        return StrictMath.sqrt(legs.getFirst().from().traffic() * legs.getFirst().to().traffic());
    }

    /// Days from one begin to the earliest next one.
    private int daysApart() {
        int away = legs.getLast().arrival() + airplane.type().turnMinutes() - legs.getFirst().departure();
        return (away + Period.DAY - 1) / Period.DAY;
    }
}
