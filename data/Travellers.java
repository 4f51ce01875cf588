package data;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Where each passenger is: at an airport, and from when on. So nobody is on two flights at a time, and most
/// leave from where they landed. Low numbers fly most: they are let through to the front.
///
/// An airport's passengers wait in a queue, who came first in front: a doubly linked list through arrays.
/// Passengers count from 0, airports from 1, moments are minutes after the epoch.
final class Travellers {
    private static final int TO_CHANGE = 120; // minutes from one flight to the next: not on the same aircraft
    private static final int BY_LAND = 12 * 60; // minutes for a journey to an airport without flying
    private static final int FRONT = 8; // so many in a queue may be let through
    private static final int DRAWN = 24;
    private static final int NOBODY = -1;

    private final int[] first;
    private final int[] last;
    private final int[] before;
    private final int[] after;
    private final int[] at;
    private final int[] since;
    private final double[][] direction;

    /// Everyone is at home.
    Travellers(List<Airport> homes, List<Airport> airports) {
        direction = new double[airports.size() + 1][];
        for (Airport airport : airports) direction[airport.id()] = airport.direction();
        first = new int[airports.size() + 1];
        last = new int[airports.size() + 1];
        before = new int[homes.size()];
        after = new int[homes.size()];
        at = new int[homes.size()];
        since = new int[homes.size()];
        Arrays.fill(first, NOBODY);
        Arrays.fill(last, NOBODY);
        for (int who = 0; who < homes.size(); who++) land(who, homes.get(who).id(), -BY_LAND);
    }

    /// Someone who can depart from there then, taken from wherever they wait; -1 if there is no one left.
    int board(int from, int departure, SplittableRandom random) {
        int best = NOBODY;
        int next = first[from];
        for (int i = 0; i < FRONT && next != NOBODY; i++, next = after[next]) {
            if (since[next] + TO_CHANGE <= departure && (best == NOBODY || next < best)) best = next;
        }
        return best != NOBODY ? leave(best) : fetch(from, departure, random);
    }

    /// Someone from elsewhere: the nearest of some drawn at random, else anyone.
    private int fetch(int to, int departure, SplittableRandom random) {
        int best = NOBODY;
        for (int i = 0; i < DRAWN; i++) {
            int who = random.nextInt(since.length);
            if (!canComeByLand(who, departure)) continue;
            if (best == NOBODY || nearness(at[who], to) > nearness(at[best], to)) best = who;
        }
        for (int who = 0; who < since.length && best == NOBODY; who++) {
            if (canComeByLand(who, departure)) best = who;
        }
        return best == NOBODY ? NOBODY : leave(best);
    }

    /// The cosine of the angle between two airports, seen from the centre of the earth.
    private double nearness(int airport, int other) {
        return direction[airport][0] * direction[other][0] + direction[airport][1] * direction[other][1]
                + direction[airport][2] * direction[other][2];
    }

    private boolean canComeByLand(int who, int departure) {
        return at[who] != 0 && since[who] + BY_LAND <= departure;
    }

    /// The passenger lands there then, and waits.
    void land(int who, int airport, int moment) {
        at[who] = airport;
        since[who] = moment;
        before[who] = last[airport];
        after[who] = NOBODY;
        if (last[airport] == NOBODY) first[airport] = who;
        else after[last[airport]] = who;
        last[airport] = who;
    }

    private int leave(int who) {
        int airport = at[who];
        if (before[who] == NOBODY) first[airport] = after[who];
        else after[before[who]] = after[who];
        if (after[who] == NOBODY) last[airport] = before[who];
        else before[after[who]] = before[who];
        at[who] = 0;
        return who;
    }
}
