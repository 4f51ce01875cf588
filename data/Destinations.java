package data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Where an airline flies from its hubs: drawn by a gravity model.
///
/// The more traffic an airport has and the nearer it is, the more often it comes; within a country four times as often.
final class Destinations {
    private static final int NEAREST_KM = 150;
    private static final int FAR_KM = 2_000;
    private static final double AT_HOME = 4;

    private record From(Airline airline, Airport hub) {}

    private final List<Airport> airports;
    private final Map<From, Weighted<Airport>> known = new HashMap<>();

    Destinations(List<Airport> airports) {
        this.airports = airports;
    }

    /// From one of the airline's hubs, by way of so many other airports, back to it. The first hubs come most often.
    List<Airport> roundTrip(Airline airline, int others, SplittableRandom random) {
        Airport hub = new Weighted<>(airline.hubs(), h -> 1.0 / (1 + airline.hubs().indexOf(h))).draw(random);
        Weighted<Airport> reachable = known.computeIfAbsent(new From(airline, hub), this::reachable);
        List<Airport> stops = new ArrayList<>(List.of(hub));
        while (stops.size() <= others) {
            Airport next = reachable.draw(random);
            if (inReach(airline, stops.getLast().kmTo(next))) stops.add(next);
        }
        stops.add(hub);
        return List.copyOf(stops);
    }

    private Weighted<Airport> reachable(From from) {
        return new Weighted<>(airports, to -> {
            double km = from.hub().kmTo(to);
            if (!inReach(from.airline(), km)) return 0;
            double home = to.country().equals(from.hub().country()) ? AT_HOME : 1;
            return home * to.traffic() / (1 + StrictMath.pow(km / FAR_KM, 1.5));
        });
    }

    private static boolean inReach(Airline airline, double km) {
        return km >= NEAREST_KM && km <= airline.reachKm();
    }
}
