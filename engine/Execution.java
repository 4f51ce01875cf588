package engine;

import data.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// How a process of its own ended.
///
/// @param exit   its exit code; empty if its time ran out
/// @param stderr the end of what it wrote there
record Execution(OptionalInt exit, String stderr) {
    private static final int TAIL = 16_384;
    private static final Duration GRACE = Duration.ofMillis(1_000);
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static { // Ctrl-C or a kill of the build leaves no lesson behind
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Execution::end)));
    }

    /// Runs a command to its end, or ends it with all its children when `limit` is over. Its stdin is empty.
    static Execution of(List<String> command, Path folder, Map<String, String> environment, Duration limit) {
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD); // the transcript has what the lesson printed
        builder.environment().putAll(environment);
        Process process = null;
        try {
            process = builder.start();
            RUNNING.add(process);
            InputStream errors = process.getErrorStream();
            var stderr = CompletableFuture.supplyAsync(() -> tail(errors), Thread::startVirtualThread);
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) end(process);
            // a process that it left behind may hold the stream open
            stderr.completeOnTimeout("", GRACE.toMillis(), TimeUnit.MILLISECONDS);
            return new Execution(ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty(), stderr.join());
        } catch (IOException e) {
            throw new Fault(Fault.USAGE, "cannot start %s: %s".formatted(command.getFirst(), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.FAILED, "interrupted", e);
        } finally {
            if (process != null) {
                end(process);
                RUNNING.remove(process);
            }
        }
    }

    /// Ends a process and its children: asks, so that they can clean up, and after a moment insists.
    private static void end(Process process) {
        if (!process.isAlive()) return;
        List<ProcessHandle> tree = tree(process);
        process.destroy();
        try {
            process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Stream.concat(tree.stream(), tree(process).stream()).forEach(ProcessHandle::destroyForcibly);
    }

    private static List<ProcessHandle> tree(Process process) {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    }

    private static String tail(InputStream in) {
        byte[] last = {};
        byte[] buffer = new byte[TAIL];
        try (in) {
            for (int n; (n = in.read(buffer)) > 0; ) {
                byte[] both = Arrays.copyOf(last, last.length + n);
                System.arraycopy(buffer, 0, both, last.length, n);
                last = Arrays.copyOfRange(both, Math.max(0, both.length - TAIL), both.length);
            }
        } catch (IOException e) {
            if (last.length == 0) throw new UncheckedIOException(e);
        }
        return new String(last, StandardCharsets.UTF_8);
    }
}
