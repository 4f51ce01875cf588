package data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Takes rows for one table. A thread of its own inserts the rows of one chunk while those of the next are made; what
/// is left goes in when it is closed. An error of the database comes out of a later `add`, or of `close`.
final class Table implements AutoCloseable {
    private static final int ROWS = 64; // by one statement: half as dear as one at a time in a JDBC batch
    private static final int CHUNK = 80 * ROWS;
    private static final Future<Void> NOTHING = CompletableFuture.completedFuture(null);

    private final Connection to;
    private final String name;
    private final int columns;
    private final PreparedStatement insert;
    private final ExecutorService inserting = Executors.newSingleThreadExecutor();
    private Future<Void> before = NOTHING;
    private Object[] chunk;
    private int filled;

    Table(Connection to, String name) throws SQLException {
        this.to = to;
        this.name = name;
        try (PreparedStatement look = to.prepareStatement("SELECT * FROM " + name)) {
            ResultSetMetaData found = look.getMetaData();
            columns = found.getColumnCount();
        }
        chunk = new Object[columns * CHUNK];
        insert = prepare(ROWS);
    }

    /// Adds a row: a value for each column, in the order of the columns.
    void add(Object... values) throws SQLException {
        System.arraycopy(values, 0, chunk, filled, columns);
        filled += columns;
        if (filled < chunk.length) return;
        await();
        Object[] full = chunk;
        before = inserting.submit(() -> {
            insert(full, full.length);
            return null;
        });
        chunk = new Object[full.length];
        filled = 0;
    }

    private PreparedStatement prepare(int rows) throws SQLException {
        String row = "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
        return to.prepareStatement("INSERT INTO " + name + " VALUES " + String.join(", ",
                Collections.nCopies(rows, row)));
    }

    /// Inserts the first `values` of a chunk: whole rows.
    private void insert(Object[] chunk, int values) throws SQLException {
        int step = columns * ROWS;
        int at = 0;
        for (; at + step <= values; at += step) insert(insert, chunk, at, step);
        if (at == values) return;
        try (PreparedStatement rest = prepare((values - at) / columns)) {
            insert(rest, chunk, at, values - at);
        }
    }

    private static void insert(PreparedStatement rows, Object[] chunk, int from, int values) throws SQLException {
        for (int i = 0; i < values; i++) rows.setObject(i + 1, chunk[from + i]);
        rows.executeUpdate();
    }

    /// Waits until the chunk before this is in.
    private void await() throws SQLException {
        Future<Void> last = before;
        before = NOTHING;
        try {
            last.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException why) throw why;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        }
    }

    @Override public void close() throws SQLException {
        try (inserting; insert) {
            await();
            insert(chunk, filled);
        }
    }
}
