package engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lab.Event;

/// Exact counts of what all processes of a step did together, in the order in which each thing was first counted.
final class Tally {
    private Tally() {}

    static List<Event.Count> of(Transcript.Step step) {
        Map<String, Event.Count> counts = new LinkedHashMap<>();
        Stream.concat(step.ended().stream().map(Event.StepEnded::did), step.all(Event.Did.class).map(Event.Did::did))
                .flatMap(List::stream).forEach(count -> counts.merge(count.name(), count, Tally::sum));
        return List.copyOf(counts.values());
    }

    private static Event.Count sum(Event.Count a, Event.Count b) {
        return new Event.Count(a.name(), a.calls() + b.calls(), a.hits() + b.hits(), a.misses() + b.misses(),
                a.micros() + b.micros(), a.sent() + b.sent(), a.received() + b.received(), a.trips() + b.trips(),
                took(a.took(), b.took()));
    }

    private static List<Long> took(List<Long> a, List<Long> b) {
        return IntStream.range(0, Math.max(a.size(), b.size())).mapToObj(i -> at(a, i) + at(b, i)).toList();
    }

    private static long at(List<Long> buckets, int place) {
        return place < buckets.size() ? buckets.get(place) : 0;
    }
}
