package engine;

import data.UserCache;
import java.io.IOException;
import java.nio.file.Path;

/// The lock that the wrapper `jbang` holds while it builds: JBang spoils its cache when two build one script at once.
///
/// The wrapper locks with flock, which the locks of Java's own do not meet. So a child holds it for us, as long as its
/// stdin is open: however this process ends, the lock is free again. Where neither program is, nobody locks.
final class JBangLock implements AutoCloseable {
    private static final String PERL = "open my $f, '>>', shift; flock $f, 2; $| = 1; print qq(held\\n); <STDIN>";

    private Process holder;

    /// Waits until the lock is free.
    ///
    /// @param version of JBang: the wrapper keeps its lock beside the jar of that version
    JBangLock(String version) throws IOException {
        Path lock = UserCache.folder("jbang-" + version).resolve("lock");
        try {
            holder = new ProcessBuilder("flock", lock.toString(), "sh", "-c", "echo held; read _").start();
        } catch (IOException noFlock) {
            try {
                holder = new ProcessBuilder("perl", "-e", PERL, lock.toString()).start();
            } catch (IOException noPerl) {
                return;
            }
        }
        holder.inputReader().readLine();
    }

    @Override public void close() throws IOException {
        if (holder != null) holder.getOutputStream().close();
    }
}
