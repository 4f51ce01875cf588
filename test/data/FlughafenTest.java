package data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlughafenTest {
    @TempDir
    static Path folder;
    private static Path whole;
    private Path file;

    @BeforeAll
    static void generate() throws Exception {
        whole = folder.resolve("whole.db");
        Generator.generate(whole, Scale.of("0.01"), 1, step -> { });
    }

    @BeforeEach
    void copy() throws Exception {
        file = Files.createTempFile(folder, "copy", ".db");
        Files.write(file, Files.readAllBytes(whole));
    }

    @Test
    void theDefaultScaleIsThatOfTheLessons() {
        Path found = CachedDatabase.get(UserCache.folder("flughafendb"), Scale.DEFAULT, 1);
        assertEquals("scale 0.1, 30,270 flights", Flughafen.describe(found));
        assertEquals(344_651, Flughafen.rows(found).get("booking"));
        assertEquals(462_643, Flughafen.rows(found).get("weatherdata"));
        assertEquals(3_610, Flughafen.rows(found).get("passenger"));
    }

    @Test
    void aFileOfOnesOwnIsTaken() {
        assertEquals(file, Flughafen.given(file.toString(), folder));
    }

    @Test
    void theIdentityIsTheRowsNotTheFiles() throws Exception {
        String identity = DatabaseFile.examine(whole, folder).identity();
        assertEquals(identity, DatabaseFile.examine(file, folder).identity());
        change(file, "DELETE FROM booking WHERE booking_id = 1");
        assertNotEquals(identity, DatabaseFile.examine(file, folder).identity());
    }

    @Test
    void whatIsNoFlughafenDbIsToldFromIt() throws Exception {
        assertFault("is not there", folder.resolve("none.db"));
        assertFault("is not a file", folder);
        Path text = Files.writeString(folder.resolve("text.db"), "no database ".repeat(100));
        assertFault("is not an SQLite database", text);
        assertFault("is not an SQLite database", Files.createFile(folder.resolve("empty.db")));
        Path other = folder.resolve("other.db");
        change(other, "CREATE TABLE booking (booking_id)");
        assertFault("is an SQLite database, but not a FlughafenDB", other);
    }

    @Test
    void anotherVersionIsNotTaken() throws Exception {
        change(file, "PRAGMA user_version = 9");
        assertFault("has version 9 of the schema, not 1", file);
    }

    @Test
    void whatItLacksIsNamed() throws Exception {
        change(file, "ALTER TABLE weatherdata DROP COLUMN weather");
        assertFault("lacks weatherdata.weather", file);
    }

    @Test
    void aFileThatIsCutOffIsNotTaken() throws Exception {
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
            open.truncate(Files.size(file) - 1);
        }
        assertFault("is cut off", file);
    }

    @Test
    void aFileThatWasSpoiltAfterItWasFoundWholeIsNotTaken() throws Exception {
        Flughafen.given(file.toString(), folder);
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
            open.write(ByteBuffer.wrap("rubbish ".repeat(2_000).getBytes()), Files.size(file) / 2);
        }
        assertFault("is corrupt", file);
    }

    private static void assertFault(String why, Path file) {
        Fault fault = assertThrows(Fault.class, () -> Flughafen.given(file.toString(), folder));
        assertEquals(Fault.USAGE, fault.exitCode());
        assertTrue(fault.getMessage().startsWith("FLUGHAFENDB: " + file + " " + why), fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count());
    }

    private static void change(Path file, String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
