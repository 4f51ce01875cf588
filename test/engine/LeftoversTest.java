package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    @TempDir Path folder;

    @Test
    void allGoesButWhatABuildWritesRightNow() throws IOException {
        String mine = ProcessHandle.current().pid() + "-1.running";
        String nobodys = Integer.MAX_VALUE + "-1.running"; // no system has so high a process id
        for (String name : List.of("a.jsonl", "b.jsonl", "c.inputs", mine, nobodys, "0feca186-1.running")) {
            Files.writeString(folder.resolve(name), "x".repeat(300));
        }

        assertEquals("2 runs, 1.5\u00a0kB", new Leftovers(List.of(folder)).forget());

        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(folder.resolve(mine)), left.toList());
        }
        assertEquals("0 runs, 0\u00a0B", new Leftovers(List.of(folder)).forget());
    }
}
