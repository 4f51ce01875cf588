package data;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Where each passenger is: at an airport, and from when on. So nobody is on two flights at a time, and most
/// leave from where they landed.
///
/// An airport's passengers wait in a queue, who came first in front: a doubly linked list through arrays.
/// Passengers count from 0, airports from 1, moments are minutes after the epoch.
final class Travellers {
    private static final int TO_CHANGE = 60; // minutes from one flight to the next
    private static final int BY_LAND = 12 * 60; // minutes for a journey to an airport without flying
    private static final int NOBODY = -1;

    private final int[] first;
    private final int[] last;
    private final int[] before;
    private final int[] after;
    private final int[] at;
    private final int[] since;

    /// Everyone is at home.
    Travellers(int[] homes, int airports) {
        first = new int[airports + 1];
        last = new int[airports + 1];
        before = new int[homes.length];
        after = new int[homes.length];
        at = new int[homes.length];
        since = new int[homes.length];
        Arrays.fill(first, NOBODY);
        Arrays.fill(last, NOBODY);
        for (int who = 0; who < homes.length; who++) land(who, homes[who], -BY_LAND);
    }

    /// Someone who can depart from there then, taken from wherever they wait; -1 if there is no one left.
    int board(int from, int departure, SplittableRandom random) {
        int here = first[from];
        if (here != NOBODY && since[here] + TO_CHANGE <= departure) return leave(here);
        int drawn = (int) (since.length * random.nextDouble());
        for (int i = 0; i < since.length; i++) {
            int who = (drawn + i) % since.length;
            if (at[who] != 0 && since[who] + BY_LAND <= departure) return leave(who);
        }
        return NOBODY;
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
