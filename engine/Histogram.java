package engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import lab.Event;

/// How long each of many things took: a row of bars for each, over one axis of time. A bar stands for the
/// times from one power of two µs to the next, so the axis is logarithmic. A row is as high as its highest bar.
///
/// @param view  of the bars' SVG: a bucket is 10 wide, a pixel is 1 high
/// @param ticks powers of ten, placed in percent
public record Histogram(String view, int height, List<Row> rows, List<LineChart.Tick> ticks) {
    private static final int PITCH = 36; // pixels from row to row
    private static final int HIGHEST = 26; // pixels
    private static final int ROWS = 8;
    private static final int WIDE = 10;
    private static final int BAR = 9;

    /// @param y    its base line, in pixels
    /// @param bars of an SVG path
    /// @param note `half within 64 µs, 99 % within 512 µs`
    public record Row(String name, int y, String bars, String note) {}

    static Histogram of(List<Event.Count> counts) {
        List<Event.Count> most = counts.stream().filter(c -> !c.took().isEmpty())
                .sorted(Comparator.comparingLong(Event.Count::calls).reversed()).limit(ROWS).toList();
        if (most.isEmpty()) return new Histogram("", 0, List.of(), List.of());
        int first = most.stream().mapToInt(c -> first(c.took())).min().orElseThrow();
        int end = most.stream().mapToInt(c -> c.took().size()).max().orElseThrow();
        List<Row> rows = new ArrayList<>();
        for (Event.Count c : most) {
            int y = (rows.size() + 1) * PITCH;
            rows.add(new Row(c.name(), y, bars(c.took(), first, y), note(c)));
        }
        int height = rows.size() * PITCH;
        return new Histogram("0 0 %d %d".formatted((end - first) * WIDE, height), height, rows, ticks(first, end));
    }

    private static int first(List<Long> took) {
        return IntStream.range(0, took.size()).filter(i -> took.get(i) > 0).findFirst().orElse(0);
    }

    private static String bars(List<Long> took, int first, int y) {
        long most = took.stream().mapToLong(n -> n).max().orElseThrow();
        var path = new StringBuilder();
        for (int i = first; i < took.size(); i++) {
            long high = Math.ceilDiv(took.get(i) * HIGHEST, most); // what was there is seen
            if (high > 0) path.append("M%d,%dv-%dh%dv%dz".formatted((i - first) * WIDE, y, high, BAR, high));
        }
        return path.toString();
    }

    /// Bucket 1 begins at 1 µs, and each begins at twice of that before it.
    private static List<LineChart.Tick> ticks(int first, int end) {
        return IntStream.range(0, 9).mapToObj(power -> {
            double place = (1 + power * Math.log(10) / Math.log(2) - first) / (end - first);
            return place < 0 || place > 1 ? null
                    : new LineChart.Tick(ChartView.percent(place), Units.micros(Math.pow(10, power)));
        }).filter(tick -> tick != null).toList();
    }

    private static String note(Event.Count c) {
        return "half within %s, 99\u00a0%% within %s".formatted(within(c, 0.5), within(c, 0.99));
    }

    /// The end of the bucket that holds this share of all calls.
    static String within(Event.Count c, double share) {
        long wanted = (long) Math.ceil(share * c.calls());
        int bucket = 0;
        for (long seen = c.took().getFirst(); seen < wanted; seen += c.took().get(bucket)) bucket++;
        return Units.micros(Math.pow(2, bucket));
    }
}
