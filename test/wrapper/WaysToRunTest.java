package wrapper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each way to run a lesson that the README names. The lessons are the project's own; `--help` is enough to see one start.
class WaysToRunTest {
    private static final Path PROJECT = project();

    @TempDir Path folder;

    @Test
    void byItsFileFromAnyFolder() throws Exception {
        assertStarts(run(PROJECT, Map.of(), "./jbang", "lessons/lesson02.java", "--help"));
        assertStarts(run(PROJECT.resolve("lessons"), Map.of(), "../jbang", "lesson02.java", "--help"));
        assertStarts(run(folder, Map.of(), PROJECT.resolve("jbang").toString(),
                PROJECT.resolve("lessons/lesson02.java").toString(), "--help"));
    }

    @Test
    void byItsAlias() throws Exception {
        assertStarts(run(PROJECT, Map.of(), "./jbang", "lesson02", "--help"));
        for (String script : List.of("exercise02", "solution02")) {
            assertEquals(0, run(PROJECT, Map.of(), "./jbang", script, "--help").exit());
        }
    }

    @Test
    void whatItSaysIsReadableWithoutALocale() throws Exception {
        Outcome outcome = run(PROJECT, Map.of("LC_ALL", "C"), "./jbang", "build.java", "doctor");
        assertTrue(outcome.out().contains("✔ JDK"), outcome.out());
    }

    @Test
    void aMisspeltKnobIsRefusedWithASuggestion() throws Exception {
        Outcome outcome = run(PROJECT, Map.of(), "./jbang", "lessons/lesson02.java", "--raeds=5");
        assertEquals(2, outcome.exit());
        assertTrue(outcome.err().contains("there is no knob 'raeds'; did you mean 'reads'?"), outcome.err());
    }

    /// With a JBang cache of its own: every file that the lesson needs comes from the server, or is missed.
    @Test
    void byItsUrl() throws Exception {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer server = SimpleFileServer.createFileServer(address, PROJECT, OutputLevel.NONE);
        server.start();
        try {
            String site = "http://localhost:%d/".formatted(server.getAddress().getPort());
            Path maven = Path.of(System.getenv().getOrDefault("JBANG_REPO",
                    System.getProperty("user.home") + "/.m2/repository")); // the libraries are not what is looked at
            var fresh = Map.of("JBANG_DIR", folder.resolve("jbang").toString(), "JBANG_REPO", maven.toString());
            assertEquals(0, run(folder, fresh, PROJECT.resolve("jbang").toString(), "trust", "add", site).exit());
            assertStarts(run(folder, fresh, PROJECT.resolve("jbang").toString(), site + "lessons/lesson02.java", "--help"));
        } finally {
            server.stop(0);
        }
    }

    private static void assertStarts(Outcome outcome) {
        assertEquals(0, outcome.exit(), outcome.err());
        assertTrue(outcome.out().contains("--reads"), outcome.out());
    }

    private static Outcome run(Path from, Map<String, String> environment, String... command) throws Exception {
        var builder = new ProcessBuilder(command).directory(from.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), out, err);
    }

    private static Path project() {
        String project = System.getenv("CACHE_ME_HOME"); // a stock JBang does not set it
        return Path.of(project == null ? "" : project).toAbsolutePath();
    }
}
