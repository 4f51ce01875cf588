package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import data.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedDataSourceTest {
    @TempDir
    Path folder;
    Recording recording;
    RecordedDataSource database;

    @BeforeEach
    void open() throws Exception {
        recording = Recording.start();
        database = RecordedDataSource.writable(folder.resolve("flughafen.db"), new Recorder("main", null));
        run(database, "CREATE TABLE flight (id INTEGER PRIMARY KEY, origin TEXT, gate TEXT)");
        run(database, "INSERT INTO flight VALUES (1, 'ZRH', 'B12'), (2, 'ZRH', NULL), (3, 'GVA', 'A1')");
        database = RecordedDataSource.writable(folder.resolve("flughafen.db"), recording.recorder());
    }

    @AfterEach
    void close() throws Exception {
        recording.close();
    }

    @Test
    void aQueryIsRecordedWithParametersRowsAndPlan() throws Exception {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("SELECT id FROM flight WHERE origin = ? AND id < ?")) {
            query.setString(1, "ZRH");
            query.setInt(2, 100);
            try (var rows = query.executeQuery()) {
                while (rows.next()) assertTrue(rows.getInt("id") > 0);
            }
        }
        Event.Sql sql = only();
        assertEquals("SELECT id FROM flight WHERE origin = ? AND id < ?", sql.sql());
        assertEquals(List.of("ZRH", "100"), sql.parameters());
        assertEquals(2, sql.rows());
        assertTrue(sql.micros() > 0);
        assertEquals(List.of(new Event.Plan(0, "SEARCH flight USING INTEGER PRIMARY KEY (rowid<?)")), sql.plan());
    }

    @Test
    void aPlanHasItsDepths() throws Exception {
        run(database, "SELECT * FROM flight WHERE id = 1 UNION SELECT * FROM flight WHERE origin = 'GVA'");
        assertEquals(List.of(0, 1, 2, 1, 2), only().plan().stream().map(Event.Plan::depth).toList());
    }

    @Test
    void aPlanChangesWithTheIndexes() throws Exception {
        String query = "SELECT id FROM flight WHERE origin = 'ZRH'";
        run(database, query);
        run(database, "CREATE INDEX flight_origin ON flight (origin)");
        run(database, query);
        List<Event.Sql> events = recording.events(Event.Sql.class);
        assertEquals("SCAN flight", events.getFirst().plan().getFirst().detail());
        assertEquals("SEARCH flight USING COVERING INDEX flight_origin (origin=?)",
                events.getLast().plan().getFirst().detail());
        assertEquals(List.of(), events.get(1).plan());
    }

    @Test
    void aQueryThatIsNotReadToItsEndIsRecordedWhenClosed() throws Exception {
        try (var connection = database.getConnection(); var query = connection.prepareStatement("SELECT * FROM flight");
                var rows = query.executeQuery()) {
            assertTrue(rows.next());
            assertEquals(0, recording.lines().size());
        }
        assertEquals(1, only().rows());
    }

    @Test
    void changesTellHowManyRowsAndATransactionItsEnd() throws Exception {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement("UPDATE flight SET gate = ? WHERE origin = ?")) {
            connection.setAutoCommit(false);
            update.setNull(1, java.sql.Types.VARCHAR);
            update.setString(2, "ZRH");
            assertEquals(2, update.executeUpdate());
            assertFalse(update.execute());
            assertEquals(2, update.getUpdateCount());
            connection.commit();
        }
        List<Event.Sql> events = recording.events(Event.Sql.class);
        assertEquals(List.of(2L, 2L, 0L), events.stream().map(Event.Sql::rows).toList());
        assertEquals(List.of("NULL", "ZRH"), events.getFirst().parameters());
        assertEquals("COMMIT", events.getLast().sql());
        assertEquals(List.of("COMMIT", "SQL"),
                recording.recorder().takeCounts().stream().map(Event.Count::name).toList());
    }

    @Test
    void rowsThatAChangeReturnsAreRead() throws Exception {
        try (var connection = database.getConnection(); var update = connection.createStatement()) {
            assertTrue(update.execute("UPDATE flight SET gate = 'C3' WHERE id = 1 RETURNING gate"));
            var rows = update.getResultSet();
            assertTrue(rows.next());
            assertEquals("C3", rows.getString(1));
        }
        assertEquals(1, only().rows());
    }

    @Test
    void aBatchIsOneExchange() throws Exception {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("INSERT INTO flight (origin) VALUES (?)")) {
            for (int i = 0; i < 500; i++) {
                insert.setString(1, "BSL");
                insert.addBatch();
            }
            insert.executeBatch();
        }
        assertEquals(500, only().rows());
    }

    @Test
    void aStatementThatFailsIsRecordedWithItsError() {
        assertThrows(SQLException.class, () -> run(database, "INSERT INTO flight (id) VALUES (1)"));
        String text = only().sql();
        assertTrue(text.startsWith("INSERT INTO flight (id) VALUES (1) -- failed: [SQLITE_CONSTRAINT"), text);
    }

    @Test
    void aReadOnlyDatabaseRefusesToChange() {
        var readOnly = RecordedDataSource.readOnly(folder.resolve("flughafen.db"), recording.recorder());
        assertThrows(SQLException.class, () -> run(readOnly, "DELETE FROM flight"));
        assertThrows(SQLException.class, () -> run(readOnly, "CREATE TABLE more (id INTEGER)"));
    }

    @Test
    void whatIsNoDatabaseIsRefusedInOneLine() throws Exception {
        Path text = Files.writeString(folder.resolve("text.db"), "no database at all ".repeat(100));
        for (Path file : List.of(text, folder.resolve("absent.db"))) {
            Fault fault = assertThrows(Fault.class, () -> RecordedDataSource.readOnly(file, recording.recorder()));
            assertEquals(Fault.USAGE, fault.exitCode());
            assertTrue(fault.getMessage().contains(file.toString()), fault.getMessage());
            assertEquals(1, fault.getMessage().lines().count());
        }
        assertFalse(Files.exists(folder.resolve("absent.db")));
    }

    @Test
    void aConnectionComesBackClean() throws Exception {
        Connection left = database.getConnection();
        left.setAutoCommit(false);
        var query = left.createStatement();
        query.executeUpdate("DELETE FROM flight");
        left.close();
        left.close();
        assertTrue(left.isClosed());
        assertThrows(SQLException.class, left::createStatement);
        try (var next = database.getConnection()) {
            assertTrue(next.getAutoCommit());
        }
        run(database, "SELECT * FROM flight");
        assertEquals(3, recording.events(Event.Sql.class).getLast().rows());
    }

    @Test
    void manyThreadsShareAFewConnectionsAndCountsAreExact() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) threads.submit(() -> {
                run(database, "SELECT * FROM flight");
                return null;
            });
        }
        Event.Count count = recording.recorder().takeCounts().getFirst();
        assertEquals("SQL", count.name());
        assertEquals(500, count.calls());
        assertEquals(1_500, count.received());
        assertEquals(Recorder.KEPT, recording.lines().size());
    }

    private Event.Sql only() {
        List<Event.Sql> events = recording.events(Event.Sql.class);
        assertEquals(1, events.size(), events.toString());
        return events.getFirst();
    }

    private static void run(RecordedDataSource database, String sql) throws SQLException {
        try (var connection = database.getConnection(); var statement = connection.createStatement()) {
            if (!statement.execute(sql)) return;
            var rows = statement.getResultSet();
            while (rows.next()) rows.getString(1);
        }
    }
}
