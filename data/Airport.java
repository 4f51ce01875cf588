package data;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

//FILES data/airports.csv=airports.csv

/// An airport with scheduled flights. Its `id` is also its rank: 1 is the busiest.
record Airport(int id, String iata, String icao, String name, String city, String country,
        double latitude, double longitude) {
    private static final double EARTH_RADIUS_KM = 6371.0088; // the mean radius of the IUGG

    /// All airports, busiest first.
    static List<Airport> all() {
        var id = new AtomicInteger();
        return Resources.csv("airports.csv", line -> new Airport(id.incrementAndGet(), line.getField("iata"),
                line.getField("icao"), line.getField("name"), line.getField("city"), line.getField("country"),
                Double.parseDouble(line.getField("latitude")), Double.parseDouble(line.getField("longitude"))));
    }

    /// Its share of all traffic, not normalised: Zipf's law over the rank, a little flatter at the very top.
    double traffic() {
        return 1.0 / (id + 5);
    }

    /// The great-circle distance in km, by the haversine formula. StrictMath: every JDK gets the same bits.
    double kmTo(Airport other) {
        double phi = StrictMath.toRadians(latitude);
        double otherPhi = StrictMath.toRadians(other.latitude);
        double sinPhi = StrictMath.sin((otherPhi - phi) / 2);
        double sinLambda = StrictMath.sin(StrictMath.toRadians(other.longitude - longitude) / 2);
        double h = sinPhi * sinPhi + StrictMath.cos(phi) * StrictMath.cos(otherPhi) * sinLambda * sinLambda;
        return 2 * EARTH_RADIUS_KM * StrictMath.asin(StrictMath.min(1, StrictMath.sqrt(h)));
    }

    /// The unit vector from the centre of the earth to it: cheap to compare, where only nearer or farther matters.
    double[] direction() {
        double phi = StrictMath.toRadians(latitude);
        double lambda = StrictMath.toRadians(longitude);
        return new double[] {StrictMath.cos(phi) * StrictMath.cos(lambda), StrictMath.cos(phi) * StrictMath.sin(lambda),
                StrictMath.sin(phi)};
    }

    /// Minutes that the sun is ahead of UTC here: near enough to local time for people to fly by day.
    int minutesEast() {
        return (int) StrictMath.round(longitude * 4);
    }
}
