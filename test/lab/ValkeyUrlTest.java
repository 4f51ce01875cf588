package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import data.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValkeyUrlTest {
    @Test
    void readsEveryPart() {
        ValkeyUrl url = ValkeyUrl.parse("rediss-cluster://ann:p%40ss:word@cache.example:7001/3");
        assertEquals("cache.example", url.node().getHost());
        assertEquals(7001, url.node().getPort());
        assertTrue(url.tls());
        assertTrue(url.cluster());
        assertEquals("ann", url.user());
        assertEquals("p@ss:word", url.password());
        assertEquals(3, url.database());
    }

    @Test
    void fillsInWhatIsLeftOut() {
        ValkeyUrl url = ValkeyUrl.parse("valkey://localhost");
        assertEquals(6379, url.node().getPort());
        assertNull(url.user());
        assertNull(url.password());
        assertFalse(url.tls());
        assertFalse(url.cluster());
    }

    @Test
    void aSingleWordBeforeTheHostIsThePassword() {
        assertEquals("secret", ValkeyUrl.parse("redis://secret@localhost").password());
        assertEquals("secret", ValkeyUrl.parse("redis://:secret@localhost").password());
        assertNull(ValkeyUrl.parse("redis://:secret@localhost").user());
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://ann:secret@host:7000/2", "redis://secret@host", "valkeys://:secret@host",
            "redis://a:secret@host?secret"})
    void isShownWithoutItsPassword(String text) {
        assertFalse(ValkeyUrl.parse(text).toString().contains("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost:6379", "http://u:secret@host", "redis://", "redis://:secret@",
            "redis://h/secret", "redis://u:sec ret@host", "redis://u:secret@ho_st:6379", "redis://u:secret@host:port"})
    void refusesWhatItCannotReadWithoutRepeatingIt(String text) {
        Fault fault = assertThrows(Fault.class, () -> ValkeyUrl.parse(text));
        assertEquals(Fault.USAGE, fault.exitCode());
        assertFalse(fault.getMessage().contains("sec"), fault.getMessage());
    }
}
