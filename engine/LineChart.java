package engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lab.Event;

/// Lines over two axes, each with its name at its end.
public record LineChart(String title, String xAxis, String yAxis, List<Tick> xTicks, List<Tick> yTicks,
        List<Line> lines, List<String> header, List<List<String>> rows) implements ChartView {
    private static final int TICKS = 5;
    private static final double NAME_HEIGHT = 0.07; // of the plot
    private static final int STYLES = 6; // of lines, in the style sheet
    private static final int MOST_DOTS = 16; // a line with more points shows only its last

    public record Tick(String at, String label) {}

    /// @param style  1 to 6, as the style sheet knows them
    /// @param points of an SVG polyline in a plot of 1,000 by 1,000
    /// @param nameY  where its name stands: at its end, or below a name that stands there already
    public record Line(String name, int style, String points, List<Dot> dots, String nameY) {}

    public record Dot(String x, String y) {}

    @Override public String kind() {
        return "lines";
    }

    static LineChart of(Event.Chart chart) {
        Axis x = axis(chart, Event.Point::x, false);
        Axis y = axis(chart, Event.Point::y, true);
        List<Line> lines = new ArrayList<>();
        double[] names = namePlaces(chart.series(), y);
        for (Event.Series series : chart.series()) {
            lines.add(line(series, lines.size() % STYLES + 1, x, y, names[lines.size()]));
        }
        List<String> header = new ArrayList<>(List.of(chart.xAxis()));
        for (Event.Series series : chart.series()) header.add(series.name());
        return new LineChart(chart.title(), chart.xAxis(), chart.yAxis(),
                x.ticks().stream().map(t -> new Tick(ChartView.percent(x.place(t)), Units.figure(t))).toList(),
                y.ticks().stream().map(t -> new Tick(ChartView.percent(1 - y.place(t)), Units.figure(t))).toList(),
                lines, header, rows(chart));
    }

    private static Axis axis(Event.Chart chart, ToDoubleFunction<Event.Point> value, boolean fromZero) {
        var all = points(chart).mapToDouble(value).summaryStatistics();
        if (all.getCount() == 0) return Axis.of(0, 1, TICKS);
        return Axis.of(fromZero ? Math.min(0, all.getMin()) : all.getMin(), all.getMax(), TICKS);
    }

    private static Line line(Event.Series series, int style, Axis x, Axis y, double name) {
        List<Dot> dots = series.points().stream()
                .map(p -> new Dot(ChartView.percent(x.place(p.x())), ChartView.percent(1 - y.place(p.y())))).toList();
        String points = series.points().stream()
                .map(p -> String.format(Locale.ROOT, "%.1f,%.1f", 1000 * x.place(p.x()), 1000 * (1 - y.place(p.y()))))
                .collect(Collectors.joining(" "));
        return new Line(series.name(), style, points, dots.size() > MOST_DOTS ? List.of(dots.getLast()) : dots,
                ChartView.percent(name));
    }

    /// From the highest line to the lowest, each name at the end of its line but never upon the one above.
    private static double[] namePlaces(List<Event.Series> series, Axis y) {
        double[] places = series.stream().mapToDouble(s -> s.points().isEmpty() ? 1 : 1 - y.place(s.points().getLast().y()))
                .toArray();
        double above = Double.NEGATIVE_INFINITY;
        for (int line : IntStream.range(0, places.length).boxed().sorted(Comparator.comparing(i -> places[i])).toList()) {
            places[line] = Math.max(places[line], above + NAME_HEIGHT);
            above = places[line];
        }
        return places;
    }

    /// A row per x of any series; a series without that x has an empty cell.
    private static List<List<String>> rows(Event.Chart chart) {
        return points(chart).map(Event.Point::x).distinct().sorted().map(x -> row(chart, x)).toList();
    }

    private static List<String> row(Event.Chart chart, double x) {
        List<String> row = new ArrayList<>(List.of(Units.figure(x)));
        for (Event.Series series : chart.series()) {
            row.add(series.points().stream().filter(point -> point.x() == x).findFirst()
                    .map(point -> Units.figure(point.y())).orElse(""));
        }
        return row;
    }

    private static Stream<Event.Point> points(Event.Chart chart) {
        return chart.series().stream().flatMap(series -> series.points().stream());
    }
}
