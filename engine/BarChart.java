package engine;

import java.util.ArrayList;
import java.util.List;
import lab.Event;

/// Bars, one below the other, each with its name above and its value at its end.
public record BarChart(String title, List<Bar> bars, List<String> header, List<List<String>> rows)
        implements ChartView {
    private static final int PITCH = 46; // pixels from bar to bar: a line of text and the bar
    private static final double ROOM = 0.7; // a bar longer than this leaves no room for the value beside it

    /// @param y      its top, in pixels
    /// @param inside the value stands within the bar
    public record Bar(String name, String value, String length, int y, boolean inside) {}

    @Override public String kind() {
        return "bars";
    }

    /// The chart's height in pixels.
    public int height() {
        return bars.size() * PITCH;
    }

    static BarChart of(Event.Chart chart) {
        List<Event.Point> points = chart.series().stream().flatMap(s -> s.points().stream()).toList();
        double longest = Math.max(points.stream().mapToDouble(Event.Point::y).max().orElse(0), Double.MIN_NORMAL);
        List<Bar> bars = new ArrayList<>();
        for (Event.Point point : points) {
            double length = Math.max(0, point.y() / longest);
            bars.add(new Bar(point.label(), Units.figure(point.y()) + "\u00a0" + chart.yAxis(),
                    ChartView.percent(length), bars.size() * PITCH, length > ROOM));
        }
        return new BarChart(chart.title(), bars, List.of("", chart.yAxis()),
                points.stream().map(point -> List.of(point.label(), Units.figure(point.y()))).toList());
    }
}
