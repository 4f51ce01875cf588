package data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import data.Rotation.Leg;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratorTest {
    private static final Scale SMALL = Scale.of("0.01");

    @TempDir
    static Path folder;
    private static Path small;

    @BeforeAll
    static void generate() throws Exception {
        small = generated("small.db", SMALL, 1);
    }

    /// Each rule with a query for what breaks it.
    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of("references lead somewhere", "PRAGMA foreign_key_check"),
                Arguments.of("a flight is one of the timetable's", """
                        SELECT flight_id FROM flight f JOIN flightschedule s USING (flightno)
                        WHERE (s."from", s."to", s.airline_id, s.departure, s.arrival)
                           <> (f."from", f."to", f.airline_id, time(f.departure), time(f.arrival))
                           OR NOT CASE strftime('%w', f.departure) WHEN '0' THEN sunday WHEN '1' THEN monday
                              WHEN '2' THEN tuesday WHEN '3' THEN wednesday WHEN '4' THEN thursday
                              WHEN '5' THEN friday ELSE saturday END"""),
                Arguments.of("a timetable's flight flies on a day at least", """
                        SELECT flightno FROM flightschedule
                        WHERE monday + tuesday + wednesday + thursday + friday + saturday + sunday = 0"""),
                Arguments.of("a flight is flown by an aircraft of its airline", """
                        SELECT flight_id FROM flight f JOIN airplane a USING (airplane_id)
                        WHERE a.airline_id <> f.airline_id"""),
                Arguments.of("an aircraft leaves from where it landed, 30 minutes later or more", """
                        SELECT * FROM (SELECT "from", departure, lag("to") OVER w AS landed, lag(arrival) OVER w AS at
                                       FROM flight WINDOW w AS (PARTITION BY airplane_id ORDER BY departure))
                        WHERE landed <> "from" OR unixepoch(departure) - unixepoch(at) < 30 * 60"""),
                Arguments.of("flights leave in the period that begins with the epoch", """
                        SELECT flight_id FROM flight, meta
                        WHERE departure < epoch OR departure >= date(epoch, days || ' days')
                           OR arrival <= departure"""),
                Arguments.of("a seat is sold once", """
                        SELECT count(*) FROM booking GROUP BY flight_id, seat HAVING count(*) > 1"""),
                Arguments.of("no more seats are sold than there are", """
                        SELECT flight_id FROM booking JOIN flight USING (flight_id) JOIN airplane USING (airplane_id)
                        GROUP BY flight_id HAVING count(*) > capacity"""),
                Arguments.of("a passenger is on one flight at a time", """
                        SELECT * FROM (SELECT departure, lag(arrival) OVER w AS at
                                       FROM booking JOIN flight USING (flight_id)
                                       WINDOW w AS (PARTITION BY passenger_id ORDER BY departure))
                        WHERE at > departure"""),
                Arguments.of("prices are positive, in hundredths", """
                        SELECT price FROM booking WHERE price <= 0 OR abs(round(price, 2) - price) > 1e-9"""),
                Arguments.of("weather is of this world", """
                        SELECT * FROM weatherdata WHERE temp NOT BETWEEN -90 AND 57 OR humidity NOT BETWEEN 0 AND 100
                           OR airpressure NOT BETWEEN 950 AND 1060 OR wind NOT BETWEEN 0 AND 150
                           OR winddirection NOT BETWEEN 0 AND 359
                           OR weather LIKE '%snow%' AND temp > 3"""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void aRuleHolds(String rule, String broken) throws Exception {
        try (Connection database = DatabaseFile.open(small); Statement sql = database.createStatement();
                ResultSet rows = sql.executeQuery(broken)) {
            assertFalse(rows.next(), rule);
        }
    }

    @Test
    void aScaleIsKeptToTheRow() {
        var rows = FlughafenDb.rows(small);
        assertEquals(14, rows.size());
        assertEquals(99, rows.get("flightschedule"));
        assertEquals(3_027, rows.get("flight"));
        assertEquals(34_465, rows.get("booking"));
        assertEquals(46_264, rows.get("weatherdata"));
        assertEquals(361, rows.get("passenger"));
        assertEquals(361, rows.get("passengerdetails"));
        assertEquals(10, rows.get("employee"));
        assertEquals(56, rows.get("airplane"));
    }

    @Test
    void theReferenceDataAreComplete() {
        World world = World.read();
        assertTrue(world.airports().size() > 3_000 && world.airlines().size() >= 110 && world.types().size() >= 40);
        for (Airline airline : world.airlines()) assertFalse(airline.hubs().contains(null), airline.name());
    }

    @Test
    void trafficHasHotAirports() throws Exception {
        long busiest = number(small, "SELECT count(*) FROM flight GROUP BY \"from\" ORDER BY 1 DESC LIMIT 1");
        long airports = number(small, "SELECT count(DISTINCT \"from\") FROM flight");
        assertTrue(busiest * airports > 3 * 3_027, "the busiest has over three times the mean");
    }

    @Test
    void anAircraftReachesWhereItGoesInTheTimeItTakes() {
        Network network = Network.of(World.read(), Scale.of("0.05"), new SplittableRandom(7));
        for (Rotation rotation : network.rotations()) {
            AirplaneType type = rotation.airplane().type();
            for (Leg leg : rotation.legs()) {
                double km = leg.from().kmTo(leg.to());
                double hours = (leg.arrival() - leg.departure()) / 60.0;
                assertTrue(km >= 150 && km < type.rangeKm(), leg + " by " + type.identifier());
                double cruising = km / type.cruiseKmh();
                assertTrue(hours > cruising && hours < cruising + 1, leg + " in " + hours + " h");
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameRowsAndAnotherSeedOthers() throws Exception {
        String rows = digest(small);
        assertEquals(rows, digest(generated("again.db", SMALL, 1)));
        assertNotEquals(rows, digest(generated("other.db", SMALL, 2)));
        assertEquals("5e00c66d661699ee", rows, "other rows: raise Generator.VERSION, and put the new digest here");
    }

    @Test
    void aScaleIsANumberFromAHundredthToOne() {
        assertEquals("0.5", Scale.of("0.50").name());
        for (String wrong : new String[] {"huge", "", "0", "-1", "2", "0.001", "1e99"}) {
            Fault fault = assertThrows(Fault.class, () -> Scale.of(wrong));
            assertEquals(Fault.USAGE, fault.exitCode());
        }
    }

    private static Path generated(String name, Scale scale, long seed) throws Exception {
        Path file = folder.resolve(name);
        Generator.generate(file, scale, seed, step -> { });
        return file;
    }

    /// SHA-256 of all rows of all tables.
    private static String digest(Path database) throws Exception {
        MessageDigest all = MessageDigest.getInstance("SHA-256");
        try (Connection connection = DatabaseFile.open(database); Statement sql = connection.createStatement()) {
            for (String table : Schema.tables()) {
                try (ResultSet rows = sql.executeQuery("SELECT * FROM " + table + " ORDER BY 1, 2")) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            all.update((rows.getString(i) + "\t").getBytes(StandardCharsets.UTF_8));
                        }
                    }
                }
            }
        }
        return HexFormat.of().formatHex(all.digest()).substring(0, 16);
    }

    private static long number(Path database, String query) throws Exception {
        try (Connection connection = DatabaseFile.open(database); Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(query)) {
            return rows.getLong(1);
        }
    }
}
