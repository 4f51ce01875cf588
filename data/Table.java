package data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Takes rows for one table. A thread of its own inserts the rows of one chunk while those of the next are made; what
/// is left goes in when it is closed. An error of the database comes out of a later `add`, or of `close`.
final class Table implements AutoCloseable {
    private static final int ROWS = 64; // by one statement: cheaper than one at a time in a JDBC batch
    private static final int CHUNK = 40_000; // values, about
    private static final Future<Void> NOTHING = CompletableFuture.completedFuture(null);

    private final Connection to;
    private final String name;
    private final String rows;
    private final int width;
    private final int together;
    private final PreparedStatement insert;
    private final ExecutorService inserting = Executors.newSingleThreadExecutor();
    private Future<Void> before = NOTHING;
    private Object[] chunk;
    private int filled;

    Table(Connection to, String name) throws SQLException {
        this(to, name, columns(to, name));
    }

    private Table(Connection to, String name, int columns) throws SQLException {
        this(to, name, "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")", columns, ROWS);
    }

    private Table(Connection to, String name, String rows, int width, int together) throws SQLException {
        this.to = to;
        this.name = name;
        this.rows = rows;
        this.width = width;
        this.together = together;
        insert = prepare(together);
        chunk = emptyChunk();
    }

    /// The same table, taking several rows with each `add`: `rows` is SQL, such as `(?1, 'a', ?2), (?1, 'b', ?3)`, and
    /// has `values` parameters. Each parameter costs more than the row does, so it pays to share them.
    Table taking(String rows, int values) throws SQLException {
        return new Table(to, name, rows, values, 1);
    }

    /// Adds a row: a value for each column, in the order of the columns.
    void add(Object... values) throws SQLException {
        System.arraycopy(values, 0, chunk, filled, width);
        filled += width;
        if (filled < chunk.length) return;
        await();
        Object[] full = chunk;
        before = inserting.submit(() -> {
            insert(full, full.length);
            return null;
        });
        chunk = emptyChunk();
        filled = 0;
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

    private Object[] emptyChunk() {
        int statement = width * together;
        return new Object[CHUNK / statement * statement];
    }

    /// Inserts the first `values` of a chunk.
    private void insert(Object[] chunk, int values) throws SQLException {
        int statement = width * together;
        int at = 0;
        for (; at + statement <= values; at += statement) insert(insert, chunk, at, statement);
        if (at == values) return;
        try (PreparedStatement rest = prepare((values - at) / width)) {
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
