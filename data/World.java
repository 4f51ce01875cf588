package data;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The reference data: what is real in a generated FlughafenDB.
record World(List<Airport> airports, List<Airline> airlines, List<AirplaneType> types) {
    static World read() {
        List<Airport> airports = Airport.all();
        return new World(airports,
                Airline.all(airports.stream().collect(Collectors.toMap(Airport::iata, Function.identity()))),
                AirplaneType.all());
    }
}
