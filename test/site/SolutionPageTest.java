package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An exercise, and the page of its solution.
class SolutionPageTest {
    @TempDir static Path folder;
    private static Document lesson;
    private static Document solution;

    @BeforeAll
    static void write() throws IOException {
        Course course = Course.read(Path.of("test/engine/course"));
        Site.of(course, Text.read(course), course.scripts().stream().map(SolutionPageTest::run).toList(),
                new Bench("9.1.2", "9.1.2", "scale 0.1", "0.1", Map.of())).write(folder, Fixture.TEMPLATES);
        lesson = Jsoup.parse(Files.readString(folder.resolve("lesson02.html")));
        solution = Jsoup.parse(Files.readString(folder.resolve("solution02.html")));
    }

    @Test
    void theWayToItIsFoldedAndComesAfterTheHints() {
        assertEquals("solution02.html", lesson.select(".hint + details.solution:not([open]) a").attr("href"));
        assertEquals(1, lesson.select("[href*=solution02]").size());
    }

    @Test
    void itLeadsBackToTheExercise() {
        assertEquals(List.of("lesson02.html#exercise", "lesson02.html#exercise"),
                solution.select("main a[href^=lesson]").eachAttr("href"));
        assertEquals("Solution", solution.select("h1").text());
        assertEquals("./jbang course/exercises/solution02.java", solution.select(".command code").text());
    }

    @Test
    void itShowsWhatSolvesItAndWhatThatChanges() {
        assertEquals("solution02.java:10", solution.select("#cell-departures .where").text());
        assertTrue(solution.select("#cell-departures .code").text().contains("valkey().exists(key)"));
        assertEquals("4 new, 1 gone", solution.select("#diff .where").text());
        assertEquals(List.of("    loads++; // to do: ask Valkey first\n"),
                solution.select("#diff del").stream().map(line -> line.wholeText()).toList());
        assertEquals(4, solution.select("#diff ins").size());
    }

    @Test
    void itShowsWhatEachStepDid() {
        assertEquals("kept an absent airport is loaded once line 19",
                solution.select("#cell-absent .checks li").text());
        assertEquals(1, solution.select("#cell-absent .sequence").size());
        assertEquals("1 promise, kept", solution.select(".promises").text());
    }

    @Test
    void theWholeFileIsThereToTakeAlong() throws IOException {
        assertEquals(Files.readString(Path.of("test/engine/course/exercises/solution02.java")).strip(),
                solution.select("figure:has(.fold) .code").first().wholeText());
    }

    @Test
    void whereThereIsNoExerciseThereIsNoSolution() {
        assertFalse(Files.exists(folder.resolve("solution01.html")));
    }

    private static Run run(Lesson lesson) {
        return new Run(lesson, outcome(), lesson.exercise().map(_ -> outcome(absent(false))),
                lesson.solution().map(_ -> outcome(absent(true))));
    }

    private static Recording absent(boolean holds) {
        return new Recording("absent").command(10, 50, "EXISTS departures:ZZZ", "0")
                .checks(90, "an absent airport is loaded once", holds, 19).ended(120, Recording.added());
    }

    private static Outcome outcome(Recording... steps) {
        var transcript = new Transcript(Optional.empty(), Stream.of(steps).map(Recording::step).toList(), List.of(),
                Optional.of(new lab.Event.Ended(1, 0, 400)));
        return new Outcome("never ran here", transcript, true, 1, Optional.empty());
    }
}
