package data;

import java.time.LocalDate;
import java.util.stream.IntStream;

/// The time that a generated FlughafenDB covers: thirteen weeks from a Monday on, and how much people fly on each day.
///
/// A moment is minutes after the epoch, 0:00 UTC of the first day.
final class Period {
    static final LocalDate EPOCH = LocalDate.of(2025, 6, 2);
    static final int DAYS = 91;
    static final int DAY = 24 * 60;

    private static final int BUSIEST_DAY = 63;
    private static final double[] WEEKDAY = {1.05, 0.92, 0.94, 1.02, 1.12, 0.90, 1.05}; // Monday to Sunday
    private static final String[] DATES = IntStream.range(0, DAYS + 7) // the last flights land after it
            .mapToObj(day -> EPOCH.plusDays(day).toString()).toArray(String[]::new);

    private Period() {}

    /// How much people fly on a weekday, about 1; 0 is Monday.
    static double weekday(int day) {
        return WEEKDAY[day];
    }

    /// The demand on a day, about 1: high in early August, on Fridays, Sundays and Mondays.
    static double demand(int day) {
        return WEEKDAY[day % 7] * (1 + 0.15 * StrictMath.cos(StrictMath.PI * (day - BUSIEST_DAY) / DAYS));
    }

    static String date(int day) {
        return DATES[day];
    }

    /// `2025-06-02 14:05:00`.
    static String dateTime(int moment) {
        return date(moment / DAY) + ' ' + time(moment);
    }

    /// `14:05:00`.
    static String time(int moment) {
        int hour = moment % DAY / 60;
        int minute = moment % 60;
        return (hour < 10 ? "0" : "") + hour + (minute < 10 ? ":0" : ":") + minute + ":00";
    }
}
