package data.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Imports in processes of their own.
class ImportProcessTest {
    @TempDir Path folder;
    private Path file;
    private Path part;

    /// What the processes of these tests run.
    static final class Importing {
        public static void main(String... args) {
            System.exit(ImportCommand.run(args));
        }
    }

    @BeforeEach
    void setUp() {
        file = folder.resolve("imported.db");
        part = folder.resolve("imported.db.part");
    }

    @Test
    void whatAKilledOneLeftIsRemovedByTheNext() throws Exception {
        Process killed = start(List.of(), large());
        while (Files.notExists(part)) assertFalse(killed.waitFor(2, TimeUnit.MILLISECONDS));
        killed.destroyForcibly().waitFor();
        assertTrue(Files.exists(part) && Files.notExists(file));
        Path small = new SmallDump(folder.resolve("small")).write().folder;
        assertEquals(0, ImportCommand.run(small.toString(), "--output", file.toString()));
        assertTrue(Files.exists(file) && Files.notExists(part));
    }

    @Test
    void oneIsRefusedWhileAnotherProcessWrites() throws Exception {
        Path small = new SmallDump(folder.resolve("small")).write().folder;
        try (var _ = new OutputFile(file)) {
            Process second = start(List.of(), small);
            String said = new String(second.getInputStream().readAllBytes());
            assertEquals(Fault.USAGE, second.waitFor(), said);
            assertTrue(said.contains("another import is writing it"), said);
        }
        assertEquals(0, ImportCommand.run(small.toString(), "--output", file.toString()));
    }

    /// 2 MiB a file, which the native libraries just fit into.
    @Test
    void aFullDiskIsAFaultAndLeavesNothing() throws Exception {
        Process limit = new ProcessBuilder("sh", "-c", "ulimit -f 4096").start();
        assumeTrue(limit.waitFor() == 0, "this shell cannot limit the size of files");
        Files.writeString(file, "the former one");
        Process full = start(List.of("sh", "-c", "ulimit -f 4096; exec \"$@\"", "sh"), large());
        String said = new String(full.getInputStream().readAllBytes());
        assertEquals(Fault.USAGE, full.waitFor(), said);
        assertTrue(said.contains("imported.db: cannot be written ("), said);
        assertEquals("the former one", Files.readString(file));
        assertTrue(Files.notExists(part));
    }

    @Test
    void theScriptImports() throws Exception {
        String home = System.getenv("CACHE_ME_HOME");
        assumeTrue(home != null, "only the project's own jbang says where the project is");
        Path small = new SmallDump(folder.resolve("small")).write().folder;
        Process script = new ProcessBuilder(home + "/jbang", home + "/data/import.java", small.toString(), "--output",
                file.toString()).start();
        String said = new String(script.getInputStream().readAllBytes());
        assertEquals(0, script.waitFor());
        assertEquals("FLUGHAFENDB=" + file.toRealPath(), said.strip());
        assertTrue(Files.exists(file));
    }

    /// A dump that takes a moment, and more than 2 MiB.
    private Path large() throws IOException {
        var passengers = new StringBuilder();
        for (int i = 11; i < 80_000; i++) passengers.append(i).append("\tP").append(i).append("\tAda\tLovelace\n");
        return new SmallDump(folder.resolve("large")).rows("passenger", passengers.toString()).write().folder;
    }

    private Process start(List<String> through, Path dump) throws IOException {
        List<String> command = new ArrayList<>(through);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                Importing.class.getName(), dump.toString(), "--output", file.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
