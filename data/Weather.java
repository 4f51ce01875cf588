package data;

import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Hourly weather at the busiest airports: by latitude, season and time of day, with fronts that come and go.
final class Weather {
    private static final int HOURS = 24 * Period.DAYS;
    private static final int OF_DAY = 2; // values that all rows of a day share: date and station
    private static final int OF_HOUR = 6;
    private static final String DAY = day();

    private final Airport station;
    private final SplittableRandom random;
    private double front; // about -3 (fair) to 3 (foul); each hour it keeps most of what it was
    private double wind;

    private Weather(Airport station, SplittableRandom random) {
        this.station = station;
        this.random = random;
        front = noise();
        wind = noise();
    }

    /// Writes so many readings, airport after airport; the last one may have begun late.
    static void write(List<Airport> airports, int count, Table weatherdata, SplittableRandom random)
            throws SQLException {
        try (Table days = weatherdata.taking(DAY, OF_DAY + 24 * OF_HOUR)) {
            for (int written = 0, i = 0; written < count; i++) {
                var weather = new Weather(airports.get(i), random);
                int hours = Math.min(HOURS, count - written);
                int hour = HOURS - hours;
                for (; hour % 24 != 0; hour++) weather.writeHour(hour, weatherdata);
                for (; hour < HOURS; hour += 24) weather.writeDay(hour, days);
                written += hours;
            }
        }
    }

    /// The SQL of a day's rows.
    private static String day() {
        return IntStream.range(0, 24).mapToObj(hour -> "(?1, '%s', ?2, %s)".formatted(Period.time(60 * hour),
                IntStream.rangeClosed(1, OF_HOUR).mapToObj(n -> "?" + (OF_DAY + OF_HOUR * hour + n))
                        .collect(Collectors.joining(", ")))).collect(Collectors.joining(", "));
    }

    private void writeDay(int from, Table days) throws SQLException {
        Object[] values = new Object[OF_DAY + 24 * OF_HOUR];
        values[0] = Period.date(from / 24);
        values[1] = station.id();
        for (int hour = 0; hour < 24; hour++) {
            System.arraycopy(reading(from + hour), 0, values, OF_DAY + OF_HOUR * hour, OF_HOUR);
        }
        days.add(values);
    }

    private void writeHour(int hour, Table weatherdata) throws SQLException {
        Object[] r = reading(hour);
        weatherdata.add(Period.date(hour / 24), Period.time(hour * 60), station.id(),
                r[0], r[1], r[2], r[3], r[4], r[5]);
    }

    /// Temperature, humidity, pressure, wind, sky and direction of the wind.
    private Object[] reading(int hour) {
        front = 0.98 * front + 0.2 * noise();
        wind = 0.95 * wind + 0.3 * noise();
        double temperature = temperature(hour);
        double warmth = temperature - meanTemperature(hour / 24);
        double humidity = Math.clamp(62 + 16 * front - 1.3 * warmth + 3 * noise(), 8, 100);
        double pressure = 1013 - 7 * front + noise();
        double speed = Math.abs(12 + 7 * wind + 3 * front);
        int direction = Math.floorMod((int) (230 + 70 * wind + 15 * noise()), 360);
        return new Object[] {rounded(temperature), rounded(humidity), rounded(pressure), rounded(speed),
                sky(temperature, humidity, speed), direction};
    }

    /// In the original's terms, translated; null when there is nothing to say.
    private String sky(double temperature, double humidity, double wind) {
        boolean fog = humidity > 85 && wind < 7;
        boolean storm = front > 1.2 && temperature > 20;
        if (front < 1) return fog ? "fog" : front > 0.8 && temperature > 27 ? "thunderstorm" : null;
        if (temperature < 2 && temperature >= 0) return "rain-snowfall";
        String falls = temperature < 0 ? "snowfall" : storm && !fog ? "rain-thunderstorm" : "rain";
        return fog ? "fog-" + falls + (storm ? "-thunderstorm" : "") : falls;
    }

    private double temperature(int hour) {
        double localHour = hour + station.minutesEast() / 60.0;
        double ofDay = (4.5 - front) * StrictMath.cos(StrictMath.PI * (localHour - 15) / 12);
        double ofFront = -(0.5 + Math.abs(station.latitude()) / 25) * front; // the tropics hardly feel one
        return meanTemperature(hour / 24) + ofDay + ofFront + 0.4 * noise();
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
