package data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;

/// Takes rows for one table, and inserts many with a statement; what is left goes in when it is closed.
final class Table implements AutoCloseable {
    private static final int TOGETHER = 64; // rows: cheaper than one at a time in a JDBC batch

    private final Connection to;
    private final String name;
    private final String rows;
    private final int width;
    private final PreparedStatement insert;
    private final Object[] waiting;
    private int filled;

    Table(Connection to, String name) throws SQLException {
        this(to, name, columns(to, name));
    }

    private Table(Connection to, String name, int columns) throws SQLException {
        this(to, name, "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")", columns, TOGETHER);
    }

    private Table(Connection to, String name, String rows, int width, int together) throws SQLException {
        this.to = to;
        this.name = name;
        this.rows = rows;
        this.width = width;
        waiting = new Object[width * together];
        insert = prepare(together);
    }

    /// The same table, taking several rows with each `add`: `rows` is SQL, such as `(?1, 'a', ?2), (?1, 'b', ?3)`, and
    /// has `values` parameters. Setting one costs about as much as a tenth of a row, so it pays to share them.
    Table taking(String rows, int values) throws SQLException {
        return new Table(to, name, rows, values, 1);
    }

    /// Adds a row: a value for each column, in the order of the columns.
    void add(Object... values) throws SQLException {
        System.arraycopy(values, 0, waiting, filled, width);
        filled += width;
        if (filled == waiting.length) flush(insert);
    }

    private void flush(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < filled; i++) statement.setObject(i + 1, waiting[i]);
        filled = 0;
        statement.executeUpdate();
    }

    private static int columns(Connection to, String name) throws SQLException {
        try (PreparedStatement look = to.prepareStatement("SELECT * FROM " + name)) {
            return look.getMetaData().getColumnCount();
        }
    }

    private PreparedStatement prepare(int times) throws SQLException {
        return to.prepareStatement("INSERT INTO %s VALUES %s".formatted(name,
                String.join(", ", Collections.nCopies(times, rows))));
    }

    @Override public void close() throws SQLException {
        try (insert) {
            if (filled == 0) return;
            try (PreparedStatement rest = prepare(filled / width)) {
                flush(rest);
            }
        }
    }
}
