package engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Each lesson, and each guide with a script, as a test: it runs, says what its golden file says, its exercise starts
/// unsolved, its solution holds.
class LessonsTest {
    private static final long PAGE = 150_000; // bytes that a reader waits for, style sheet included

    @TempDir static Path folder;

    private final Bench bench = Bench.find(null, null);
    private final Course course = Course.read(Home.folder().resolve("lessons"));

    @Test
    void thereAreLessons() {
        assertFalse(course.lessons().isEmpty());
    }

    /// The pages come last, of what ran before.
    @TestFactory
    Stream<DynamicTest> eachLessonHolds() {
        Runner runner = new Runner(bench, List.of());
        List<Run> runs = new ArrayList<>();
        return Stream.concat(course.scripts().stream().map(lesson -> DynamicTest.dynamicTest(lesson.id(), () -> {
            runs.add(Golden.hold(runner.run(lesson)));
            runs.getLast().failure().ifPresent(reason -> fail("\n" + reason));
        })), Stream.of(DynamicTest.dynamicTest("pages stay small", () -> pagesStaySmall(runs))));
    }

    private void pagesStaySmall(List<Run> runs) throws IOException {
        Path site = folder.resolve("site");
        Site.of(course, Text.read(course), runs, bench).write(site, Home.folder().resolve("templates"));
        long style = Files.size(site.resolve("style.css"));
        for (Lesson lesson : course.lessons()) {
            long page = Files.size(site.resolve(lesson.id() + ".html"));
            assertTrue(page + style < PAGE,
                    "%s: %,d bytes of page and %,d of style".formatted(lesson.id(), page, style));
        }
    }

    @Test
    void eachTextIsWhole() {
        Text.read(course);
    }
}
