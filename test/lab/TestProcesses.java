package lab;

import java.io.IOException;
import java.time.Duration;

/// Whether processes have ended. One that nobody has waited for yet, a zombie, has: in a container the first process
/// may take seconds to bury orphans, and [ProcessHandle] takes them for alive until then.
public final class TestProcesses {
    private static final int POLL_MILLIS = 20;

    private TestProcesses() {}

    public static boolean hasEnded(long pid) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "stat=", "-p", String.valueOf(pid)).start();
        String state = new String(ps.getInputStream().readAllBytes()).strip();
        return state.isEmpty() || state.startsWith("Z");
    }

    /// Waits until it has ended; false if it has not when `patience` is over.
    public static boolean endsWithin(Duration patience, long pid) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!hasEnded(pid)) {
            if (System.nanoTime() > deadline) return false;
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }
}
