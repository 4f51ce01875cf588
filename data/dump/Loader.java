package data.dump;

import data.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Puts the rows of a dump's table into the same table of the schema. SQLite itself holds them to the schema's types,
/// `NOT NULL`, `CHECK` and primary keys.
final class Loader {
    private static final int REPORT_EVERY = 10_000; // rows

    private Loader() {}

    /// @return how many rows there were
    /// @throws Fault (usage) that names file and row, if one is not whole or breaks the schema
    static long load(DumpTable table, Connection database, ImportProgress progress) throws SQLException {
        List<String> columns = Constraints.columns(database, table.name());
        var mapping = new RowMapping(table, columns);
        long rows = 0;
        long bytes = 0;
        try (PreparedStatement insert = database.prepareStatement("INSERT INTO %s VALUES (%s)".formatted(
                table.name(), String.join(", ", Collections.nCopies(columns.size(), "?"))))) {
            for (Path file : table.files()) {
                try (var reader = new RowReader(file, columns.size())) {
                    for (String[] row = reader.next(); row != null; row = reader.next()) {
                        insert(reader, mapping, row, insert);
                        if (++rows % REPORT_EVERY == 0) progress.at(table, rows, bytes + reader.bytes());
                    }
                    bytes += reader.bytes();
                } catch (IOException e) {
                    throw new Fault(Fault.USAGE, "%s: cannot be read (%s)".formatted(file, e.getMessage()), e);
                }
            }
        }
        if (table.bytes() >= 0 && bytes != table.bytes()) {
            throw new Fault(Fault.USAGE, "%s: %s has %,d bytes of rows, not %,d; fetch the dump again".formatted(
                    table.files().getLast(), table.name(), bytes, table.bytes()));
        }
        return rows;
    }

    private static void insert(RowReader reader, RowMapping mapping, String[] row, PreparedStatement insert)
            throws SQLException {
        try {
            String[] values = mapping.map(row);
            for (int i = 0; i < values.length; i++) insert.setString(i + 1, values[i]);
            insert.executeUpdate();
        } catch (IllegalArgumentException e) {
            throw reader.fault(e.getMessage());
        } catch (SQLiteException e) {
            SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(e.getResultCode().code & 0xFF); // without its details
            if (code != SQLiteErrorCode.SQLITE_CONSTRAINT && code != SQLiteErrorCode.SQLITE_MISMATCH) throw e;
            throw reader.fault(Constraints.inShort(e));
        }
    }
}
