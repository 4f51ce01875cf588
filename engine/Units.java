package engine;

import java.util.Locale;

/// Figures as people read them: three digits at most matter, the unit stands behind a space that does not break.
final class Units {
    private Units() {}

    /// `84 µs`, `1.2 ms`, `84 ms`, `1.24 s`.
    static String micros(double micros) {
        if (micros < 1_000) return figure(micros) + "\u00a0µs";
        if (micros < 1_000_000) return figure(micros / 1_000) + "\u00a0ms";
        return figure(micros / 1_000_000) + "\u00a0s";
    }

    /// `512 B`, `1.5 kB`, `3.2 MB`, in powers of 1,000.
    static String bytes(long bytes) {
        if (bytes < 1_000) return bytes + "\u00a0B";
        if (bytes < 1_000_000) return figure(bytes / 1e3) + "\u00a0kB";
        return figure(bytes / 1e6) + "\u00a0MB";
    }

    /// What is left to live: `60 s`, `840 ms`, `12 h`; an en dash without an end.
    static String ttl(long millis) {
        if (millis < 0) return "–";
        if (millis < 1_000) return millis + "\u00a0ms";
        long seconds = Math.round(millis / 1_000.0);
        if (seconds < 600) return seconds + "\u00a0s";
        return seconds < 36_000 ? Math.round(seconds / 60.0) + "\u00a0min" : Math.round(seconds / 3_600.0) + "\u00a0h";
    }

    /// `1,204`.
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// `1 command`, `1,204 commands`.
    static String count(long count, String noun) {
        return count(count) + " " + (count == 1 ? noun : noun + "s");
    }

    /// A figure to three digits, without the noise behind them: `0.42`, `8.1`, `1,204`.
    static String figure(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || value == Math.rint(value) ? 0 : size >= 10 ? 1 : 2;
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return decimals == 0 ? text : text.replaceAll("\\.?0+$", "");
    }
}
