package data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The aircraft of an airline, and when each is in the air: never on two flights at a time, and 30 minutes on the
/// ground between two. Moments are minutes after the epoch.
final class Fleet {
    private static final int TURN = 30; // minutes

    private final List<Aircraft> aircraft = new ArrayList<>();

    /// One aircraft; its flights by departure.
    private record Aircraft(int id, TreeMap<Integer, Hop> hops) {}

    private record Hop(int from, int to, int arrival) {}

    void add(int airplane) {
        aircraft.add(new Aircraft(airplane, new TreeMap<>()));
    }

    /// Takes an aircraft for a flight: one that is where it leaves, or that is wanted next where it lands, if there is
    /// such a one, else any that is free.
    ///
    /// @return the aircraft's id; -1 if none is free
    int take(int from, int to, int departure, int arrival) {
        Aircraft best = null;
        int bestFit = -1;
        for (Aircraft next : aircraft) {
            int fit = fit(next.hops, from, to, departure, arrival);
            if (fit > bestFit) {
                best = next;
                bestFit = fit;
            }
        }
        if (best == null) return -1;
        best.hops.put(departure, new Hop(from, to, arrival));
        return best.id;
    }

    /// -1 where it is not free, else 0 to 2: at how many ends the flight goes on where the neighbours end.
    private static int fit(TreeMap<Integer, Hop> hops, int from, int to, int departure, int arrival) {
        Map.Entry<Integer, Hop> before = hops.floorEntry(departure);
        Map.Entry<Integer, Hop> after = hops.higherEntry(departure);
        if (before != null && before.getValue().arrival + TURN > departure) return -1;
        if (after != null && arrival + TURN > after.getKey()) return -1;
        return (before != null && before.getValue().to == from ? 1 : 0)
                + (after != null && after.getValue().from == to ? 1 : 0);
    }
}
