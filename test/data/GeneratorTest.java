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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {
    private static final Scale SMALL = Scale.of("0.01");

    @TempDir
    static Path folder;
    private static Path small;

    @BeforeAll
    static void generate() throws Exception {
        small = generated("small.db", SMALL, 1);
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
