package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UnitsTest {
    @Test
    void timesTakeTheUnitThatReadsBest() {
        assertEquals("84 µs, 1.2 ms, 84 ms, 1.24 s", String.join(", ", Units.micros(84), Units.micros(1_200), Units.micros(84_000),
                Units.micros(1_240_000)).replace('\u00a0', ' '));
    }

    @Test
    void whatIsLeftToLive() {
        assertEquals("–, 840 ms, 60 s, 30 min, 24 h", String.join(", ", Units.ttl(-1), Units.ttl(840), Units.ttl(59_998),
                Units.ttl(1_800_000), Units.ttl(86_400_000)).replace('\u00a0', ' '));
    }

    @Test
    void bytes() {
        assertEquals("72 B, 1.37 kB, 3.2 MB", String.join(", ", Units.bytes(72), Units.bytes(1_368), Units.bytes(3_200_000)).replace('\u00a0', ' '));
    }

    @Test
    void countsHaveTheirNoun() {
        assertEquals("1 command, 1,204 commands", Units.count(1, "command") + ", " + Units.count(1_204, "command"));
    }
}
