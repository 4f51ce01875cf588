package data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Who flies where, and with what: the aircraft, and the rotations of those that have work; the others are spare.
record Network(List<Airplane> airplanes, List<Rotation> rotations) {
    private static final int FIRST_FLIGHT_NUMBER = 100;
    private static final int OPENS = 6 * 60;
    private static final int CLOSES = 22 * 60;

    /// A network with as many aircraft and timetable rows as `scale` has.
    static Network of(World world, Scale scale, SplittableRandom random) {
        var owners = new Weighted<>(world.airlines(), Airline::fleet);
        var destinations = new Destinations(world.airports());
        Map<Airline, Integer> numbers = new HashMap<>();
        List<Airplane> airplanes = new ArrayList<>();
        List<Rotation> rotations = new ArrayList<>();
        for (int rows = 0; airplanes.size() < scale.airplanes();) {
            int next = airplanes.size();
            Airline owner = next < world.airlines().size() ? world.airlines().get(next) : owners.draw(random);
            int left = scale.scheduleRows() - rows;
            int others = left == 3 ? 2 : 1; // out and back; a triangle where an odd number of rows is left
            List<Airport> stops = destinations.roundTrip(owner, others, random);
            Airplane airplane = new Airplane(next + 1, typeFor(stops, world.types(), random), owner);
            airplanes.add(airplane);
            if (left < 2) continue;
            int number = numbers.getOrDefault(owner, FIRST_FLIGHT_NUMBER);
            Rotation rotation = Rotation.along(stops, airplane, departure(stops.getFirst(), random), number);
            rotations.add(rotation);
            numbers.put(owner, number + rotation.legs().size());
            rows += rotation.legs().size();
        }
        return new Network(List.copyOf(airplanes), Timetable.withDays(rotations, scale.flights(), random));
    }

    private static AirplaneType typeFor(List<Airport> stops, List<AirplaneType> types, SplittableRandom random) {
        double longest = 0;
        for (int i = 1; i < stops.size(); i++) longest = Math.max(longest, stops.get(i - 1).kmTo(stops.get(i)));
        double km = longest;
        return new Weighted<>(types, type -> type.suits(km)).draw(random);
    }

    /// Minutes after 0:00 UTC: a time of day there at which people like to leave.
    private static int departure(Airport hub, SplittableRandom random) {
        int local = OPENS + 5 * random.nextInt((CLOSES - OPENS) / 5);
        return 5 * (Math.floorMod(local - hub.minutesEast(), Period.DAY) / 5);
    }
}
