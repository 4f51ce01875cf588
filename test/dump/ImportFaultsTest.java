package data.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import data.Fault;
import data.Scale;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is wrong with a dump: one line that names file and row, and what was there before is there still.
class ImportFaultsTest {
    @TempDir Path folder;
    private SmallDump dump;

    @BeforeEach
    void setUp() {
        dump = new SmallDump(folder.resolve("dump"));
    }

    @Test
    void aChunkThatIsCutOff() throws Exception {
        dump.rows("airplane_type", "2\tAvro RJ100\t" + "x y z ".repeat(50_000) + "\n").write();
        Path file = dump.file("airplane_type", 0);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 3, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertFault(file + ": row 1: ", length == 0 ? "the file is empty" : "not whole zstd after");
        }
    }

    @Test
    void whatIsNoZstd() throws Exception {
        dump.write();
        Files.writeString(dump.file("airline", 0), "3\tSW\tSwiss\t7\n");
        assertFault(dump.file("airline", 0) + ": row 1: not whole zstd after 0 bytes of rows (", "");
    }

    @Test
    void aRowThatIsCutOff() throws Exception {
        dump.rows("airline", "3\tSW\tSwiss\t7\n4\tLX\tLuxe").write();
        assertFault(dump.file("airline", 0) + ": row 2: it is cut off", "");
    }

    @Test
    void aWrongNumberOfColumns() throws Exception {
        dump.rows("airline", "3\tSW\tSwiss\t7\n4\tLX\tLuxe\n").write();
        assertFault(dump.file("airline", 0) + ": row 2: 3 fields, not 4", "");
        dump.rows("airline", "3\tSW\tSwiss\t7\t8\t9\n").write();
        assertFault(dump.file("airline", 0) + ": row 1: 6 fields, not 4", "");
    }

    @Test
    void whatIsNotUtf8() throws Exception {
        dump.write();
        byte[] rows = "3\tSW\tSwi\u00ff\t7\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(dump.file("airline", 0), SmallDump.compressed(rows));
        assertFault(dump.file("airline", 0) + ": row 1: not UTF-8", "");
    }

    @Test
    void aFileThatNamesTheColumnsIsMissing() throws Exception {
        dump.write();
        Path json = dump.folder.resolve("small@airline.json");
        Files.delete(json);
        assertFault(json + ": is missing", "small@airline.tsv.zst");
        Files.writeString(json, "{\n \"options\": {");
        assertFault(json + ":2: not JSON", "");
    }

    @Test
    void aColumnThatIsNotTheSchemas() throws Exception {
        dump.write();
        Path json = dump.folder.resolve("small@airline.json");
        Files.writeString(json, Files.readString(json).replace("base_airport", "home"));
        assertFault(json + ": column 'home' is none of airline's", "");
        Files.writeString(json, Files.readString(json).replace(",\"home\"", ""));
        assertFault(json + ": lacks the column 'base_airport'", "");
    }

    @Test
    void anotherFormat() throws Exception {
        dump.write();
        Path json = dump.folder.resolve("small@airline.json");
        Files.writeString(json, Files.readString(json).replace("\"\\t\"", "\",\""));
        assertFault(json + ": fieldsTerminatedBy is ','", "");
    }

    @Test
    void aChunkIsMissing() throws Exception {
        dump.write();
        Path second = dump.file("booking", 1);
        byte[] rows = Files.readAllBytes(second);
        Files.delete(second);
        assertFault(second + ": this chunk is missing", "");
        Files.write(second, rows);
        Files.delete(dump.file("booking", 2));
        assertFault(dump.folder.resolve("small@booking@@N.tsv.zst") + ": this last chunk is missing", "");
    }

    @Test
    void fewerBytesThanTheDumpSays() throws Exception {
        dump.write();
        Files.write(dump.file("booking", 1), SmallDump.compressed(new byte[0]));
        assertFault(dump.file("booking", 2) + ": booking has 33 bytes of rows, not 48", "");
    }

    @Test
    void whatIsNoDump() throws Exception {
        assertFault(dump.folder + ": not a folder", "");
        Files.createDirectories(dump.folder);
        assertFault(dump.folder + ": not a dump of MySQL Shell", "");
        dump.write();
        Files.delete(dump.folder.resolve("@.done.json"));
        assertFault(dump.folder + ": has no @.done.json", "");
    }

    @Test
    void aRowThatBreaksTheSchema() throws Exception {
        dump.rows("airport", "7\tZRH\tLSZH\tZURICH\n9\t\\N\t\\N\tSPECK\n").write();
        assertFault(dump.file("airport", 0) + ": row 2: NOT NULL constraint failed: airport.icao", "");
        dump.rows("airport", "7\tZRH\tLSZH\tZURICH\n9nine\t\\N\tLSZK\tSPECK\n").write();
        assertFault(dump.file("airport", 0) + ": row 2: ", "");
        dump.rows("airport", "7\tZRH\tLSZH\tZURICH\n7\t\\N\tLSZK\tSPECK\n").write();
        assertFault(dump.file("airport", 0) + ": row 2: UNIQUE constraint failed: airport.airport_id", "");
    }

    @Test
    void aRowThatRefersToNothing() throws Exception {
        dump.rows("booking", "1\t44\t1A\t11\t99.50\n", "3\t44\t\\N\t12\t1\n2\t44\t\\N\t13\t120\n").write();
        assertFault(dump.file("booking", 1) + ": row 2: passenger_id 13 is not in passenger", "");
    }

    @Test
    void aRowThatComesAgainWhereItMustNot() throws Exception {
        dump.rows("booking", "1\t44\t1A\t11\t99.50\n2\t44\t\\N\t12\t1\n",
                "4\t44\t1A\t12\t1\n3\t44\t\\N\t12\t1\n").write();
        assertFault(dump.file("booking", 1) + ": row 1: its flight_id, seat stands in another row, too", "");
    }

    @Test
    void valuesThatCannotBeUnderstood() throws Exception {
        dump.rows("flight", "44\tSW1\t7\t9\t0000-00-00 00:00:00\t2015-06-03 08:40:00\t3\t5\n").write();
        assertFault(dump.file("flight", 0) + ": row 1: departure is no time: 0000-00-00 00:00:00", "");
        dump = new SmallDump(dump.folder);
        dump.rows("weatherdata", "2015-06-03\t08:00:00\t1\t9.5\t90.0\t1013.25\t3.20\tHagel\t180\n").write();
        assertFault(dump.file("weatherdata", 0) + ": row 1: unknown weather 'Hagel'", "");
        dump = new SmallDump(dump.folder);
        String geo = "7\tZURICH\tZURICH\tSWITZERLAND\t%s\t8.55\t%s\n";
        dump.rows("airport_geo", geo.formatted("48.46", "AAAAAAEBAAAAexSuR+G6R0CamZmZmRkhQA==")).write();
        assertFault(dump.file("airport_geo", 0) + ": row 1: geolocation (47.46, 8.55) is not at latitude 48.46", "");
        dump.rows("airport_geo", geo.formatted("47.46", "AAAAAAEC")).write();
        assertFault(dump.file("airport_geo", 0) + ": row 1: not a point of MySQL", "");
        dump.rows("airport_geo", geo.formatted("47.46", "A")).write();
        assertFault(dump.file("airport_geo", 0) + ": row 1: geolocation is not Base64", "");
    }

    @Test
    void tablesThatOthersNeedAreMissing() throws Exception {
        dump.without("flight").write();
        assertFault(dump.file("booking", 0) + ": refers to rows of flight, which the dump lacks", "");
        dump = new SmallDump(folder.resolve("other")).without("booking", "employee").write();
        assertFault(dump.folder + ": lacks employee; rules make only flight, booking, weatherdata", "");
    }

    @Test
    void twoImportsOfOneFile() throws Exception {
        dump.write();
        Path file = folder.resolve("imported.db");
        try (var first = new OutputFile(file)) {
            Files.writeString(first.part(), "half");
            assertFault(file + ": another import is writing it", "");
            assertEquals("half", Files.readString(first.part()));
        }
        assertTrue(Files.notExists(folder.resolve("imported.db.part")));
    }

    /// Imports into a file that is there already: it must stay as it is.
    private void assertFault(String begin, String part) throws Exception {
        Path file = folder.resolve("imported.db");
        Files.writeString(file, "the former one");
        try (var progress = new ImportProgress()) {
            Fault fault = assertThrows(Fault.class,
                    () -> new Importer(Dump.read(dump.folder), true, Scale.of("0.01"), progress).into(file));
            assertTrue(fault.getMessage().startsWith(begin), fault.getMessage());
            assertTrue(fault.getMessage().contains(part), fault.getMessage());
            assertEquals(1, fault.getMessage().lines().count(), fault.getMessage());
            assertEquals(Fault.USAGE, fault.exitCode());
        }
        assertEquals("the former one", Files.readString(file));
    }
}
