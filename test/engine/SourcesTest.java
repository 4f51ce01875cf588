package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    @TempDir Path folder;

    @BeforeEach
    void aScriptOfFourFiles() throws IOException {
        Files.createDirectories(folder.resolve("lab"));
        write("lesson01.java", "//SOURCES lab/Lab.java\nvoid main() {}\n");
        write("lab/Lab.java", "package lab;\n//SOURCES Step.java\n//FILES airports.csv=../airports.csv\nclass Lab {}\n");
        write("lab/Step.java", "package lab;\n//SOURCES Lab.java https://example.com/Far.java\nclass Step {}\n");
        write("airports.csv", "ZRH\n");
    }

    @Test
    void theFilesOfAScriptAreFoundThroughEachOther() {
        Set<String> names = Sources.of(folder.resolve("lesson01.java")).stream()
                .map(file -> folder.relativize(file).toString()).collect(Collectors.toSet());

        assertEquals(Set.of("lesson01.java", "lab/Lab.java", "lab/Step.java", "airports.csv"), names);
    }

    @Test
    void aFileThatIsNotThereIsNamedAtItsLine() throws IOException {
        write("lesson01.java", "\n//SOURCES lab/Labs.java\n");

        Fault fault = assertThrows(Fault.class, () -> Sources.of(folder.resolve("lesson01.java")));

        assertEquals(folder.resolve("lesson01.java") + ":2: there is no file 'lab/Labs.java'; did you mean 'Lab.java'?",
                fault.getMessage());
    }

    @Test
    void aPatternIsRefusedBecauseItIsLostOnTheWebRoute() throws IOException {
        write("lesson01.java", "//SOURCES lab/*.java\n");

        assertThrows(Fault.class, () -> Sources.of(folder.resolve("lesson01.java")));
    }

    @Test
    void theKeyFollowsEveryFileAndTheBench() throws IOException {
        String key = key("Valkey 9.1.2");

        assertEquals(key, key("Valkey 9.1.2"));
        assertNotEquals(key, key("Valkey 8.0.1"));
        write("airports.csv", "BSL\n");
        assertNotEquals(key, key("Valkey 9.1.2"));
    }

    private String key(String valkey) {
        var bench = new Bench(valkey, "", "", "", Map.of());
        return Inputs.of(folder.resolve("lesson01.java"), Role.LESSON, bench, new Digests()).key();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
