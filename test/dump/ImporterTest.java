package data.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import data.Scale;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImporterTest {
    @TempDir Path folder;
    private SmallDump dump;
    private Path database;

    @BeforeEach
    void setUp() {
        dump = new SmallDump(folder.resolve("dump"));
        database = folder.resolve("imported.db");
    }

    @Test
    void aWholeDumpBecomesADatabaseOfTheSchema() throws Exception {
        load(true);
        assertEquals(List.of("7|ZRH|LSZH|ZURICH", "9|null|LSZK|SPECK"), ask("SELECT * FROM airport"));
        assertEquals(List.of("44|SW1|7|9|2015-06-03 08:00:00|2015-06-03 08:40:00|3|5"), ask("SELECT * FROM flight"));
        assertEquals(List.of("integer|real|null"), ask("""
                SELECT typeof(flight_id), typeof(price), typeof(seat) FROM booking WHERE booking_id = 2"""));
        assertEquals(List.of("0"), ask("SELECT count(*) FROM flight_log"));
        assertEquals(List.of(), ask("PRAGMA foreign_key_check"));
    }

    @Test
    void chunksAreReadInOrder() throws Exception {
        String[] chunks = new String[12]; // 10 comes after 9, not after 1
        for (int i = 0; i < chunks.length; i++) chunks[i] = "%d\t44\t\\N\t11\t1\n".formatted(100 - i);
        dump.rows("airplane_type", "2\tAvro RJ100\t\n").rows("booking", chunks);
        dump.write();
        load(true);
        assertEquals(List.of("12|89|100"), ask("SELECT count(*), min(booking_id), max(booking_id) FROM booking"));
    }

    @Test
    void escapesAndNulls() throws Exception {
        dump.rows("airplane_type", "2\t\\N\ta\\tb\\nc\\\\d\\0e\\bf\\Zg\\rh\\Ni\\qj\n3\t\\\\N\tN\n4\t\tÜ €\uFFFD😀\n");
        load(true);
        assertEquals("a\tb\nc\\d\0e\bf\u001Ag\rhNiqj", text("SELECT description FROM airplane_type WHERE type_id = 2"));
        assertEquals(List.of("null"), ask("SELECT identifier FROM airplane_type WHERE type_id = 2"));
        assertEquals(List.of("\\N|N"), ask("SELECT identifier, description FROM airplane_type WHERE type_id = 3"));
        assertEquals(List.of("|Ü €\uFFFD😀"), ask("""
                SELECT identifier, description FROM airplane_type WHERE type_id = 4"""));
    }

    @Test
    void columnsAreDecoded() throws Exception {
        dump.rows("airplane_type", "2\tAvro\tw7xiZXI=\n3\tNone\t\\N\n")
                .decode("airplane_type", "description", "FROM_BASE64");
        dump.rows("passenger", "11\tP1\t416461\tLovelace\n12\tP2\t416C616E\tTuring\n")
                .decode("passenger", "firstname", "UNHEX");
        load(true);
        assertEquals(List.of("über", "null"), ask("SELECT description FROM airplane_type"));
        assertEquals(List.of("Ada", "Alan"), ask("SELECT firstname FROM passenger"));
    }

    @Test
    void pointsAreLongitudeThenLatitudeWhicheverWayTheyWereStored() throws Exception {
        load(true);
        assertEquals(List.of("POINT(8.55 47.46)", "POINT(8.76 47.38)"), ask("SELECT geolocation FROM airport_geo"));
        dump.rows("airport_geo", "9\tSPECK\t\\N\tSWITZERLAND\t47.38\t8.76\t"
                + "E6100000" + "00" // the other byte order, too
                + "00000001" + "4021851EB851EB85" + "4047B0A3D70A3D71\n");
        dump.decode("airport_geo", "geolocation", "UNHEX");
        load(true);
        assertEquals(List.of("POINT(8.76 47.38)"), ask("SELECT geolocation FROM airport_geo"));
    }

    @Test
    void theWeatherIsInEnglish() throws Exception {
        dump.rows("weatherdata", """
                2015-06-03\t08:00:00\t1\t9.5\t90.0\t1013.25\t3.20\tNebel-Regen-Gewitter\t180
                2015-06-03\t09:00:00\t1\t-1\t90.0\t1013.25\t3.20\tNebel-Schneefall\t180
                2015-06-03\t10:00:00\t1\t9.5\t90.0\t1013.25\t3.20\t\\N\t180
                2015-06-03\t11:00:00\t1\t9.5\t90.0\t1013.25\t3.20\train-snowfall\t180
                """);
        load(true);
        assertEquals(List.of("fog-rain-thunderstorm", "fog-snowfall", "null", "rain-snowfall"),
                ask("SELECT weather FROM weatherdata ORDER BY time"));
    }

    @Test
    void aHomeThatIsNotThereStays() throws Exception {
        dump.rows("airline", "3\tSW\tSwiss\t813\n").rows("flight",
                "44\tXX9\t7\t9\t2015-06-03 08:00:00\t2015-06-03 08:40:00\t3\t5\n");
        load(true);
        assertEquals(List.of("813"), ask("SELECT base_airport FROM airline"));
        assertEquals(List.of("XX9"), ask("SELECT flightno FROM flight"));
    }

    @Test
    void metaSaysWhereTheRowsComeFrom() throws Exception {
        load(true);
        assertEquals(List.of("1|null|imported|2015-06-01|3"), ask("""
                SELECT version, seed, scale, epoch, days FROM meta"""));
        List<String> first = ask("SELECT fingerprint FROM meta");
        load(true);
        assertEquals(first, ask("SELECT fingerprint FROM meta"));
        dump.rows("passenger", "11\tP1\tAda\tByron\n12\tP2\tAlan\tTuring\n");
        load(true);
        assertNotEquals(first, ask("SELECT fingerprint FROM meta"));
    }

    @Test
    void whatIsMissingIsMadeByRules() throws Exception {
        dump.without("flight", "booking", "weatherdata");
        load(true);
        assertEquals(List.of("2025-06-02|91"), ask("SELECT epoch, days FROM meta"));
        assertEquals(List.of("91|2025-06-02 08:00:00|2025-08-31 08:40:00"), // daily, by the one aircraft
                ask("SELECT count(*), min(departure), max(arrival) FROM flight WHERE airplane_id = 5"));
        assertEquals(List.of("11", "12"), ask("SELECT DISTINCT passenger_id FROM booking ORDER BY 1"));
        assertEquals(List.of("7", "9"), ask("SELECT DISTINCT station FROM weatherdata ORDER BY 1"));
    }

    @Test
    void bookingsAndWeatherAreMadeForImportedFlights() throws Exception {
        dump.without("booking", "weatherdata");
        load(true);
        assertEquals(List.of("44"), ask("SELECT DISTINCT flight_id FROM booking"));
        assertEquals(List.of("2015-06-01|2015-08-30"), ask("SELECT min(log_date), max(log_date) FROM weatherdata"));
    }

    @Test
    void whatIsMissingStaysEmptyWhereAsked() throws Exception {
        dump.without("flight", "booking", "weatherdata", "employee");
        load(false);
        assertEquals(List.of("0|0|0|0"), ask("""
                SELECT (SELECT count(*) FROM flight), (SELECT count(*) FROM booking),
                    (SELECT count(*) FROM weatherdata), (SELECT count(*) FROM employee)"""));
        assertEquals(List.of("2025-06-02|91"), ask("SELECT epoch, days FROM meta"));
    }

    private void load(boolean fill) throws Exception {
        dump.write();
        try (var progress = new ImportProgress()) {
            new Importer(Dump.read(dump.folder), fill, Scale.of("0.01"), progress).into(database);
        }
        assertEquals(1, Files.list(folder).filter(file -> file.toString().contains(".db")).count());
    }

    private String text(String query) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement sql = connection.createStatement(); ResultSet row = sql.executeQuery(query)) {
            return row.getString(1);
        }
    }

    private List<String> ask(String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement sql = connection.createStatement(); ResultSet row = sql.executeQuery(query)) {
            String[] values = new String[row.getMetaData().getColumnCount()];
            while (row.next()) {
                for (int i = 0; i < values.length; i++) values[i] = String.valueOf(row.getString(i + 1));
                rows.add(String.join("|", Arrays.asList(values)));
            }
        }
        return rows;
    }
}
