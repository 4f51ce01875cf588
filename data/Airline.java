package data;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

//FILES data/airlines.csv=airlines.csv

/// An airline: `fleet` is about how many aircraft it has, `reachKm` its longest flight, the first of `hubs` its home.
record Airline(int id, String iata, String name, int fleet, int reachKm, List<Airport> hubs) {
    /// All airlines; their hubs are found in `airports` by IATA code.
    static List<Airline> all(Map<String, Airport> airports) {
        var id = new AtomicInteger();
        return Resources.csv("airlines.csv", line -> new Airline(id.incrementAndGet(), line.getField("iata"),
                line.getField("name"), Integer.parseInt(line.getField("fleet")),
                Integer.parseInt(line.getField("reach_km")),
                Arrays.stream(line.getField("hubs").split(" ")).map(airports::get).toList()));
    }

    Airport base() {
        return hubs.getFirst();
    }
}
