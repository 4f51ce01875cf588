package data;

import data.Rotation.Leg;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// On which weekdays the rotations are flown: every one at least once a week, the busiest routes daily.
final class Timetable {
    /// More is planned than is flown: so the days can differ in season.
    private static final double PLANNED_PER_FLOWN = 1.1;

    private Timetable() {}

    /// The rotations with days enough for so many flights in the whole period.
    static List<Rotation> withDays(List<Rotation> rotations, int flights, SplittableRandom random) {
        int[] planned = new int[7]; // flights on each weekday, Monday first
        List<Rotation> all = new ArrayList<>();
        for (Rotation rotation : rotations) all.add(withOneMore(rotation, planned));
        var byTraffic = new Weighted<>(IntStream.range(0, all.size()).boxed().toList(), i -> all.get(i).traffic());
        while (IntStream.of(planned).sum() * Period.DAYS / 7 < PLANNED_PER_FLOWN * flights) {
            int at = byTraffic.draw(random);
            all.set(at, withOneMore(all.get(at), planned));
        }
        return List.copyOf(all);
    }

    /// The rotation on one more weekday: of those on which it can begin, the one that is furthest below its demand. The
    /// same where it can begin on none.
    private static Rotation withOneMore(Rotation rotation, int[] planned) {
        List<Integer> dueFirst = IntStream.range(0, 7).boxed()
                .sorted(Comparator.comparingDouble(day -> planned[day] / Period.weekday(day))).toList();
        for (int day : dueFirst) {
            Rotation more = rotation.alsoOn(day);
            if (more.equals(rotation)) continue;
            for (Leg leg : rotation.legs()) planned[(day + leg.departure() / Period.DAY) % 7]++;
            return more;
        }
        return rotation;
    }

    /// Writes a row for each flight of each rotation: times of day, and the weekdays on which that flight departs.
    static void write(List<Rotation> rotations, Table flightschedule) throws SQLException {
        for (Rotation rotation : rotations) {
            for (Leg leg : rotation.legs()) {
                int daysLater = leg.departure() / Period.DAY;
                int[] on = IntStream.range(0, 7)
                        .map(day -> rotation.beginsOn(Math.floorMod(day - daysLater, 7)) ? 1 : 0).toArray();
                flightschedule.add(leg.flightno(), leg.from().id(), leg.to().id(), Period.time(leg.departure()),
                        Period.time(leg.arrival()), rotation.airplane().airline().id(),
                        on[0], on[1], on[2], on[3], on[4], on[5], on[6]);
            }
        }
    }
}
