package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ladder, with small scripts for the programs of each rung; and one real fetch.
class ValkeyBinaryTest {
    @TempDir Path folder;
    private Path cache;
    private Path early;
    private Path late;

    @BeforeEach
    void folders() throws IOException {
        cache = Files.createDirectories(folder.resolve("a cache"));
        early = Files.createDirectories(folder.resolve("early on path"));
        late = Files.createDirectories(folder.resolve("late"));
    }

    @Test
    void aKeptCopyComesBeforePathAndIsNotStarted() throws IOException {
        keep("9.0.1", "echo started >'" + folder.resolve("started") + "'");
        server(early, "9.1.2");
        ValkeyBinary found = find();
        assertEquals("9.0.1", found.version().toString());
        assertEquals(cache.resolve("9.0.1/bin/valkey-server"), found.path());
        assertFalse(Files.exists(folder.resolve("started")));
    }

    @Test
    void theNewestOfTheKeptCopiesWins() throws IOException {
        keep("9.9.0", "");
        keep("9.10.0", "");
        keep("8.1.1", "");
        assertEquals("9.10.0", find().version().toString());
    }

    @Test
    void aHalfCopyIsNoCopy() throws IOException {
        Files.createDirectories(cache.resolve("9.1.2/bin"));
        Files.createDirectories(cache.resolve("fetch-123/valkey/bin"));
        server(early, "9.0.0");
        assertEquals(early.resolve("valkey-server"), find().path());
    }

    @Test
    void aNewerOnPathComesBeforeAnOlderCopy() throws IOException {
        keep("8.1.1", "");
        server(early, "8.0.1");
        server(late, "9.1.2");
        assertEquals(late.resolve("valkey-server"), find().path());
    }

    @Test
    void whereAllAreOlderTheFirstWins() throws IOException {
        server(early, "8.0.1");
        server(late, "8.1.1");
        assertEquals("8.0.1", find().version().toString());
    }

    @Test
    void aTooOldOneIsRefusedAndNamedWithAWayOutForEachSystem() throws IOException {
        server(early, "7.2.5");
        TestPrograms.write(late, "valkey-server", "echo 'cannot open shared object file' >&2; exit 127");
        Fault fault = assertThrows(Fault.class, this::find);
        assertEquals(Fault.USAGE, fault.exitCode());
        assertTrue(fault.getMessage().startsWith("no Valkey 8.0 or later here ("), fault.getMessage());
        assertTrue(fault.getMessage().contains(early.resolve("valkey-server") + " is 7.2.5"), fault.getMessage());
        assertTrue(fault.getMessage().contains(late.resolve("valkey-server")
                + " does not say its version: cannot open shared object file"), fault.getMessage());
        for (String system : List.of("Debian, Ubuntu", "Fedora", "Arch", "Alpine", "macOS", "Docker"))
            assertTrue(fault.getMessage().contains("\n  " + system + " "), fault.getMessage());
    }

    @Test
    void aFetchThatFailsSaysWhyAndLeavesNothing() throws IOException {
        TestPrograms.write(early, "apt-get", "echo 'E: no network' >&2; exit 100");
        Fault fault = assertThrows(Fault.class, this::find);
        assertTrue(fault.getMessage().contains("the distribution's package: "), fault.getMessage());
        assertTrue(names(cache).stream().noneMatch(name -> name.startsWith("fetch-")), names(cache).toString());
    }

    @Test
    void whoHasAnOlderOneLooksForAPackageOnlyOnceAWeek() throws IOException {
        server(late, "8.1.1");
        TestPrograms.write(early, "apt-get", "exit 100");
        Path looked = cache.resolve("looked");
        assertEquals("8.1.1", find().version().toString());
        assertTrue(Files.exists(looked));

        FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
        Files.setLastModifiedTime(looked, yesterday);
        assertEquals("8.1.1", find().version().toString());
        assertEquals(yesterday, Files.getLastModifiedTime(looked));

        Files.setLastModifiedTime(looked, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        assertEquals("8.1.1", find().version().toString());
        assertTrue(Files.getLastModifiedTime(looked).compareTo(yesterday) > 0);
    }

    @Test
    void thePackageIsUnpackedWithoutRootRunsAndIsKept() throws Exception {
        String path = System.getenv("PATH");
        assumeTrue(!ValkeyBinary.programs("apt-get", path).isEmpty(), "no apt-get here");
        Files.createDirectories(cache.resolve("fetch-of-one-that-was-killed/valkey"));
        List<ValkeyBinary> fetched = new ValkeyPackage(cache, path).fetch(false, List.of());
        String version = fetched.getFirst().version().toString();
        assertTrue(fetched.getFirst().isPreferred(), version);
        assertEquals(fetched.getFirst().path(), ValkeyBinary.keptIn(cache).getFirst().path());
        assertEquals(version, ValkeyBinary.unpackedIn(cache.resolve(version)).toString());
        assertEquals(List.of(version, "lock", "looked"), names(cache));
    }

    private ValkeyBinary find() {
        return ValkeyBinary.find(cache, early + ":" + late);
    }

    private void keep(String version, String script) throws IOException {
        TestPrograms.write(cache.resolve(version).resolve("bin"), "valkey-server", script);
    }

    private static void server(Path folder, String version) throws IOException {
        TestPrograms.write(folder, "valkey-server", "echo 'Valkey server v=" + version + " sha=00000000:0 bits=64'");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
