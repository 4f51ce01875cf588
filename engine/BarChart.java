package engine;

import java.util.ArrayList;
import java.util.List;
import lab.Event;

/// Bars, one below the other, each with its name above and its value at its end. Many with short names stand dense,
/// each with its name before it.
public record BarChart(String title, String unit, boolean dense, List<Bar> bars, List<String> header,
        List<List<String>> rows) implements ChartView {
    private static final int PITCH = 46; // pixels from bar to bar: a line of text and the bar
    private static final int DENSE_PITCH = 20;
    private static final int FEW = 8; // bars that have room
    private static final int SHORT = 16; // letters of a name that has room before its bar
    private static final double ROOM = 0.7; // a bar longer than this leaves no room for the value beside it

    /// @param y      its top, in pixels
    /// @param inside the value stands within the bar
    public record Bar(String name, String value, String length, int y, boolean inside) {}

    @Override public String kind() {
        return "bars";
    }

    @Override public int points() {
        return rows.size();
    }

    /// The chart's height in pixels.
    public int height() {
        return bars.size() * pitch(dense);
    }

    static BarChart of(Event.Chart chart) {
        List<Event.Point> points = chart.series().stream().flatMap(s -> s.points().stream()).toList();
        double longest = Math.max(points.stream().mapToDouble(Event.Point::y).max().orElse(0), Double.MIN_NORMAL);
        boolean dense = points.size() > FEW && points.stream().allMatch(point -> point.label().length() <= SHORT);
        List<Bar> bars = new ArrayList<>();
        for (Event.Point point : points) {
            double length = Math.max(0, point.y() / longest);
            String value = Units.figure(point.y()) + (dense ? "" : "\u00a0" + chart.yAxis());
            bars.add(new Bar(point.label(), value, ChartView.percent(length), bars.size() * pitch(dense),
                    length > ROOM));
        }
        List<List<String>> rows = points.stream()
                .map(point -> List.of(point.label(), Units.figure(point.y()))).toList();
        return new BarChart(chart.title(), chart.yAxis(), dense, bars, List.of("", chart.yAxis()), rows);
    }

    private static int pitch(boolean dense) {
        return dense ? DENSE_PITCH : PITCH;
    }
}
