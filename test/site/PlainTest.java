package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PlainTest {
    @Test
    void colourAndTitlesOfATerminalGo() {
        assertEquals("red plain", Plain.text("\u001b[1;31mred\u001b[0m \u001b]0;a title\u0007plain"));
    }

    @Test
    void controlCharactersAreShown() {
        assertEquals("a␀b␇c␍d␛", Plain.text("a\0b\u0007c\rd\u001b"));
    }

    @Test
    void linesAndTabsStay() {
        assertEquals("a\n\tb", Plain.text("a\n\tb"));
    }

    @Test
    void whatTurnsTheDirectionOfReadingIsShown() {
        assertEquals("\\u202Ecba\\u2066", Plain.text("\u202ecba\u2066"));
    }

    @Test
    void halfACharacterIsShown() {
        assertEquals("\\uD83D", Plain.text("\ud83d"));
        assertEquals("✈ 👩‍✈️", Plain.text("✈ 👩‍✈️"));
    }
}
