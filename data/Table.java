package data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Collections;

/// Takes rows for one table, in batches; what is left goes in when it is closed.
final class Table implements AutoCloseable {
    private static final int BATCH = 5_000;

    private final PreparedStatement insert;
    private int waiting;

    Table(Connection to, String name) throws SQLException {
        int columns;
        try (PreparedStatement look = to.prepareStatement("SELECT * FROM " + name)) {
            ResultSetMetaData found = look.getMetaData();
            columns = found.getColumnCount();
        }
        insert = to.prepareStatement("INSERT INTO %s VALUES (%s)".formatted(name,
                String.join(", ", Collections.nCopies(columns, "?"))));
    }

    /// Adds a row: a value for each column, in the order of the columns.
    void add(Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) insert.setObject(i + 1, values[i]);
        insert.addBatch();
        if (++waiting == BATCH) flush();
    }

    private void flush() throws SQLException {
        insert.executeBatch();
        waiting = 0;
    }

    @Override public void close() throws SQLException {
        try (insert) {
            flush();
        }
    }
}
