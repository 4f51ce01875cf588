package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a text says to expect of turned knobs. The body begins at line 5.
class KnobReaderTest {
    private static final String CELL = "[A](lesson02.java#first)\n\n";

    @TempDir Path folder;

    @BeforeEach
    void aLessonWithThreeKnobs() throws IOException {
        Files.writeString(folder.resolve("lesson02.java"), """
                final int ttl = knob("ttl", 60); // seconds
                final int hits = knob("hits", 9);
                final String hub = knob("hub", "ZRH"); // an airport
                void main() { steps(this::first); }
                void first() {}
                """);
    }

    @Test
    void aTableOfOptionsIsJoinedWithTheKnobs() throws IOException {
        Companion text = read("""
                | option | what to expect |
                |---|---|
                | `--hub=VIE` | less |
                | `--ttl=0 --hits=2` | *no* hit |
                | `--ttl=9` | more |
                """);
        List<Part.Knob> knobs = KnobTable.of(Listing.read(folder.resolve("lesson02.java")).knobs(), text.blocks());
        assertEquals(List.of(
                new Part.Knob("ttl", "60", "seconds", List.of(
                        new Part.Turn(List.of("--ttl=0", "--hits=2"), new Html("<em>no</em> hit")),
                        new Part.Turn(List.of("--ttl=9"), new Html("more")))),
                new Part.Knob("hits", "9", "", List.of()),
                new Part.Knob("hub", "ZRH", "an airport", List.of(
                        new Part.Turn(List.of("--hub=VIE"), new Html("less"))))), knobs);
    }

    @Test
    void aTableOfAnythingElseStaysATable() throws IOException {
        List<Block> blocks = read("| who | does |\n|---|---|\n| `GET` | asks |\n").blocks();
        assertEquals(List.of(Block.Cell.class, Block.Prose.class), blocks.stream().map(Object::getClass).toList());
    }

    @Test
    void aKnobThatIsNotThereIsNamedAtItsLine() {
        assertFault("9: there is no knob 'hit' to turn; did you mean 'hits'?", """
                | option | what to expect |
                |---|---|
                | `--ttl=0 --hit=2` | no hit |
                """);
        assertFault("7: there is no knob 'tll' to turn; did you mean 'ttl'?", "Turn it: `--tll=1`.\n");
    }

    @Test
    void aRowThatTurnsNothingIsNamedAtItsLine() {
        assertFault("10: a row here is `--knob=value` and what to expect of it, in two cells", """
                | option | what to expect |
                |---|---|
                | `--ttl=0` | no hit |
                | ttl | forgotten |
                """);
    }

    private void assertFault(String message, String text) {
        Fault fault = assertThrows(Fault.class, () -> read(text));
        assertEquals(folder.resolve("lesson02.md") + ":" + message, fault.getMessage());
    }

    private Companion read(String text) throws IOException {
        Path md = Files.writeString(folder.resolve("lesson02.md"), "---\ntitle: T\nminutes: 5\n---\n" + CELL + text);
        Map<String, Listing> sources = Map.of("lesson02.java", Listing.read(folder.resolve("lesson02.java")));
        return Companion.of(Draft.of(md, true), sources, Links.within(folder, List.of(md)), Glossary.of(List.of()));
    }
}
