package data.dump;

import java.io.Console;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// Says on stderr how far an import is: a line for each table when it is done, and one that changes in a terminal.
final class ImportProgress implements AutoCloseable {
    private static final String OVERWRITE = "\r\033[K";

    private final Instant begun = Instant.now();
    private final boolean terminal;

    ImportProgress() {
        Console console = System.console();
        terminal = console != null && console.isTerminal();
    }

    /// So many rows and bytes of a table were read.
    void at(DumpTable table, long rows, long bytes) {
        String part = table.bytes() > 0 ? ", %d %%".formatted(100 * bytes / table.bytes()) : "";
        passing("%s %,d rows%s".formatted(table.name(), rows, part));
    }

    /// Something without rows to count is under way.
    void at(String what) {
        passing(what);
    }

    /// A table is done.
    void done(String table, long rows, String how) {
        say(String.format(Locale.ROOT, "%-17s %,12d %s", table, rows, how).stripTrailing());
    }

    /// Seconds since the import began.
    double seconds() {
        return Duration.between(begun, Instant.now()).toMillis() / 1000.0;
    }

    void say(String line) {
        System.err.println((terminal ? OVERWRITE : "") + line);
    }

    private void passing(String line) {
        if (terminal) System.err.print(OVERWRITE + line + " ...");
    }

    /// Leaves no half line behind.
    @Override public void close() {
        if (terminal) System.err.print(OVERWRITE);
    }
}
