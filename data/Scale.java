package data;

import java.math.BigDecimal;

/// How large a generated FlughafenDB is: a part of the original's small data set (1 has its counts, 0.1 a tenth), or
/// `large`. That has the flights and the bookings of the original's large set and so many passengers to a booking as
/// the small one, since a passenger can be on one flight at a time only; all else is as at scale 1.
///
/// `name` is the number as a person writes it, in its shortest form, or `large`.
public record Scale(String name, int scheduleRows, int airplanes, int flights, int bookings, int readings,
        int passengers, int employees) {
    private static final Scale LARGE =
            new Scale("large", 9_881, 5_583, 416_429, 50_831_531, 4_626_432, 532_360, 1_000);
    /// The scale that lessons run on unless told otherwise.
    public static final Scale DEFAULT = of("0.1");

    /// The scale that a person wrote.
    ///
    /// @throws Fault (usage) if it is neither a number from 0.01 to 1 nor `large`
    public static Scale of(String text) {
        if (text.equals(LARGE.name)) return LARGE;
        BigDecimal part;
        try {
            part = new BigDecimal(text).stripTrailingZeros();
        } catch (NumberFormatException e) {
            throw notAScale(text);
        }
        if (part.compareTo(new BigDecimal("0.01")) < 0 || part.compareTo(BigDecimal.ONE) > 0) throw notAScale(text);
        double p = part.doubleValue();
        return new Scale(part.toPlainString(), part(9_881, p), part(5_583, p), part(302_700, p), part(3_446_513, p),
                part(4_626_432, p), part(36_095, p), part(1_000, p));
    }

    /// About how many MB its database needs on the disk while it is made: the readings are there twice for a moment.
    long megabytes() {
        return (200L * flights + 180L * passengers + 62L * bookings + 135L * readings) / 1_000_000;
    }

    private static int part(int whole, double part) {
        return (int) StrictMath.round(whole * part);
    }

    private static Fault notAScale(String text) {
        return new Fault(Fault.USAGE,
                "scale '%s': want a number from 0.01 to 1, such as 0.1, or large".formatted(text));
    }
}
