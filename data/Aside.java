package data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A table that is written by a thread of its own while others are: into a file beside theirs, for SQLite has one
/// writer to a file. It then copies the table into an empty one of the same schema without a look at the rows
/// (`xferOptimization` in https://www.sqlite.org/src/file/src/insert.c).
final class Aside implements AutoCloseable {
    /// Writes the rows.
    interface Rows {
        void into(Table table) throws SQLException;
    }

    private final Path file;
    private final String table;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<Void> written;

    /// Begins to write; the file has the name of `beside` and the table's.
    Aside(Path beside, String table, Rows rows) {
        this.table = table;
        file = beside.resolveSibling(beside.getFileName() + "." + table);
        file.toFile().deleteOnExit(); // Ctrl-C in the middle
        written = thread.submit(() -> write(rows));
    }

    private Void write(Rows rows) throws SQLException {
        try (Connection database = Generator.open(file)) {
            database.setAutoCommit(false);
            Schema.createTables(database);
            try (var to = new Table(database, table)) {
                rows.into(to);
            }
            database.commit();
            return null;
        }
    }

    /// Waits for the rows, and copies them. The connection must be in no transaction.
    void copyTo(Connection database) throws SQLException {
        try {
            written.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException why) throw why;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        }
        try (PreparedStatement attach = database.prepareStatement("ATTACH ? AS aside")) {
            attach.setString(1, file.toString());
            attach.execute();
        }
        Generator.execute(database, "INSERT INTO %s SELECT * FROM aside.%s".formatted(table, table), "DETACH aside");
    }

    /// Waits for the thread, too: nothing is left behind.
    @Override public void close() throws IOException {
        thread.close();
        Files.deleteIfExists(file);
    }
}
