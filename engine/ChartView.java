package engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lab.Event;

/// A chart, laid out: `chart.ftlh` only has to write it down. Lengths and places are in percent of the plot.
///
/// @param header the names of the table's columns, `rows` its cells: the same data for whoever cannot see the chart
public record ChartView(String title, boolean bars, String xAxis, String yAxis, List<Bar> drawn, List<Tick> xTicks,
        List<Tick> yTicks, List<Line> lines, List<String> header, List<List<String>> rows) {

    /// @param y      its top, in pixels
    /// @param inside the value stands within the bar, because there is no room beside it
    public record Bar(String label, String value, String length, int y, boolean inside) {}

    public record Tick(String at, String label) {}

    /// @param points of an SVG polyline in a plot of 1,000 by 1,000
    /// @param endX   where the last point is, in percent
    public record Line(String name, int series, String points, String endX, String endY, List<Dot> dots) {}

    public record Dot(String x, String y) {}

    private static final int BAR_PITCH = 46; // pixels from bar to bar: a line of text and the bar
    private static final int MOST_DOTS = 16; // a line with more points shows no dots

    static ChartView of(Event.Chart chart) {
        return chart.kind() == Event.Chart.Kind.BARS ? bars(chart) : lines(chart);
    }

    /// The height of a bar chart in pixels.
    public int height() {
        return drawn.size() * BAR_PITCH + 4;
    }

    private static ChartView bars(Event.Chart chart) {
        List<Event.Point> points = chart.series().stream().flatMap(s -> s.points().stream()).toList();
        double longest = Math.max(points.stream().mapToDouble(Event.Point::y).max().orElse(0), Double.MIN_NORMAL);
        List<Bar> bars = new ArrayList<>();
        for (Event.Point point : points) {
            double length = Math.max(0, point.y() / longest * 100);
            bars.add(new Bar(point.label(), Units.figure(point.y()) + "\u00a0" + chart.yAxis(), percent(length),
                    bars.size() * BAR_PITCH, length > 70));
        }
        return new ChartView(chart.title(), true, "", chart.yAxis(), bars, List.of(), List.of(), List.of(),
                List.of("", chart.yAxis()), points.stream().map(p -> List.of(p.label(), Units.figure(p.y()))).toList());
    }

    private static ChartView lines(Event.Chart chart) {
        Axis x = axis(chart, Event.Point::x, false);
        Axis y = axis(chart, Event.Point::y, true);
        List<Line> lines = IntStream.range(0, chart.series().size()).mapToObj(i -> line(chart.series().get(i), i + 1, x, y)).toList();
        return new ChartView(chart.title(), false, chart.xAxis(), chart.yAxis(), List.of(), ticks(x, false), ticks(y, true), lines,
                Stream.concat(Stream.of(chart.xAxis()), chart.series().stream().map(Event.Series::name)).toList(), rows(chart));
    }

    private static Axis axis(Event.Chart chart, ToDoubleFunction<Event.Point> value, boolean fromZero) {
        var all = chart.series().stream().flatMap(s -> s.points().stream()).mapToDouble(value).summaryStatistics();
        if (all.getCount() == 0) return Axis.of(0, 1, 5);
        return Axis.of(fromZero ? Math.min(0, all.getMin()) : all.getMin(), all.getMax(), 5);
    }

    private static List<Tick> ticks(Axis axis, boolean upward) {
        return axis.ticks().stream()
                .map(t -> new Tick(percent(100 * (upward ? 1 - axis.place(t) : axis.place(t))), Units.figure(t))).toList();
    }

    private static Line line(Event.Series series, int number, Axis x, Axis y) {
        List<Event.Point> points = series.points();
        List<Dot> dots = points.stream()
                .map(p -> new Dot(percent(100 * x.place(p.x())), percent(100 * (1 - y.place(p.y()))))).toList();
        String polyline = points.stream().map(p -> coordinate(1000 * x.place(p.x())) + "," + coordinate(1000 * (1 - y.place(p.y()))))
                .collect(Collectors.joining(" "));
        Dot end = dots.isEmpty() ? new Dot("0%", "0%") : dots.getLast();
        return new Line(series.name(), (number - 1) % 6 + 1, polyline, end.x(), end.y(), dots.size() > MOST_DOTS ? List.of(end) : dots);
    }

    /// A row per x of any series; a series without that x has an empty cell.
    private static List<List<String>> rows(Event.Chart chart) {
        return chart.series().stream().flatMap(s -> s.points().stream()).map(Event.Point::x).distinct().sorted()
                .map(x -> Stream.concat(Stream.of(Units.figure(x)), chart.series().stream().map(s -> at(s, x))).toList()).toList();
    }

    private static String at(Event.Series series, double x) {
        return series.points().stream().filter(p -> p.x() == x).findFirst().map(p -> Units.figure(p.y())).orElse("");
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f%%", value);
    }

    private static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
