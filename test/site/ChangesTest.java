package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two sources in, hunks out: a line for each, `+` where it is new, `-` where it is gone.
class ChangesTest {
    @TempDir Path folder;

    @Test
    void aChangeHasThreeLinesAroundIt() throws IOException {
        assertChanges("a b c d e f g h i", "a b c d X f g h i", "2: b c d -e +X f g h", 1, 1);
    }

    @Test
    void changesNearEachOtherAreOneHunk() throws IOException {
        assertChanges("a b c d e f g h", "X b c d e f g Y", "1: -a +X b c d e f g -h +Y", 2, 2);
    }

    @Test
    void changesFarApartAreTwo() throws IOException {
        assertChanges("a b c d e f g h i", "X b c d e f g h i Y", "1: -a +X b c d|7: g h i +Y", 2, 1);
    }

    @Test
    void nothingChanged() throws IOException {
        assertChanges("a b", "a b", "", 0, 0);
    }

    @Test
    void aMarkThatSpansLinesIsWholeOnEach() throws IOException {
        Changes changes = changes("\"\"\"\nin\n\"\"\"", "\"\"\"\nout\n\"\"\"");
        assertEquals("<c-s>out</c-s>", changes.hunks().getFirst().lines().get(2).code().markup());
    }

    private void assertChanges(String from, String to, String expected, int added, int removed) throws IOException {
        Changes changes = changes(from.replace(' ', '\n'), to.replace(' ', '\n'));
        assertEquals(expected, String.join("|", changes.hunks().stream().map(ChangesTest::show).toList()));
        assertEquals(List.of(added, removed), List.of(changes.added(), changes.removed()));
    }

    private Changes changes(String from, String to) throws IOException {
        return Changes.of(Files.writeString(folder.resolve("from.java"), from),
                Files.writeString(folder.resolve("to.java"), to));
    }

    private static String show(Changes.Hunk hunk) {
        Stream<String> lines = hunk.lines().stream().map(line -> switch (line.kind()) {
            case "ins" -> "+";
            case "del" -> "-";
            default -> "";
        } + line.code().markup());
        return hunk.line() + ": " + String.join(" ", lines.toList());
    }
}
