package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UnitsTest {
    @Test
    void timesTakeTheUnitThatReadsBest() {
        assertShows("84 µs", Units.micros(84));
        assertShows("1.2 ms", Units.micros(1_200));
        assertShows("84 ms", Units.micros(84_000));
        assertShows("1.24 s", Units.micros(1_240_000));
    }

    @Test
    void whatIsLeftToLive() {
        assertShows("–", Units.ttl(-1));
        assertShows("840 ms", Units.ttl(840));
        assertShows("60 s", Units.ttl(59_998));
        assertShows("30 min", Units.ttl(1_800_000));
        assertShows("24 h", Units.ttl(86_400_000));
    }

    @Test
    void bytesGoByThousands() {
        assertShows("72 B", Units.bytes(72));
        assertShows("1.37 kB", Units.bytes(1_368));
        assertShows("3.2 MB", Units.bytes(3_200_000));
    }

    @Test
    void countsHaveTheirNoun() {
        assertShows("1 command", Units.count(1, "command"));
        assertShows("1,204 commands", Units.count(1_204, "command"));
    }

    private static void assertShows(String expected, String actual) {
        assertEquals(expected, actual.replace('\u00a0', ' '));
    }
}
