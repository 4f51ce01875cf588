package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The pairs of steps that a front matter names. `~` stands for a line end; the pairs begin at line 5.
class AvoidedTest {
    @TempDir Path folder;

    @Test
    void pairsAreRead() throws IOException {
        assertEquals(List.of(new Avoided("second", "first", "readers"), new Avoided("first", "second", null)),
                read("- {with: second, without: first, of: readers}~- without: second~  with: first~").avoided());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            - {with: secnd, without: first}                  | 5: no step 'secnd' in lesson02.java; did you mean 'second'?
            - {with: second, without: load}                  | 5: no step 'load' in lesson02.java; there is first, second
            - {with: second, without: first, of: reader}     | 5: no knob 'reader' in lesson02.java; did you mean 'readers'?
            - {with: first, without: second}~- {with: first, without: secod} | 6: no step 'secod' in lesson02.java; did you mean 'second'?
            - with: first~  without: firts                   | 6: no step 'firts' in lesson02.java; did you mean 'first'?
            - {with: first, without: first}                  | 5: with and without are the same step
            - {with: first}                                  | 4: an entry of avoided names two steps; write - {with: STEP, without: STEP}
            -~                                               | 4: an entry of avoided names two steps; write - {with: STEP, without: STEP}
            - {wiht: first, without: second}                 | 5: unknown field 'wiht'; did you mean 'with'?
            first                                            | 4: avoided is a list; write - {with: STEP, without: STEP}
            - first                                          | 4: avoided is a list; write - {with: STEP, without: STEP}
            """)
    void whatIsWrongIsSaidAtItsLine(String pairs, String message) {
        String said = assertThrows(Fault.class, () -> read(pairs + "~")).getMessage();
        assertEquals("lesson02.md:" + message, said.replace(folder + "/", "").lines().findFirst().orElseThrow());
    }

    @Test
    void aStepThatIsShownWithoutItsOutputIsNoPlaceToLeadTo() throws IOException {
        write("lesson02.java", "void main() { steps(this::first, this::second); }~void first() {}~void second() {}~");
        Path text = write("lesson02.md", "---~title: T~minutes: 5~avoided:~- {with: second, without: first}~---~"
                + "[A](lesson02.java#first \"code\")~[B](lesson02.java#second)~");
        Draft draft = Draft.of(text, true);
        var code = Map.of("lesson02.java", Listing.read(folder.resolve("lesson02.java")));
        Fault fault = assertThrows(Fault.class, () -> Companion.of(draft, code, Links.within(folder, List.of(text)), Glossary.of(List.of())));
        assertEquals("5: avoided leads to what 'first' did, which no cell shows; give it one with its output",
                fault.getMessage().replace(text + ":", "").lines().findFirst().orElseThrow());
    }

    private Companion read(String pairs) throws IOException {
        Path code = write("lesson02.java", """
                final int readers = knob("readers", 50);
                void main() { steps(this::first, this::second); }
                void first() {}
                void second() {}
                """);
        String yaml = pairs.startsWith("-") ? "avoided:~" + pairs : "avoided:~  " + pairs;
        Path text = write("lesson02.md", "---~title: T~minutes: 5~" + yaml
                + "---~[A](lesson02.java#first)~[B](lesson02.java#second)~");
        return Companion.of(Draft.of(text, true), Map.of("lesson02.java", Listing.read(code)), Links.within(folder, List.of(text)), Glossary.of(List.of()));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text.replace('~', '\n'));
    }
}
