package engine;

import static engine.Told.LAST;
import static engine.Told.check;
import static engine.Told.end;
import static engine.Told.start;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import lab.Event;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Path SOURCE = Path.of("lessons/lesson01.java");

    @Test
    void aLessonThatHoldsAllItsChecksHasNoFailure() {
        assertEquals("", verdict(Role.LESSON, exit(0), start("one"), check("it holds", true, 3), end("one"), LAST));
    }

    @Test
    void eachBrokenCheckIsNamedWithItsStepAndLine() {
        assertEquals("""
                lessons/lesson01.java:3: step one: check failed: 'first'
                lessons/lesson01.java:9: step two: check failed: 'third'""",
                verdict(Role.LESSON, exit(1), start("one"), check("first", false, 3), check("second", true, 4), end("one"),
                        start("two"), check("third", false, 9), end("two"), LAST));
    }

    @Test
    void whatAStepThrewIsNamedWithItsLine() {
        assertEquals("lessons/lesson01.java:5: step one: java.lang.IllegalStateException: no seat left",
                verdict(Role.LESSON, exit(1), start("one"),
                        new Event.Failed("java.lang.IllegalStateException: no seat left", "lesson01.java", 5, "trace"),
                        end("one")));
    }

    @Test
    void whatTookTooLongSaysInWhichStep() {
        assertEquals("lessons/lesson01.java: did not end within 60 s, in step one",
                verdict(Role.LESSON, new Execution(OptionalInt.empty(), ""), start("one")));
    }

    @Test
    void aLessonThatLeavesEarlyIsFoundOut() {
        assertEquals("lessons/lesson01.java: ended with exit code 0 in step one (System.exit?)",
                verdict(Role.LESSON, exit(0), start("one")));
        assertEquals("lessons/lesson01.java: ended with exit code 134 before its first step: out of memory",
                verdict(Role.LESSON, new Execution(OptionalInt.of(134), "out of memory\nmore\n")));
        assertEquals("lessons/lesson01.java: ended with exit code 3 after its last step",
                verdict(Role.LESSON, exit(3), start("one"), end("one"), LAST));
    }

    @Test
    void aSetUpThatIsWrongSpeaksForItself() {
        assertEquals("no Valkey to be had; install it",
                verdict(Role.LESSON, new Execution(OptionalInt.of(2), "no Valkey to be had; install it\n")));
    }

    @Test
    void aLessonWithoutAStepShowsNothing() {
        assertEquals("lessons/lesson01.java: has no step", verdict(Role.LESSON, exit(0), LAST));
    }

    @Test
    void anExerciseMustStartUnsolved() {
        assertEquals("", verdict(Role.EXERCISE, exit(1), start("one"), check("to do", false, 3), end("one"), LAST));
        assertEquals("lessons/lesson01.java: starts solved: every check holds; an exercise must fail one until it is solved",
                verdict(Role.EXERCISE, exit(0), start("one"), check("done", true, 3), end("one"), LAST));
        assertEquals("lessons/lesson01.java:4: step one: boom",
                verdict(Role.EXERCISE, exit(1), start("one"), new Event.Failed("boom", "lesson01.java", 4, ""),
                        end("one")));
    }

    @Test
    void aSolutionMustHold() {
        assertEquals("lessons/lesson01.java:3: step one: check failed: 'to do'",
                verdict(Role.SOLUTION, exit(1), start("one"), check("to do", false, 3), end("one"), LAST));
    }

    private static Execution exit(int code) {
        return new Execution(OptionalInt.of(code), "");
    }

    private static String verdict(Role role, Execution execution, Event... events) {
        var verdict = new Verdict(SOURCE, role, Told.of(events).transcript());
        return verdict.failure(execution, Duration.ofSeconds(60)).orElse("");
    }
}
