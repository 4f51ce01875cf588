package data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

/// Tells whether two FlughafenDBs have the same rows, whatever the files are like.
public final class Digest {
    private static final byte END = 0; // in no text
    private static final byte NULL = (byte) 0xFF; // in no UTF-8

    private Digest() {}

    /// The SHA-256, in 64 hex digits, of all rows of the fourteen tables: table after table in the schema's order, each
    /// by its primary key, every value as SQLite writes it. Holds one row at a time.
    ///
    /// @throws Fault (usage) if the database cannot be read
    public static String of(Path database) {
        try (Connection connection = DatabaseFile.open(database); Statement sql = connection.createStatement()) {
            MessageDigest all = MessageDigest.getInstance("SHA-256");
            for (String table : Schema.tables()) {
                try (ResultSet rows = sql.executeQuery("SELECT * FROM %s ORDER BY %s".formatted(table,
                        primaryKey(connection, table)))) {
                    add(rows, all);
                }
            }
            return HexFormat.of().formatHex(all.digest());
        } catch (SQLException e) {
            throw new Fault(Fault.USAGE, database + ": " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    private static void add(ResultSet rows, MessageDigest all) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
                String value = rows.getString(i);
                if (value == null) all.update(NULL);
                else all.update(value.getBytes(StandardCharsets.UTF_8));
                all.update(END);
            }
        }
    }

    /// The columns of a table's primary key; the order of insertion where it has none.
    private static String primaryKey(Connection connection, String table) throws SQLException {
        try (Statement sql = connection.createStatement(); ResultSet keys = sql.executeQuery("""
                SELECT coalesce(group_concat(name, ', ' ORDER BY pk), 'rowid')
                FROM pragma_table_info('%s') WHERE pk > 0""".formatted(table))) {
            return keys.getString(1);
        }
    }
}
