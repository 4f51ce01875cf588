package data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedDatabaseTest {
    private static final Scale SMALL = Scale.of("0.01");

    @TempDir
    Path folder;

    /// What the processes of these tests run: a generated database's path, or one line and the exit code of a fault.
    static final class Getting {
        public static void main(String... args) {
            try {
                IO.println(CachedDatabase.get(Path.of(args[0]), Scale.of(args[1]), 1));
            } catch (Fault fault) {
                System.err.println(fault.getMessage());
                System.exit(fault.exitCode());
            }
        }
    }

    @Test
    void itIsMadeOnce() throws Exception {
        Path file = CachedDatabase.get(folder, SMALL, 1);
        var made = Files.getLastModifiedTime(file);
        assertEquals(file, CachedDatabase.get(folder, SMALL, 1));
        assertEquals(made, Files.getLastModifiedTime(file));
    }

    @Test
    void twoProcessesAtOnceMakeOne() throws Exception {
        Process one = start(folder, "0.01");
        Process other = start(folder, "0.01");
        String said = all(one.getErrorStream()) + all(other.getErrorStream());
        assertEquals(0, one.waitFor(), said);
        assertEquals(0, other.waitFor(), said);
        assertEquals(1, said.lines().filter(line -> line.startsWith("Made")).count(), said);
        assertEquals(all(one.getInputStream()), all(other.getInputStream()));
        assertEquals(1, filesEndingIn(".db").size());
        assertEquals(List.of(), unfinished());
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAndTheDatabaseMade() throws Exception {
        byte[] former = Files.readAllBytes(CachedDatabase.get(folder, SMALL, 1));
        Process killed = start(folder, "0.1");
        while (unfinished().stream().noneMatch(part -> part.toFile().length() > 1_000_000)) {
            assertFalse(killed.waitFor(5, TimeUnit.MILLISECONDS));
        }
        killed.destroyForcibly().waitFor();
        assertFalse(unfinished().isEmpty());
        assertEquals(1, filesEndingIn(".db").size());
        CachedDatabase.get(folder, Scale.of("0.011"), 1);
        assertEquals(List.of(), unfinished());
        assertEquals(2, filesEndingIn(".db").size());
        assertArrayEquals(former, Files.readAllBytes(CachedDatabase.get(folder, SMALL, 1)));
    }

    @Test
    void aDatabaseThatIsCutOffIsMadeAnew() throws Exception {
        Path file = CachedDatabase.get(folder, SMALL, 1);
        long whole = Files.size(file);
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
            open.truncate(whole / 2);
        }
        assertEquals(whole, Files.size(CachedDatabase.get(folder, SMALL, 1)));
    }

    @Test
    void aDatabaseWithRubbishInTheMiddleIsMadeAnew() throws Exception {
        Path file = CachedDatabase.get(folder, SMALL, 1);
        byte[] whole = Files.readAllBytes(file);
        try (var open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(whole.length / 2);
            open.write("rubbish ".repeat(2_000).getBytes());
        }
        assertArrayEquals(whole, Files.readAllBytes(CachedDatabase.get(folder, SMALL, 1)));
    }

    @Test
    void aFolderThatCannotBeWrittenIsAFault() {
        assumeTrue(Files.isDirectory(Path.of("/proc")), "a folder that not even root may write");
        Fault fault = assertThrows(Fault.class, () -> CachedDatabase.get(Path.of("/proc"), SMALL, 1));
        assertEquals(Fault.USAGE, fault.exitCode());
        assertTrue(fault.getMessage().startsWith("cannot make the FlughafenDB in /proc"), fault.getMessage());
    }

    @Test
    void aFullDiskIsAFaultAndLeavesWhatWasThere() throws Exception {
        Process limit = new ProcessBuilder("sh", "-c", "ulimit -f 8192").start();
        assumeTrue(limit.waitFor() == 0, "this shell cannot limit the size of files");
        byte[] former = Files.readAllBytes(CachedDatabase.get(folder, SMALL, 1));
        Process full = start(List.of("sh", "-c", "ulimit -f 8192; exec \"$@\"", "sh"), folder, "0.1");
        String said = all(full.getErrorStream());
        assertEquals(Fault.USAGE, full.waitFor(), said);
        assertEquals(1, said.lines().filter(line -> !line.startsWith("Making")).count(), said);
        assertTrue(said.contains("cannot make the FlughafenDB"), said);
        assertEquals(List.of(), unfinished());
        assertEquals(1, filesEndingIn(".db").size());
        assertArrayEquals(former, Files.readAllBytes(CachedDatabase.get(folder, SMALL, 1)));
    }

    private static Process start(Path folder, String scale) throws IOException {
        return start(List.of(), folder, scale);
    }

    private static Process start(List<String> through, Path folder, String scale) throws IOException {
        List<String> command = new ArrayList<>(through);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                Getting.class.getName(), folder.toString(), scale));
        return new ProcessBuilder(command).start();
    }

    private static String all(InputStream stream) throws IOException {
        return new String(stream.readAllBytes());
    }

    private List<Path> unfinished() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().contains(".part")).toList();
        }
    }

    private List<String> filesEndingIn(String end) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(Path::toString).filter(name -> name.endsWith(end)).toList();
        }
    }
}
