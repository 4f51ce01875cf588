package data;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// Says on stderr that a database is being made: one line that changes in a terminal, else one at each end.
final class MakingProgress implements AutoCloseable {
    private static final String OVERWRITE = "\r\033[K";

    private final Instant begun = Instant.now();
    private final String what;
    private final boolean terminal;

    MakingProgress(Scale scale, Path file) {
        var console = System.console();
        terminal = console != null && console.isTerminal();
        what = "Making the FlughafenDB, scale " + scale.name();
        if (!terminal) System.err.println(what + ", once: " + file);
    }

    void at(String step) {
        if (terminal) System.err.print(OVERWRITE + what + ", once: " + step + " ...");
    }

    void done(String description) {
        double seconds = Duration.between(begun, Instant.now()).toMillis() / 1000.0;
        if (terminal) System.err.print(OVERWRITE);
        System.err.println(String.format(Locale.ROOT, "Made the FlughafenDB: %s, in %.1f s", description, seconds));
    }

    /// Leaves no half line behind.
    @Override public void close() {
        if (terminal) System.err.print(OVERWRITE);
    }
}
