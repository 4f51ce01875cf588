package engine;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lab.Event;

/// Where and when a lesson was run, from its transcript alone: a page whose lesson did not run again does not change.
final class Ran {
    private Ran() {}

    static List<Page.Figure> of(Transcript run) {
        List<Page.Figure> facts = new ArrayList<>();
        entries(run).map(Event.Entry::what).filter(Event.Uses.class::isInstance).map(Event.Uses.class::cast).distinct()
                .forEach(uses -> facts.add(new Page.Figure(used(uses), uses.what())));
        run.began().ifPresent(began -> facts.add(new Page.Figure(began.jdk(), "JDK")));
        entries(run).findFirst().ifPresent(first -> facts.add(new Page.Figure(
                Instant.EPOCH.plusMillis(first.at() / 1_000).atOffset(ZoneOffset.UTC).toLocalDate().toString(), "Date")));
        return facts;
    }

    /// Valkey's version, or empty if the lesson did not use it.
    static Stream<String> valkey(Transcript run) {
        return entries(run).map(Event.Entry::what).filter(Event.Uses.class::isInstance).map(Event.Uses.class::cast)
                .filter(uses -> uses.what().equals("Valkey")).map(Event.Uses::version);
    }

    private static String used(Event.Uses uses) {
        return uses.what().equals("Valkey") ? "%s, %s".formatted(uses.version(), uses.where()) : uses.where();
    }

    private static Stream<Event.Entry> entries(Transcript run) {
        return Stream.concat(run.outside().stream(), run.steps().stream().flatMap(step -> step.entries().stream()));
    }
}
