package lab;

import data.UserCache;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import org.HdrHistogram.Histogram;

/// A latency distribution, in microseconds.
public record Latency(long samples, double p50, double p99, double max) {
    /// Something to be timed.
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    /// Runs `action` until it is warm, then `samples` times, and times each.
    ///
    /// Only one process on this machine measures at a time: two that measure at once measure each other.
    static Latency of(int samples, Action action) throws Exception {
        try (FileChannel file = lockFile(); FileLock alone = file.lock(); var _ = Recorder.get().countOnly()) {
            // as many again to warm up: the JIT wants thousands, a slow query none
            for (int i = 0; i < samples; i++) action.run();
            var nanos = new Histogram(3); // three digits, any range
            for (int i = 0; i < samples; i++) {
                long start = System.nanoTime();
                action.run();
                nanos.recordValue(System.nanoTime() - start);
            }
            return new Latency(samples, nanos.getValueAtPercentile(50) / 1e3, nanos.getValueAtPercentile(99) / 1e3,
                    nanos.getMaxValue() / 1e3);
        }
    }

    private static FileChannel lockFile() throws IOException {
        return FileChannel.open(UserCache.folder("locks").resolve("measure"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
    }

    @Override public String toString() {
        return "p50 %s, p99 %s, max %s".formatted(Figures.micros(p50), Figures.micros(p99), Figures.micros(max));
    }
}
