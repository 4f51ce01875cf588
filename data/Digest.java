package data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

/// What stands for all rows of a FlughafenDB.
public final class Digest {
    private Digest() {}

    /// SHA-256 of all rows of all tables, in hex.
    public static String of(Connection database) throws SQLException {
        try (Statement sql = database.createStatement()) {
            MessageDigest all = MessageDigest.getInstance("SHA-256");
            for (String table : Schema.tables()) {
                try (ResultSet rows = sql.executeQuery("SELECT * FROM " + table + " ORDER BY 1, 2")) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        for (int i = 1; i <= columns; i++) {
                            all.update((rows.getString(i) + "\t").getBytes(StandardCharsets.UTF_8));
                        }
                    }
                }
            }
            return HexFormat.of().formatHex(all.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has SHA-256
        }
    }
}
