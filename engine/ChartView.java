package engine;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import lab.Event;

/// A chart, laid out: `chart.ftlh` only has to write it down. Lengths and places are in percent of the plot.
public sealed interface ChartView permits BarChart, LineChart, GridChart {
    /// More rows of figures than this nobody reads.
    int ROWS = 60;

    String title();

    /// The macro of `chart.ftlh` that draws it.
    String kind();

    /// The names of the table's columns: the same data for whoever cannot see the chart.
    List<String> header();

    List<List<String>> rows();

    /// How many rows of figures there are; the table has every so many of them.
    int points();

    default int every() {
        return every(points());
    }

    static ChartView of(Event.Chart chart) {
        return switch (chart.kind()) {
            case BARS -> BarChart.of(chart);
            case LINES -> LineChart.of(chart);
        };
    }

    /// How many rows of a table one of them stands for, so that there are [#ROWS] or fewer.
    private static int every(int rows) {
        return Math.ceilDiv(rows, ROWS);
    }

    /// Every so many of the rows, and the last.
    static <T> List<T> sample(List<T> rows) {
        if (rows.size() <= ROWS) return rows;
        int every = every(rows.size());
        return IntStream.range(0, rows.size()).filter(i -> i % every == 0 || i == rows.size() - 1).mapToObj(rows::get)
                .toList();
    }

    /// A share of the plot, `1` being all of it, as SVG has it: `12.5%`.
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share).replace(".0%", "%");
    }
}
