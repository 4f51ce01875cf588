package engine;

import java.util.Locale;
import lab.Event;

/// What a step, a lesson or a whole run of the course cost. All counts are exact.
///
/// @param requests of HTTP
/// @param sql    statements
/// @param trips  round trips to Valkey: a pipeline is one, however many commands it holds
/// @param bytes  of arguments and replies that went to Valkey and back, without the protocol's framing
/// @param hits   reads of Valkey that found something; `misses` those that did not
/// @param micros what the steps took, all that they did included
public record Cost(long requests, long sql, long commands, long trips, long bytes, long hits, long misses,
        long micros) {
    public static final Cost NOTHING = new Cost(0, 0, 0, 0, 0, 0, 0, 0);

    /// What one step cost, all its processes together; nothing where it was skipped.
    public static Cost of(Transcript.Step step) {
        long micros = step.ended().map(Event.StepEnded::micros).orElse(0L);
        return Tally.of(step).stream().map(Cost::of).reduce(new Cost(0, 0, 0, 0, 0, 0, 0, micros), Cost::plus);
    }

    private static Cost of(Event.Count c) {
        if (c.name().equals("SQL")) return new Cost(0, c.calls(), 0, 0, 0, 0, 0, 0);
        if (c.name().equals("HTTP")) return new Cost(c.calls(), 0, 0, 0, 0, 0, 0, 0);
        if (!c.ofValkey()) return NOTHING;
        return new Cost(0, 0, c.calls(), c.trips(), c.sent() + c.received(), c.hits(), c.misses(), 0);
    }

    /// Both together, figure by figure.
    public Cost plus(Cost other) {
        return new Cost(requests + other.requests, sql + other.sql, commands + other.commands, trips + other.trips,
                bytes + other.bytes, hits + other.hits, misses + other.misses, micros + other.micros);
    }

    /// Commands that were no reads of a value, or of which nobody can say: writes, scripts, counters.
    public long others() {
        return commands - hits - misses;
    }

    /// The share of reads that found something, `86 %`; empty if nothing was read. Never rounded to all or nothing.
    public String ratio() {
        if (hits + misses == 0) return "";
        if (hits == 0 || misses == 0) return hits == 0 ? "0\u00a0%" : "100\u00a0%";
        double percent = Math.clamp(100.0 * hits / (hits + misses), 0.1, 99.9);
        return (percent < 1 || percent > 99 ? String.format(Locale.ROOT, "%.1f", percent) : Math.round(percent))
                + "\u00a0%";
    }
}
