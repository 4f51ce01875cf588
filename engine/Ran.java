package engine;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lab.Event;

/// Where and when a lesson was run, from its transcript alone: a page whose lesson did not run again does not change.
final class Ran {
    private static final String VALKEY = "Valkey";

    private Ran() {}

    static List<Page.Figure> of(Transcript run) {
        List<Page.Figure> facts = new ArrayList<>();
        uses(run).distinct().forEach(uses -> facts.add(new Page.Figure(used(uses), uses.what())));
        jdk(run).forEach(jdk -> facts.add(new Page.Figure(jdk, "JDK")));
        run.began().ifPresent(began -> {
            facts.add(new Page.Figure(began.processor(), "Processor"));
            facts.add(new Page.Figure(began.os(), "System"));
        });
        entries(run).findFirst().ifPresent(first -> facts.add(new Page.Figure(day(first.at()), "Date")));
        return facts;
    }

    /// Valkey's version, or nothing if the lesson did not use it.
    static Stream<String> valkey(Transcript run) {
        return uses(run).filter(uses -> uses.what().equals(VALKEY)).map(Event.Uses::version);
    }

    /// The JDK's version without the number of its build.
    static Stream<String> jdk(Transcript run) {
        return run.began().stream().map(began -> began.jdk().replaceAll("\\+.*", ""));
    }

    /// Whether the lesson's Valkey was a cluster.
    static boolean onCluster(Transcript run) {
        return uses(run).anyMatch(uses -> uses.what().equals(VALKEY) && uses.where().matches("valkeys?-cluster:.*"));
    }

    private static Stream<Event.Uses> uses(Transcript run) {
        return entries(run).map(Event.Entry::what).filter(Event.Uses.class::isInstance).map(Event.Uses.class::cast);
    }

    private static String used(Event.Uses uses) {
        return uses.what().equals(VALKEY) ? "%s, %s".formatted(uses.version(), uses.where()) : uses.where();
    }

    private static String day(long micros) {
        return Instant.EPOCH.plusMillis(micros / 1_000).atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static Stream<Event.Entry> entries(Transcript run) {
        return Stream.concat(run.outside().stream(), run.steps().stream().flatMap(step -> step.entries().stream()));
    }
}
