package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import lab.Event;
import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void aBarStandsForEachPowerOfTwoThatSomethingTook() {
        Histogram histogram = Histogram.of(List.of(count("GET", 0, 0, 0, 10, 20, 0, 1)));
        assertEquals("0 0 40 36", histogram.view());
        assertEquals("M0,36v-13h9v13zM10,36v-26h9v26zM30,36v-2h9v2z", histogram.rows().getFirst().bars());
    }

    @Test
    void theMostFrequentComesFirstAndAllShareTheAxis() {
        Histogram histogram = Histogram.of(List.of(count("SET", 0, 0, 1), count("GET", 0, 0, 0, 5)));
        assertEquals("GET 36, SET 72", histogram.rows().stream().map(r -> r.name() + " " + r.y()).collect(Collectors.joining(", ")));
        assertEquals("M10,36v-26h9v26z", histogram.rows().getFirst().bars());
    }

    @Test
    void ticksArePowersOfTen() {
        Histogram histogram = Histogram.of(List.of(count("GET", 0, 1, 0, 0, 0, 0, 0, 1))); // from 1 to 128 µs
        assertEquals("0% 1\u00a0µs, 47.5% 10\u00a0µs, 94.9% 100\u00a0µs",
                histogram.ticks().stream().map(t -> t.at() + " " + t.label()).collect(Collectors.joining(", ")));
    }

    @Test
    void aShareIsWithinTheEndOfItsBucket() {
        Event.Count gets = count("GET", 0, 0, 50, 40, 9, 1);
        assertEquals(List.of("4\u00a0µs", "8\u00a0µs", "16\u00a0µs", "32\u00a0µs"),
                List.of(Histogram.within(gets, 0.5), Histogram.within(gets, 0.51), Histogram.within(gets, 0.99), Histogram.within(gets, 1)));
    }

    @Test
    void nothingHasNoRows() {
        assertEquals(List.of(), Histogram.of(List.of()).rows());
    }

    private static Event.Count count(String name, long... took) {
        return new Event.Count(name, LongStream.of(took).sum(), 0, 0, 0, 0, 0, 0, LongStream.of(took).boxed().toList());
    }
}
