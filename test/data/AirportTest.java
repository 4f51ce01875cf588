package data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AirportTest {
    private final List<Airport> airports = Airport.all();

    @Test
    void distancesAreGreatCircles() {
        assertEquals(6_326, airport("ZRH").kmTo(airport("JFK")), 20);
        assertEquals(15_350, airport("SIN").kmTo(airport("JFK")), 50);
        assertEquals(0, airport("ZRH").kmTo(airport("ZRH")));
    }

    @Test
    void codesAreUnique() {
        assertEquals(airports.size(), airports.stream().map(Airport::iata).distinct().count());
        assertEquals(airports.size(), airports.stream().map(Airport::icao).distinct().count());
    }

    @Test
    void theBusiestComeFirst() {
        assertEquals("ATL", airports.getFirst().iata());
        assertEquals(1, airports.getFirst().id());
    }

    private Airport airport(String iata) {
        return airports.stream().filter(a -> a.iata().equals(iata)).findFirst().orElseThrow();
    }
}
