package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    @TempDir Path folder;

    @Test
    void theFirstProcessorIsNamed() throws IOException {
        assertEquals(Optional.of("AMD EPYC: 9B14"),
                named("processor\t: 0\nmodel name\t: AMD EPYC: 9B14\n\nmodel name\t: B\n"));
    }

    @Test
    void aListWithoutNamesHasNone() throws IOException {
        assertEquals(Optional.empty(), named("processor\t: 0\nCPU part\t: 0xd0c\n"));
        assertEquals(Optional.empty(), Machine.modelName(folder.resolve("none")));
    }

    @Test
    void thereIsAlwaysSomethingToSay() {
        assertFalse(Machine.processor().isBlank());
    }

    private Optional<String> named(String cpuinfo) throws IOException {
        return Machine.modelName(Files.writeString(folder.resolve("cpuinfo"), cpuinfo));
    }
}
