package bench;

import bench.Race.Result;
import bench.Race.Result.Failed;
import bench.Race.Result.Finished;
import bench.Race.Result.Missing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The results of a race as lines of text, the fastest first; the ratios are to the time of `ours`.
record ResultTable(List<Result> results, int pages, String ours) {
    private static final String ROW = "%-26s %-10s %9s %9s %7s %9s %6s";

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(ROW.formatted("name", "version", "seconds", "a page", "ratio", "CPU s", "load"));
        results.stream().sorted(Comparator.comparingDouble(ResultTable::seconds)).map(this::line).forEach(lines::add);
        return lines;
    }

    private String line(Result result) {
        return switch (result) {
            case Finished f -> ROW.formatted(f.name(), f.version(), "%.2f".formatted(f.timed().seconds()),
                    "%.4f".formatted(f.timed().seconds() / pages), ratio(f.timed().seconds()),
                    "%.2f".formatted(f.timed().cpu()), "%.1f".formatted(f.timed().load()));
            case Failed f -> "%-26s %-10s failed: %s".formatted(f.name(), f.version(), f.why());
            case Missing m -> "%-26s missing: %s".formatted(m.name(), m.why());
        };
    }

    private String ratio(double seconds) {
        return results.stream().filter(r -> r.name().equals(ours)).map(ResultTable::seconds)
                .filter(Double::isFinite).findFirst().map(own -> "%.2f".formatted(seconds / own)).orElse("-");
    }

    private static double seconds(Result result) {
        return result instanceof Finished finished ? finished.timed().seconds() : Double.POSITIVE_INFINITY;
    }
}
