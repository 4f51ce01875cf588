package engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Each lesson as a test: it runs, says what its golden file says, its exercise starts unsolved, its solution holds.
class LessonsTest {
    private final Course course = Course.read(Home.folder().resolve("lessons"));

    @Test
    void thereAreLessons() {
        assertFalse(course.lessons().isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> eachLessonHolds() {
        Runner runner = new Runner(Bench.find(), List.of());
        return course.lessons().stream().map(lesson -> DynamicTest.dynamicTest(lesson.id(),
                () -> Golden.hold(runner.run(lesson)).failure().ifPresent(reason -> fail("\n" + reason))));
    }

    @Test
    void eachTextIsWhole() {
        Text.read(course);
    }
}
