package engine;

import java.util.Locale;

/// How often a step, or several, asked Valkey and SQLite.
///
/// @param hits   reads that Valkey had a value for; `misses` those it had none for
/// @param others further commands: writes, scripts, counters
/// @param sql    statements
record Traffic(long hits, long misses, long others, long sql) {
    static final Traffic NONE = new Traffic(0, 0, 0, 0);

    static Traffic of(Transcript.Step step) {
        return of(Cost.of(step));
    }

    static Traffic of(Transcript run) {
        return of(run.cost());
    }

    private static Traffic of(Cost cost) {
        return new Traffic(cost.hits(), cost.misses(), cost.commands() - cost.hits() - cost.misses(), cost.sql());
    }

    Traffic plus(Traffic more) {
        return new Traffic(hits + more.hits, misses + more.misses, others + more.others, sql + more.sql);
    }

    /// All that Valkey was asked.
    long commands() {
        return hits + misses + others;
    }

    long reads() {
        return hits + misses;
    }

    /// The share of reads that were hits, `86 %`; empty without reads. Never rounded to all or none.
    String ratio() {
        if (reads() == 0) return "";
        if (hits == 0 || misses == 0) return hits == 0 ? "0\u00a0%" : "100\u00a0%";
        double percent = Math.clamp(100.0 * hits / reads(), 0.1, 99.9);
        return (percent < 1 || percent > 99 ? String.format(Locale.ROOT, "%.1f", percent) : Math.round(percent))
                + "\u00a0%";
    }
}
