package lab;

import data.Fault;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;

/// A small pool of recorded connections to an SQLite database.
///
/// A connection is opened when none is free, and kept when it is closed: a lesson may well take one per query. One that
/// comes back within a transaction is rolled back, as a pool must.
final class RecordedDataSource implements DataSource {
    private static final int POOL = 16;
    private static final int WAIT_SECONDS = 10;

    private final Path file;
    private final SQLiteConfig config;
    private final Recorder recorder;
    private final QueryPlans plans;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final Semaphore free = new Semaphore(POOL);

    private RecordedDataSource(Path file, SQLiteConfig config, Recorder recorder) {
        this.file = file;
        this.config = config;
        this.recorder = recorder;
        this.plans = new QueryPlans(this::open);
    }

    /// The database in `file`, for reading only: writing is refused.
    ///
    /// @throws Fault (usage) if it cannot be opened
    static RecordedDataSource readOnly(Path file, Recorder recorder) {
        var config = new SQLiteConfig();
        config.setReadOnly(true); // refuses to create the file, too
        return opened(new RecordedDataSource(file, config, recorder));
    }

    /// The database in `file`, for reading and writing. Readers do not wait for a writer, writers wait for each other.
    ///
    /// @throws Fault (usage) if it cannot be opened
    static RecordedDataSource writable(Path file, Recorder recorder) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(WAIT_SECONDS * 1_000);
        return opened(new RecordedDataSource(file, config, recorder));
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            if (!free.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) throw new SQLTimeoutException(
                    "all %d connections are in use; close each after use (try with resources)".formatted(POOL));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for a connection", e);
        }
        try {
            Connection connection = idle.poll();
            return RecordedJdbc.connection(connection != null ? connection : open(), this::giveBack, recorder, plans);
        } catch (SQLException e) {
            free.release();
            throw e;
        }
    }

    private void giveBack(Connection connection) throws SQLException {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            idle.push(connection); // the one used last has the warmest page cache
        } finally {
            free.release();
        }
    }

    private Connection open() throws SQLException {
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private static RecordedDataSource opened(RecordedDataSource source) {
        try (Connection connection = source.open(); var any = connection.createStatement()) {
            any.executeQuery("SELECT count(*) FROM sqlite_schema").close(); // opening alone does not read the file
            return source;
        } catch (SQLException e) {
            throw new Fault(Fault.USAGE, "cannot open the database %s: %s".formatted(source.file, e.getMessage()), e);
        }
    }

    // --- what a DataSource must have and nobody here needs ---

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public int getLoginTimeout() {
        return WAIT_SECONDS;
    }

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("no " + type.getName() + " inside");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
