package engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lab.Event;

/// Lines over two axes, each with its name at its end.
///
/// @param wide   the labels of the y axis are long
/// @param grid   an SVG path in a plot of 1,000 by 1,000
/// @param points how many different x there are
public record LineChart(String title, String xAxis, String yAxis, boolean wide, List<Tick> xTicks, List<Tick> yTicks,
        String grid, List<Line> lines, List<String> header, List<List<String>> rows, int points) implements ChartView {
    private static final int TICKS = 5;
    private static final double NAME_HEIGHT = 0.075; // of the plot
    private static final int STYLES = 6; // of lines, in the style sheet
    private static final int MOST_DOTS = 16; // a line with more points shows only its last
    private static final int NARROW = 5; // letters of a label

    public record Tick(String at, String label) {}

    /// @param style 1 to 6, as the style sheet knows them
    /// @param path  an SVG path in a plot of 1,000 by 1,000
    /// @param nameY where its name stands: at its end, or moved so that it meets no other
    public record Line(String name, int style, String path, List<Dot> dots, String nameY) {}

    public record Dot(String x, String y, String title) {}

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
        List<Tick> yTicks = y.ticks().stream()
                .map(t -> new Tick(ChartView.percent(1 - y.place(t)), Units.figure(t))).toList();
        List<Double> xs = List.copyOf(points(chart).map(Event.Point::x).collect(Collectors.toCollection(TreeSet::new)));
        return new LineChart(chart.title(), chart.xAxis(), chart.yAxis(),
                yTicks.stream().anyMatch(tick -> tick.label().length() > NARROW),
                x.ticks().stream().map(t -> new Tick(ChartView.percent(x.place(t)), Units.figure(t))).toList(), yTicks,
                y.ticks().stream().map(t -> "M0," + place(1 - y.place(t)) + "h1000").collect(Collectors.joining()),
                lines, header, rows(chart, ChartView.sample(xs)), xs.size());
    }

    private static Axis axis(Event.Chart chart, ToDoubleFunction<Event.Point> value, boolean fromZero) {
        var all = points(chart).mapToDouble(value).summaryStatistics();
        if (all.getCount() == 0) return Axis.of(0, 1, TICKS);
        return Axis.of(fromZero ? Math.min(0, all.getMin()) : all.getMin(), all.getMax(), TICKS);
    }

    private static Line line(Event.Series series, int style, Axis x, Axis y, double name) {
        List<Event.Point> points = series.points();
        List<Event.Point> marked = points.size() <= MOST_DOTS ? points : List.of(points.getLast());
        List<Dot> dots = marked.stream().map(p -> new Dot(ChartView.percent(x.place(p.x())),
                ChartView.percent(1 - y.place(p.y())), Units.figure(p.x()) + ": " + Units.figure(p.y()))).toList();
        return new Line(series.name(), style, path(points, x, y), dots, ChartView.percent(name));
    }

    /// In steps from point to point, which are fewer letters than places. The steps lie between rounded places: what
    /// was rounded off does not add up.
    private static String path(List<Event.Point> points, Axis x, Axis y) {
        var path = new StringBuilder();
        long lastX = 0;
        long lastY = 0;
        for (Event.Point p : points) {
            long nowX = place(x.place(p.x()));
            long nowY = place(1 - y.place(p.y()));
            long down = nowY - lastY;
            if (path.isEmpty()) path.append("M%d,%dl".formatted(nowX, nowY));
            else path.append(nowX - lastX).append(down < 0 ? "" : ",").append(down).append(' ');
            lastX = nowX;
            lastY = nowY;
        }
        return path.toString().strip();
    }

    private static long place(double share) {
        return Math.round(1_000 * share);
    }

    /// From the highest line to the lowest, each name at the end of its line but never upon the one above; then, from
    /// the lowest up, what was moved below the plot moves back.
    private static double[] namePlaces(List<Event.Series> series, Axis y) {
        double[] places = series.stream().mapToDouble(s -> s.points().isEmpty() ? 1
                        : 1 - y.place(s.points().getLast().y()))
                .toArray();
        List<Integer> down = IntStream.range(0, places.length).boxed()
                .sorted(Comparator.comparing(i -> places[i])).toList();
        double above = Double.NEGATIVE_INFINITY;
        for (int line : down) above = places[line] = Math.max(places[line], above + NAME_HEIGHT);
        double below = 1 + NAME_HEIGHT;
        for (int line : down.reversed()) below = places[line] = Math.min(places[line], below - NAME_HEIGHT);
        return places;
    }

    /// A row for each x; a series without that x has an empty cell.
    private static List<List<String>> rows(Event.Chart chart, List<Double> xs) {
        List<Map<Double, Double>> columns = new ArrayList<>();
        for (Event.Series series : chart.series()) {
            Map<Double, Double> values = new HashMap<>();
            for (Event.Point point : series.points()) values.putIfAbsent(point.x(), point.y());
            columns.add(values);
        }
        return xs.stream().map(x -> Stream.concat(Stream.of(x), columns.stream().map(column -> column.get(x)))
                .map(value -> value == null ? "" : Units.figure(value)).toList()).toList();
    }

    private static Stream<Event.Point> points(Event.Chart chart) {
        return chart.series().stream().flatMap(series -> series.points().stream());
    }
}
