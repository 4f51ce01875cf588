package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lab.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lessons written here stand on the real lab, and run in processes of their own.
class RunnerTest {
    private static final Path LAB = Home.folder().resolve("lessons/lab/Lab.java").toAbsolutePath();

    @TempDir Path folder;

    @Test
    void aLessonRunsOnceAndIsRememberedUntilAFileOfItChanges() throws IOException {
        Files.writeString(folder.resolve("words.txt"), "hello");
        Lesson lesson = lesson("//FILES words.txt", """
                void greet() throws Exception {
                    IO.println(new String(getClass().getResourceAsStream("/words.txt").readAllBytes()));
                    check("it greets", true);
                }
                void main() { steps(this::greet); }
                """);

        Run first = run(lesson);
        Run second = run(lesson);
        Files.writeString(lesson.text(), "other words about it");
        Run third = run(lesson);
        Files.writeString(folder.resolve("words.txt"), "good morning");
        Run fourth = run(lesson);

        assertEquals(Optional.empty(), first.failure());
        assertEquals(List.of(true, false, false, true), Stream.of(first, second, third, fourth).map(Run::fresh).toList());
        assertEquals(List.of(new Event.Printed("hello")), second.transcript().all(Event.Printed.class).toList());
        assertEquals(List.of(new Event.Printed("good morning")), fourth.transcript().all(Event.Printed.class).toList());
        assertTrue(runner(List.of(lesson), 60).run(lesson).fresh(), "--rerun runs what did not change");
    }

    @Test
    void whyALessonRanIsKnown() throws IOException {
        Lesson lesson = lesson("", "void one() { check(\"one\", true); } void main() { steps(this::one); }");
        assertEquals("never ran here", run(lesson).main().why());
        assertEquals("nothing changed", run(lesson).main().why());
        assertEquals("--rerun", runner(List.of(lesson), 60).run(lesson).main().why());

        Files.writeString(folder.resolve("words.txt"), "hello");
        lesson("//FILES words.txt", "void one() { check(\"one\", false); } void main() { steps(this::one); }");
        assertEquals("lesson01.java changed, words.txt is new", run(lesson).main().why());
        assertEquals("its last run failed", run(lesson).main().why());

        Files.writeString(folder.resolve("words.txt"), "good morning");
        var bench = new Bench("9.1.2", "9.1.2", "no database", "", Map.of());
        assertEquals("Valkey is 9.1.2, was no Valkey, words.txt changed",
                runner(bench, List.of(), 60).run(lesson).main().why());
    }

    @Test
    void aBrokenCheckIsToldWithItsLineAndNotRemembered() throws IOException {
        Lesson lesson = lesson("", """
                void sums() {
                    check("one and one is three", 1 + 1 == 3);
                }
                void main() { steps(this::sums); }
                """);

        assertEquals(lesson.source() + ":6: step sums: check failed: 'one and one is three'",
                run(lesson).failure().orElseThrow());
        assertTrue(run(lesson).fresh());
    }

    @Test
    void aLessonThatThrowsHangsOrLeavesIsTold() throws IOException {
        assertEquals(folder.resolve("lesson01.java") + ":5: step one: java.lang.IllegalStateException: no seat left",
                failure("void one() { throw new IllegalStateException(\"no seat left\"); }"
                        + " void main() { steps(this::one); }", 60));
        assertEquals(folder.resolve("lesson01.java") + ": did not end within 3 s, in step one",
                failure("void one() throws Exception { Thread.sleep(60_000); } void main() { steps(this::one); }", 3));
        assertEquals(folder.resolve("lesson01.java") + ": ended with exit code 3 in step one (System.exit?)",
                failure("void one() { System.exit(3); } void main() { steps(this::one); }", 60));
    }

    @Test
    void aLessonThatDoesNotCompileIsToldWithItsLine() throws IOException {
        assertEquals(folder.resolve("lesson01.java") + ":5: not a statement", failure("void main() { 1; }", 60));
    }

    @Test
    void anExerciseStartsUnsolvedAndItsSolutionHolds() throws IOException {
        String unsolved = "void one() { check(\"done\", false); } void main() { steps(this::one); }";
        String solved = "void one() { check(\"done\", true); } void main() { steps(this::one); }";
        Lesson lesson = lesson(script("lesson01", "", solved), Optional.of(script("exercise01", "", unsolved)),
                Optional.of(script("solution01", "", solved)));
        assertEquals(Optional.empty(), run(lesson).failure());

        script("exercise01", "", solved);
        script("solution01", "", unsolved);
        assertEquals("""
                %1$s/exercise01.java: starts solved: every check holds; an exercise must fail one until it is solved
                %1$s/solution01.java:5: step one: check failed: 'done'""".formatted(folder),
                run(lesson).failure().orElseThrow());
        assertFalse(run(lesson).main().fresh());
    }

    @Test
    void anInterruptEndsAnExerciseToo() throws Exception {
        Path begun = folder.resolve("begun");
        Lesson lesson = lesson(script("lesson01", "", "void one() {} void main() { steps(this::one); }"),
                Optional.of(script("exercise01", "", """
                        void one() throws Exception {
                            java.nio.file.Files.createFile(java.nio.file.Path.of("%s"));
                            Thread.sleep(60_000);
                        }
                        void main() { steps(this::one); }
                        """.formatted(begun))), Optional.empty());
        Thread running = Thread.ofPlatform().start(() -> run(lesson));
        while (Files.notExists(begun)) assertFalse(running.join(Duration.ofMillis(10)), "it did not come to run");
        running.interrupt();
        assertTrue(running.join(Duration.ofSeconds(10)), "the exercise goes on");
    }

    private String failure(String code, int limit) throws IOException {
        return runner(List.of(), limit).run(lesson("", code)).failure().orElseThrow();
    }

    private Run run(Lesson lesson) {
        return runner(List.of(), 60).run(lesson);
    }

    private Runner runner(List<Lesson> again, int limit) {
        return runner(new Bench("no Valkey", "", "no database", "", Map.of()), again, limit);
    }

    private Runner runner(Bench bench, List<Lesson> again, int limit) {
        return new Runner(bench, Duration.ofSeconds(limit), again, new RunCache(folder), new Digests());
    }

    private Lesson lesson(String directive, String code) throws IOException {
        return lesson(script("lesson01", directive, code), Optional.empty(), Optional.empty());
    }

    private Lesson lesson(Path source, Optional<Path> exercise, Optional<Path> solution) {
        return new Lesson("lesson01", "First", "", "Start", source, folder.resolve("lesson01.md"),
                folder.resolve("lesson01.out"), exercise, solution);
    }

    /// The code begins on line 5.
    private Path script(String name, String directive, String code) throws IOException {
        return Files.writeString(folder.resolve(name + ".java"), """
                //JAVA 25+
                //SOURCES %s
                %s
                import static lab.Lab.*;
                %s""".formatted(LAB, directive, code));
    }
}
