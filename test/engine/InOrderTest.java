package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InOrderTest {
    private final List<Lesson> lessons = Stream.of("lesson01", "lesson02", "lesson03").map(InOrderTest::lesson).toList();
    private final List<Run> told = new ArrayList<>();

    @Test
    void lessonsRunBesideEachOtherAndResultsComeInOrder() {
        var together = new CyclicBarrier(3);
        var lastRan = new CountDownLatch(1);

        List<Run> runs = new InOrder(3, false).run(lessons, lesson -> {
            meet(together);
            if (lesson.id().equals("lesson03")) lastRan.countDown();
            else await(lastRan);
            return run(lesson, true);
        }, told::add);

        assertEquals(List.of("lesson01", "lesson02", "lesson03"), ids(runs));
        assertEquals(runs, told);
    }

    @Test
    void theFirstThatFailsIsTheLastIfItIsToFailFast() {
        var begun = new ArrayList<String>();

        List<Run> runs = new InOrder(1, true).run(lessons, lesson -> {
            begun.add(lesson.id());
            return run(lesson, !lesson.id().equals("lesson01"));
        }, told::add);

        assertEquals(List.of("lesson01"), ids(runs));
        assertEquals(List.of("lesson01"), begun);
        assertEquals(runs, told);
        assertEquals(3, new InOrder(1, false).run(lessons, lesson -> run(lesson, false), told::add).size());
    }

    @Test
    void whatARunThrowsIsThrown() {
        assertThrows(IllegalArgumentException.class, () -> new InOrder(2, false).run(lessons, lesson -> {
            throw new IllegalArgumentException(lesson.id());
        }, told::add));
    }

    private static List<String> ids(List<Run> runs) {
        return runs.stream().map(run -> run.lesson().id()).toList();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError("they do not run beside each other", e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Run run(Lesson lesson, boolean well) {
        Optional<String> failure = well ? Optional.empty() : Optional.of("a check failed");
        return new Run(lesson, new Outcome("", Transcript.EMPTY, true, 0, failure), Optional.empty(), Optional.empty());
    }

    private static Lesson lesson(String id) {
        return new Lesson(id, id, "", "Start", Path.of(id + ".java"), Path.of(id + ".md"), Path.of(id + ".out"),
                Optional.empty(), Optional.empty());
    }
}
