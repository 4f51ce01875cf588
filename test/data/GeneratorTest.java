package data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import data.Rotation.Leg;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
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
        var rows = Flughafen.rows(small);
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
        assertEquals(3_202, world.airports().size());
        assertEquals(113, world.airlines().size());
        assertEquals(342, world.types().size());
        assertEquals(342, world.types().stream().map(AirplaneType::identifier).distinct().count());
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
        String rows = Digest.of(small);
        assertEquals(rows, Digest.of(generated("again.db", SMALL, 1)));
        assertNotEquals(rows, Digest.of(generated("other.db", SMALL, 2)));
        assertEquals(Generator.ROWS, rows.substring(0, Generator.ROWS.length()), "other rows: set Generator.ROWS");
    }

    @Test
    void aScaleIsANumberFromAHundredthToOneOrLarge() {
        assertEquals("0.5", Scale.of("0.50").name());
        assertEquals(50_831_531, Scale.of("large").bookings());
        assertEquals(416_429, Scale.of("large").flights());
        for (String wrong : new String[] {"huge", "Large", "large ", "", "0", "-1", "2", "0.001", "1e99"}) {
            Fault fault = assertThrows(Fault.class, () -> Scale.of(wrong));
            assertEquals(Fault.USAGE, fault.exitCode());
        }
    }

    private static Path generated(String name, Scale scale, long seed) throws Exception {
        Path file = folder.resolve(name);
        Generator.generate(file, scale, seed, step -> { });
        return file;
    }

    private static long number(Path database, String query) throws Exception {
        try (Connection connection = DatabaseFile.open(database); Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(query)) {
            return rows.getLong(1);
        }
    }
}
