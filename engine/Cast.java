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

    private static final String LESSON = "lesson";

    private final int limit;
    private final Map<String, List<Exchange>> byActor = new LinkedHashMap<>();
    private int exchanges;
    private long calls;

    Cast(int limit) {
        this.limit = limit;
    }

    /// Takes what is worth showing; whether there was room for it.
    boolean add(Event.Entry entry) {
        if (!Exchange.worthShowing(entry.what())) return true;
        boolean call = Exchange.overTheWire(entry.what());
        List<Exchange> own = byActor.getOrDefault(name(entry), List.of());
        boolean joins = !own.isEmpty() && own.getLast().joins(entry);
        if (call && !joins && exchanges == limit) return false;
        if (joins) own.getLast().entries().add(entry);
        else begin(entry);
        if (call) calls++;
        if (call && !joins) exchanges++;
        return true;
    }

    private void begin(Event.Entry entry) {
        byActor.computeIfAbsent(name(entry), _ -> new ArrayList<>()).add(new Exchange(new ArrayList<>(List.of(entry))));
    }

    /// Commands and statements taken, each of a pipeline counted.
    long calls() {
        return calls;
    }

    /// What each actor did. The lesson itself comes first, whoever began: it has the same number in each step.
    List<List<Exchange>> byActor() {
        return actors().stream().map(byActor::get).toList();
    }

    /// A name for each lane.
    List<String> names() {
        List<String> actors = actors();
        List<String> names = new ArrayList<>(actors.subList(0, Math.min(actors.size(), LANES)));
        int others = actors.size() - LANES;
        if (others > 0) names.set(LANES - 1, names.getLast() + " and " + Units.count(others, "other"));
        return names;
    }

    private List<String> actors() {
        List<String> actors = new ArrayList<>(byActor.keySet());
        if (actors.remove(LESSON)) actors.addFirst(LESSON);
        return actors;
    }

    private static String name(Event.Entry entry) {
        boolean lesson = entry.actor().equals("main");
        if (entry.thread().equals("main")) return lesson ? LESSON : entry.actor();
        return lesson ? entry.thread() : entry.actor() + " " + entry.thread();
    }
}
