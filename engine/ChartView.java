package engine;

import java.util.List;
import java.util.Locale;
import lab.Event;

/// A chart, laid out: `chart.ftlh` only has to write it down. Lengths and places are in percent of the plot.
public sealed interface ChartView permits BarChart, LineChart {
    String title();

    /// The macro of `chart.ftlh` that draws it.
    String kind();

    /// The names of the table's columns: the same data for whoever cannot see the chart.
    List<String> header();

    List<List<String>> rows();

    static ChartView of(Event.Chart chart) {
        return switch (chart.kind()) {
            case BARS -> BarChart.of(chart);
            case LINES -> LineChart.of(chart);
        };
    }

    /// A share of the plot, `1` being all of it, as SVG has it: `100.00%`.
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f%%", 100 * share);
    }
}
