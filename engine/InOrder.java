package engine;

import data.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/// Runs lessons, several beside each other, and hands over their results in the order of the course.
///
/// @param jobs     how many at a time
/// @param failFast whether the first that fails is the last
record InOrder(int jobs, boolean failFast) {

    /// The runs up to the last, or up to the first that failed; what still runs then is ended.
    ///
    /// @param done is told of each
    List<Run> run(List<Lesson> lessons, Function<Lesson, Run> runner, Consumer<Run> done) {
        List<Run> runs = new ArrayList<>();
        try (ExecutorService lanes = Executors.newFixedThreadPool(jobs)) {
            List<Future<Run>> futures = lessons.stream().map(l -> lanes.submit(() -> runner.apply(l))).toList();
            try {
                for (Future<Run> future : futures) {
                    runs.add(future.get());
                    done.accept(runs.getLast());
                    if (failFast && runs.getLast().failure().isPresent()) break;
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
}
