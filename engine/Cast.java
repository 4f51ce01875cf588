package engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lab.Event;

/// Who takes part in a sequence, and what each of them did, up to so many exchanges.
final class Cast {
    /// The last lane stands for all that come after.
    static final int LANES = 6;

    private final int limit;
    private final Map<String, Integer> lanes = new LinkedHashMap<>();
    private final List<List<Exchange>> byLane = new ArrayList<>();
    private int exchanges;
    private long calls;

    Cast(int limit) {
        this.limit = limit;
    }

    /// Takes what is worth showing; whether there was room for it.
    boolean add(Event.Entry entry) {
        if (!Exchange.worthShowing(entry.what())) return true;
        boolean call = Exchange.overTheWire(entry.what());
        int lane = lanes.getOrDefault(name(entry), Math.min(lanes.size(), LANES - 1));
        Exchange last = lane < byLane.size() && !byLane.get(lane).isEmpty() ? byLane.get(lane).getLast() : null;
        boolean joins = last != null && last.joins(entry);
        if (call && !joins && exchanges == limit) return false;
        if (joins) last.entries().add(entry);
        else begin(entry, lane);
        if (call) calls++;
        if (call && !joins) exchanges++;
        return true;
    }

    private void begin(Event.Entry entry, int lane) {
        lanes.putIfAbsent(name(entry), lane);
        if (lane == byLane.size()) byLane.add(new ArrayList<>());
        byLane.get(lane).add(new Exchange(lane + 1, new ArrayList<>(List.of(entry))));
    }

    /// Commands and statements taken, each of a pipeline counted.
    long calls() {
        return calls;
    }

    List<List<Exchange>> byLane() {
        return byLane;
    }

    /// A name for each lane.
    List<String> names() {
        List<String> names = new ArrayList<>(lanes.keySet().stream().limit(LANES).toList());
        int others = lanes.size() - LANES;
        if (others > 0) names.set(LANES - 1, names.getLast() + " and " + Units.count(others, "other"));
        return names;
    }

    private static String name(Event.Entry entry) {
        boolean lesson = entry.actor().equals("main");
        if (entry.thread().equals("main")) return lesson ? "lesson" : entry.actor();
        return lesson ? entry.thread() : entry.actor() + " " + entry.thread();
    }
}
