package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
        assertEquals(List.of("100%", "25%", "0%"), chart.bars().stream().map(BarChart.Bar::length).toList());
        assertEquals(List.of(true, false, false), chart.bars().stream().map(BarChart.Bar::inside).toList());
        assertEquals("1,000\u00a0queries", chart.bars().getFirst().value());
    }

    @Test
    void barsOfNothingAreNoTrouble() {
        assertEquals(List.of("0%"), BarChart.of(bars(0)).bars().stream().map(BarChart.Bar::length).toList());
    }

    @Test
    void aLineGoesFromLowerLeftToUpperRight() {
        LineChart chart = LineChart.of(lines(new Event.Series("LRU", List.of(point(0, 0), point(10, 100)))));
        assertEquals("M0,1000l1000-1000", chart.lines().getFirst().path());
    }

    @Test
    void namesThatWouldMeetMoveApart() {
        LineChart chart = LineChart.of(lines(new Event.Series("low", List.of(point(0, 0), point(1, 50))),
                new Event.Series("high", List.of(point(0, 0), point(1, 51))),
                new Event.Series("top", List.of(point(1, 60)))));
        assertEquals(List.of("22.5%", "15%", "0%"), chart.lines().stream().map(LineChart.Line::nameY).toList());
    }

    @Test
    void namesStayWithinThePlot() {
        LineChart chart = LineChart.of(lines(new Event.Series("a", List.of(point(0, 9), point(1, 0))),
                new Event.Series("b", List.of(point(0, 9), point(1, 0)))));
        assertEquals(List.of("92.5%", "100%"), chart.lines().stream().map(LineChart.Line::nameY).toList());
    }

    @Test
    void manyPointsAndManyBarsAreFewBytes() {
        Event.Series[] series = IntStream.range(0, 6).mapToObj(s -> new Event.Series("policy " + s,
                IntStream.range(0, 200).mapToObj(i -> point(i * 50, Math.tanh(i * (s + 1) / 300.0))).toList()))
                .toArray(Event.Series[]::new);
        LineChart lines = LineChart.of(lines(series));
        assertEquals(51, lines.rows().size());
        assertEquals(List.of("0", "9,950"), List.of(lines.rows().getFirst().getFirst(), lines.rows().getLast().getFirst()));
        assertTrue(rendered(lines) < 16_000, "lines: " + rendered(lines));

        BarChart bars = BarChart.of(bars(IntStream.range(0, 60).mapToDouble(i -> 1_000.0 / (i + 1)).toArray()));
        assertTrue(bars.dense());
        assertTrue(rendered(bars) < 12_000, "bars: " + rendered(bars));
    }

    @Test
    void aGridDrawsALineForEachRunOfMarkedCells() {
        GridChart chart = GridChart.of(new Event.Grid("t", "kept", List.of(
                new Event.Cells("a", "#".repeat(49) + "." + "#.##"), new Event.Cells("b", ".#."), new Event.Cells("c", ""))));
        assertEquals(List.of("M0,5h490M0,15h10M20,15h20", "M10,5h10", ""), chart.grids().stream().map(GridChart.Grid::marked).toList());
        assertEquals(List.of("M0,5h500M0,15h40", "M0,5h30", ""), chart.grids().stream().map(GridChart.Grid::all).toList());
        assertEquals(List.of("500x20", "30x10", "10x0"), chart.grids().stream().map(g -> g.width() + "x" + g.height()).toList());
        assertEquals("52 of 54 kept", chart.grids().getFirst().note());
        assertEquals(List.of(List.of("a", "52", "54"), List.of("b", "1", "3"), List.of("c", "0", "0")), chart.rows());
    }

    private static int rendered(ChartView chart) {
        var step = new StepView(List.of(new StepView.Chart(chart)), "", Optional.empty(), false, Optional.empty());
        var cell = new Part.Cell("x", Html.text("x"), Optional.empty(), Optional.of(step), false, false);
        String page = new Templates(Fixture.TEMPLATES).render(new Page.OfLesson(new Page.Frame("C", List.of(), List.of()), "x.html", "01",
                "X", "M", Optional.of(1), Optional.empty(), List.of(cell), List.of(), Optional.empty(), List.of(),
                Optional.empty(), Optional.empty()));
        return page.substring(page.indexOf("<figure"), page.indexOf("</figure>")).getBytes(StandardCharsets.UTF_8).length;
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
