package engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a lesson cost, step by step and in sum, and what was avoided. Empty texts stand for nothing.
public record Ledger(List<Line> lines, Line sum, List<Saving> savings) {

    /// @param step  where it stands on the page, and its caption
    /// @param http  requests
    /// @param ratio of the reads that found something, `98 %`
    public record Line(Step step, String http, String sql, String commands, String trips, String bytes, String ratio,
            String time) {}

    public record Step(String anchor, Html caption) {}

    /// `50 readers: from 50 queries to 1, 49 avoided`
    ///
    /// @param work `50 readers`, or empty
    public record Saving(String work, String without, String with, String avoided, Step stepWithout, Step stepWith) {}

    /// Empty if the run asked nobody anything.
    static Optional<Ledger> of(Companion text, Run run) {
        Transcript transcript = run.transcript();
        String source = run.lesson().source().getFileName().toString();
        Map<String, Step> steps = new HashMap<>();
        text.outputs(source).forEach(cell -> steps.put(cell.name(), new Step(cell.id(), new Html(cell.captionHtml()))));
        List<Transcript.Step> ended = transcript.steps().stream()
                .filter(step -> step.ended().isPresent() && steps.containsKey(step.name())).toList();
        Cost all = transcript.cost();
        if (ended.isEmpty() || all.requests() + all.sql() + all.commands() == 0) return Optional.empty();
        return Optional.of(new Ledger(ended.stream().map(step -> line(steps.get(step.name()), Cost.of(step))).toList(),
                line(new Step("", Html.text("In all")), all),
                text.avoided().stream().flatMap(pair -> saving(pair, steps, transcript)).toList()));
    }

    private static Line line(Step step, Cost cost) {
        return new Line(step, count(cost.requests()), count(cost.sql()), count(cost.commands()), count(cost.trips()),
                cost.bytes() == 0 ? "" : Units.bytes(cost.bytes()), cost.ratio(), Units.micros(cost.micros()));
    }

    private static String count(long n) {
        return n == 0 ? "" : Units.count(n);
    }

    /// Nothing where one of the two did not come to its end.
    private static Stream<Saving> saving(Avoided pair, Map<String, Step> steps, Transcript transcript) {
        Optional<Cost> with = cost(pair.with(), transcript);
        Optional<Cost> without = cost(pair.without(), transcript);
        if (with.isEmpty() || without.isEmpty()) return Stream.empty();
        boolean http = with.get().requests() > 0 && without.get().requests() > 0;
        long more = http ? without.get().requests() : without.get().sql();
        long less = http ? with.get().requests() : with.get().sql();
        String work = transcript.began().stream().flatMap(began -> began.knobs().stream())
                .filter(knob -> knob.name().equals(pair.of())).map(knob -> knob.value() + " " + knob.name())
                .findFirst().orElse("");
        return Stream.of(new Saving(work, http ? Units.count(more, "request") : queries(more), Units.count(less),
                more > less ? Units.count(more - less) : "none", steps.get(pair.without()), steps.get(pair.with())));
    }

    private static String queries(long n) {
        return n == 1 ? "1 query" : Units.count(n) + " queries";
    }

    private static Optional<Cost> cost(String name, Transcript transcript) {
        return transcript.steps().stream().filter(step -> step.name().equals(name) && step.ended().isPresent())
                .findFirst().map(Cost::of);
    }
}
