package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import lab.Event;
import org.junit.jupiter.api.Test;

class ChartTest {
    @Test
    void ticksAreRoundAndHoldAllValues() {
        assertEquals(List.of(0.0, 20.0, 40.0, 60.0, 80.0, 100.0), Axis.of(0, 97, 5).ticks());
        assertEquals(List.of(-1.0, -0.5, 0.0, 0.5, 1.0, 1.5), Axis.of(-0.6, 1.2, 5).ticks());
        assertEquals(6, Axis.of(7, 7, 5).ticks().size());
    }

    @Test
    void theLongestBarFillsThePlotAndHoldsItsValue() {
        BarChart chart = BarChart.of(bars(1_000, 250, 0));
        assertEquals(List.of("100.00%", "25.00%", "0.00%"), chart.bars().stream().map(BarChart.Bar::length).toList());
        assertEquals(List.of(true, false, false), chart.bars().stream().map(BarChart.Bar::inside).toList());
        assertEquals("1,000\u00a0queries", chart.bars().getFirst().value());
    }

    @Test
    void barsOfNothingAreNoTrouble() {
        assertEquals(List.of("0.00%"), BarChart.of(bars(0)).bars().stream().map(BarChart.Bar::length).toList());
    }

    @Test
    void aLineGoesFromLowerLeftToUpperRight() {
        LineChart chart = LineChart.of(lines(new Event.Series("LRU", List.of(point(0, 0), point(10, 100)))));
        assertEquals("0.0,1000.0 1000.0,0.0", chart.lines().getFirst().points());
    }

    @Test
    void namesThatWouldMeetMoveApart() {
        LineChart chart = LineChart.of(lines(new Event.Series("low", List.of(point(0, 0), point(1, 50))),
                new Event.Series("high", List.of(point(0, 0), point(1, 51))),
                new Event.Series("top", List.of(point(1, 60)))));
        assertEquals(List.of("22.00%", "15.00%", "0.00%"), chart.lines().stream().map(LineChart.Line::nameY).toList());
    }

    @Test
    void theTableLeavesOutWhatASeriesDoesNotHave() {
        LineChart chart = LineChart.of(lines(new Event.Series("a", List.of(point(1, 5))),
                new Event.Series("b", List.of(point(2, 6)))));
        assertEquals(List.of(List.of("1", "5", ""), List.of("2", "", "6")), chart.rows());
    }

    private static Event.Chart bars(double... values) {
        List<Event.Point> points = java.util.Arrays.stream(values).mapToObj(y -> new Event.Point("bar", 0, y)).toList();
        return new Event.Chart("title", Event.Chart.Kind.BARS, "", "queries", List.of(new Event.Series("", points)));
    }

    private static Event.Chart lines(Event.Series... series) {
        return new Event.Chart("title", Event.Chart.Kind.LINES, "keys", "hits", List.of(series));
    }

    private static Event.Point point(double x, double y) {
        return new Event.Point("", x, y);
    }
}
