package engine;

import java.util.ArrayList;
import java.util.List;
import lab.Event;

/// A transcript told in a test, event by event.
final class Told {
    private final List<Event.Entry> entries = new ArrayList<>();

    static Told of(Event... events) {
        return new Told().by("main", events);
    }

    /// The next events, by the process `actor`.
    Told by(String actor, Event... events) {
        for (Event event : events) {
            entries.add(new Event.Entry(entries.size() + 1, actor, "main", entries.size(), event));
        }
        return this;
    }

    Transcript transcript() {
        return Transcript.of(entries);
    }

    static Event check(String claim, boolean holds, int line) {
        return new Event.Checked(claim, holds, "lesson01.java", line);
    }

    static Event start(String step) {
        return new Event.StepStarted(step);
    }

    static Event end(String step, Event.Count... did) {
        return new Event.StepEnded(step, 7, false, List.of(did), null);
    }

    static Event.Count count(String name, long calls) {
        return new Event.Count(name, calls, 0, 0, 0, 0, 0, 0, List.of());
    }

    static final Event LAST = new Event.Ended(1, 0, 9_000);
}
