package engine;

import data.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/// Runs lessons, several beside each other, and hands over their results in the order of the course.
///
/// @param jobs     how many at a time
/// @param failFast whether the first that fails is the last
record InOrder(int jobs, boolean failFast) {

    /// The runs up to the last, or up to the first that failed; no lesson begins after that, what still runs is ended.
    ///
    /// @param done is told of each
    List<Run> run(List<Lesson> lessons, Function<Lesson, Run> runner, Consumer<Run> done) {
        List<Run> runs = new ArrayList<>();
        var over = new AtomicBoolean();
        Function<Lesson, Run> unlessOver = lesson -> {
            if (over.get()) return null; // nobody asks for it: the one that failed stands before it
            Run run = runner.apply(lesson);
            if (isLast(run)) over.set(true);
            return run;
        };
        try (ExecutorService lanes = Executors.newFixedThreadPool(jobs)) {
            List<Future<Run>> futures = lessons.stream().map(l -> lanes.submit(() -> unlessOver.apply(l))).toList();
            try {
                for (Future<Run> future : futures) {
                    runs.add(future.get());
                    done.accept(runs.getLast());
                    if (isLast(runs.getLast())) break;
                }
            } finally {
                lanes.shutdownNow();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException thrown ? thrown : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.FAILED, "interrupted", e);
        }
        return runs;
    }

    private boolean isLast(Run run) {
        return failFast && run.failure().isPresent();
    }
}
