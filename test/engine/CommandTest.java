package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command as its users type it, on a course of one lesson.
class CommandTest {
    private static final Path HOME = Home.folder().toAbsolutePath();
    private static final List<String> BUILD = Script.command(HOME.resolve("build.java"));

    @TempDir Path folder;

    @BeforeEach
    void aCourse() throws IOException {
        Files.createDirectories(folder.resolve("course"));
        write("README.md", "# A small course\n\n## Start\n\n- [Greetings](lesson01.md)\n");
        write("lesson01.md", "---\ntitle: Greetings\nminutes: 5\n---\n\n[Say hello](lesson01.java#greet)\n");
        lesson("hello", true);
    }

    @Test
    void whatIsMisspeltGetsOneLineAndASuggestion() throws Exception {
        assertEquals(new Ended(2, "there is no lesson 'leson01'; did you mean 'lesson01'?"), build("verify", "leson01"));
        assertEquals(new Ended(2, "there is no lesson 'verfy'; did you mean 'verify'?"), build("verfy"));
        assertTrue(build("--outptu", "x").said().contains("did you mean --output?"));
        assertEquals(new Ended(2, "--base-url 'x': want the address of the site's folder, such as "
                + "https://example.org/workshop/"), build("pdf", "--base-url", "x"));
    }

    @Test
    void aTextThatShowsWhatIsNotThereStopsTheBuildAtItsLine() throws Exception {
        write("lesson01.md", "---\ntitle: Greetings\nminutes: 5\n---\n\n[Say hello](lesson01.java#greeet)\n");

        Ended ended = build();

        assertEquals(1, ended.exit());
        assertTrue(ended.said().contains("lesson01.md:6: "), ended.said());
        assertFalse(Files.exists(folder.resolve("site")), "nothing half-written");
    }

    @Test
    void aCourseBecomesASiteThatIsNamedLast() throws Exception {
        Ended ended = build();

        assertEquals(0, ended.exit(), ended.said());
        Path index = Path.of(ended.said().lines().toList().getLast());
        assertTrue(index.isAbsolute() && Files.readString(index).contains("Greetings"));
        assertTrue(Files.readString(index.resolveSibling("lesson01.html")).contains("hello"));
        assertTrue(build().said().contains("cached"), "what did not change is not run again");

        Files.delete(index.resolveSibling("lesson01.html"));
        write("lesson01.md", "---\ntitle: Greetings\nminutes: 5\n---\n\nOther words.\n\n[Say hello](lesson01.java#greet)\n");
        assertTrue(build().said().contains("cached"), "another text is no other lesson");
        assertTrue(Files.readString(index.resolveSibling("lesson01.html")).contains("Other words"));

        Files.delete(index.resolveSibling("lesson01.html"));
        assertEquals(ended.said().lines().toList().getLast(), build().said().lines().toList().getLast());
        assertTrue(Files.exists(index.resolveSibling("lesson01.html")), "a site that somebody touched is mended");
    }

    @Test
    void aLessonIsAcceptedThenHoldsThenDrifts() throws Exception {
        assertEquals(1, build("verify").exit(), "there is no golden file yet");
        assertEquals(0, build("accept").exit());
        assertEquals(0, build("verify").exit());

        lesson("good morning", true);

        Ended drifted = build("verify", "lesson01");
        assertEquals(1, drifted.exit());
        assertTrue(drifted.said().contains("-    hello\n+    good morning\n"), drifted.said());
    }

    @Test
    void aFalseCheckFailsTheBuildAndVerifyWithItsLine() throws Exception {
        lesson("hello", false);

        for (Ended ended : List.of(build(), build("verify"))) {
            assertEquals(1, ended.exit());
            assertTrue(ended.said().contains("lesson01.java:6: step greet: check failed: 'it is polite'"), ended.said());
        }
    }

    @Test
    void aLessonIsAddedAndQuietSaysNothingOfWhatIsWell() throws Exception {
        Ended added = build("new", "2", "Write-behind");
        assertEquals(0, added.exit(), added.said());
        assertEquals(4, added.said().lines().count());
        assertEquals(2, build("new", "02", "Again").exit());
        assertEquals(new Ended(0, ""), build("accept", "--quiet", "--jobs", "2"));
        assertEquals(new Ended(0, ""), build("--quiet", "verify"));
        assertTrue(build("verify", "--explain").said().contains("lesson02.java did not run: nothing changed"));
    }

    @Test
    void failFastRunsNothingAfterTheFirstThatFails() throws Exception {
        lesson("hello", false);
        build("new", "02", "Write-behind");

        Ended ended = build("--output", "site", "--fail-fast");

        assertEquals(1, ended.exit());
        assertFalse(ended.said().contains("lesson02"), ended.said());
        assertFalse(Files.exists(folder.resolve("site")), "a site of half the lessons is none");
    }

    @Test
    void theDoctorTellsWhatIsThereAndWhatIsMissingAndNoPassword() throws Exception {
        Ended well = build("doctor");
        assertEquals(0, well.exit(), well.said());
        for (String part : List.of("JDK", "JBang", "Valkey", "FlughafenDB", "booking", "runs")) {
            assertTrue(well.said().contains(part), part);
        }
        Ended ill = build("doctor", "--valkey", "valkey://me:s3cret@localhost:1");
        assertEquals(2, ill.exit());
        assertTrue(ill.said().contains("localhost:1: Connection refused; start it"), ill.said());
        assertFalse(ill.said().contains("s3cret"));
        assertEquals(2, build("verify", "--scale", "many").exit());
    }

    private record Ended(int exit, String said) {}

    private Ended build(String... arguments) throws Exception {
        var command = new ArrayList<>(BUILD);
        command.addAll(List.of("--course", "course"));
        if (arguments.length == 0) command.addAll(List.of("--output", "site"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("CACHE_ME_HOME", HOME.toString()); // as the wrapper does
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said.strip());
    }

    private void lesson(String greeting, boolean polite) throws IOException {
        write("lesson01.java", """
                //JAVA 25+
                //SOURCES %s
                import static lab.Lab.*;
                void greet() {
                    IO.println("%s");
                    check("it is polite", %s);
                }
                void main() { steps(this::greet); }
                """.formatted(HOME.resolve("lessons/lab/Lab.java"), greeting, polite));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve("course").resolve(name), text);
    }
}
