package data;

import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;

/// Hourly weather at the busiest airports: by latitude, season and time of day, with fronts that come and go.
final class Weather {
    private static final int HOURS = 24 * Period.DAYS;

    private final Airport station;
    private final SplittableRandom random;
    private double front; // about -2.5 (fair) to 2.5 (foul); each hour it keeps most of what it was
    private double wind;

    private Weather(Airport station, SplittableRandom random) {
        this.station = station;
        this.random = random;
        front = noise();
        wind = noise();
    }

    /// Writes so many readings, airport after airport; the last one may have begun late.
    static void write(List<Airport> airports, int count, Table weatherdata, SplittableRandom random) throws SQLException {
        for (int written = 0, i = 0; written < count; i++) {
            var weather = new Weather(airports.get(i), random);
            int hours = Math.min(HOURS, count - written);
            for (int hour = HOURS - hours; hour < HOURS; hour++) weather.write(hour, weatherdata);
            written += hours;
        }
    }

    private void write(int hour, Table weatherdata) throws SQLException {
        front = 0.98 * front + 0.2 * noise();
        wind = 0.95 * wind + 0.3 * noise();
        double temperature = temperature(hour);
        double humidity = Math.clamp(62 + 16 * front - 1.3 * (temperature - meanTemperature(hour / 24)) + 3 * noise(), 8, 100);
        double pressure = 1013 - 7 * front + noise();
        double speed = Math.abs(12 + 7 * wind + 4 * front);
        int direction = Math.floorMod((int) (230 + 70 * wind + 15 * noise()), 360);
        weatherdata.add(Period.date(hour / 24), Period.time(hour * 60), station.id(), rounded(temperature), rounded(humidity),
                rounded(pressure), rounded(speed), sky(temperature, humidity, speed), direction);
    }

    /// By the terms of the original; null when there is nothing to say.
    private String sky(double temperature, double humidity, double speed) {
        boolean fog = humidity > 92 && speed < 9;
        if (front < 1) return fog ? "fog" : null;
        boolean storm = front > 1.7 && temperature > 18;
        String falls = temperature < 0 ? "snowfall" : temperature < 2 ? "rain-snowfall" : storm ? "rain-thunderstorm" : "rain";
        if (!fog || falls.equals("rain-snowfall")) return falls;
        return "fog-" + falls;
    }

    private double temperature(int hour) {
        double localHour = hour + station.minutesEast() / 60.0;
        double ofDay = (5 - front) * StrictMath.cos(StrictMath.PI * (localHour - 15) / 12);
        return meanTemperature(hour / 24) + ofDay - 2 * front + 0.4 * noise();
    }

    /// °C: hot at the equator, cold at the poles; the further from the equator the more the year matters.
    private double meanTemperature(int day) {
        double latitude = station.latitude();
        double ofYear = StrictMath.cos(2 * StrictMath.PI * (Period.EPOCH.getDayOfYear() + day - 205) / 365);
        return 27 - 0.0065 * latitude * latitude + 0.22 * latitude * ofYear;
    }

    /// Mean 0, variance 1, never beyond 3.5: the sum of four uniform numbers.
    private double noise() {
        return (random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble() - 2) * 1.7320508;
    }

    private static double rounded(double value) {
        return StrictMath.round(10 * value) / 10.0;
    }
}
