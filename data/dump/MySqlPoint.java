package data.dump;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A point as MySQL stores it: four bytes of SRID, lowest first, then well-known binary.
///
/// See https://dev.mysql.com/doc/refman/8.4/en/gis-data-formats.html#gis-internal-format
record MySqlPoint(double x, double y) {
    private static final int POINT = 1;
    private static final double NEAR = 1e-6; // degrees: the columns beside it have fewer digits

    /// @throws IllegalArgumentException if that is no point
    static MySqlPoint of(byte[] stored) {
        try {
            ByteBuffer from = ByteBuffer.wrap(stored);
            from.getInt(); // the SRID
            from.order(from.get() == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            if (from.getInt() == POINT && from.remaining() == 16) {
                return new MySqlPoint(from.getDouble(), from.getDouble());
            }
        } catch (BufferUnderflowException e) {
            // as below
        }
        throw new IllegalArgumentException("not a point of MySQL");
    }

    /// Well-known text, `POINT(longitude latitude)`. The original has the latitude for x; others may not: what stands
    /// in the columns beside it decides.
    ///
    /// @throws IllegalArgumentException if it is not where those columns say
    String text(double latitude, double longitude) {
        if (near(x, longitude) && near(y, latitude)) return "POINT(" + x + " " + y + ")";
        if (near(y, longitude) && near(x, latitude)) return "POINT(" + y + " " + x + ")";
        throw new IllegalArgumentException("geolocation (%s, %s) is not at latitude %s, longitude %s".formatted(
                x, y, latitude, longitude));
    }

    private static boolean near(double a, double b) {
        return Math.abs(a - b) < NEAR;
    }
}
