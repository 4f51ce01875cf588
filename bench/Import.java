package bench;

import data.Fault;
import data.Folders;
import data.Flughafen;
import data.Scale;
import engine.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// The making of a FlughafenDB beside the `sqlite3` command line, which gets the very same rows as CSV files.
///
/// Ours begins with a new JVM and ends when the database stands in the cache. Theirs begins with the CSV files; it goes
/// without a journal and without waiting for the disk, in one transaction, and makes the indexes after the rows.
/// It has no NULL in a CSV file: an hour without a word on its weather has an empty word there.
final class Import {
    private static final Duration LIMIT = Duration.ofHours(2);
    private static final String ROW = "%-38s %9s %9s %6s";
    private static final String OPENING = """
            .bail on
            PRAGMA journal_mode = OFF;
            PRAGMA synchronous = OFF;
            PRAGMA locking_mode = EXCLUSIVE;
            BEGIN;
            """;
    private static final String ENDING = """
            PRAGMA analysis_limit = 1000;
            ANALYZE;
            COMMIT;
            """;

    private Import() {}

    /// Runs both, and tells in lines of text how long each took.
    ///
    /// @throws Fault (failed) if one of them fails, or imported other rows than the other made
    static List<String> race(Scale scale) {
        try {
            Path folder = Files.createTempDirectory("bench-");
            try {
                return race(scale, folder);
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw new Fault(Fault.FAILED, "scale " + scale.name() + ": " + e.getMessage(), e);
        }
    }

    private static List<String> race(Scale scale, Path folder) throws IOException {
        Timed ours = Timed.run(generating(scale, folder), LIMIT);
        Path made = madeIn(folder);
        SequencedMap<String, Long> rows = Flughafen.rows(made);
        List<String> lines = new ArrayList<>();
        lines.add("scale %s: %,d rows; %d processors".formatted(scale.name(),
                rows.values().stream().mapToLong(Long::longValue).sum(), Runtime.getRuntime().availableProcessors()));
        lines.add(ROW.formatted("name", "seconds", "CPU s", "load"));
        lines.add(line("this project, makes the rows, too", ours));
        String version;
        try {
            version = Shell.run(new Shell.Command(folder, "sqlite3", "--version"), LIMIT).split(" ")[0];
        } catch (IOException e) {
            lines.add("sqlite3 .import: missing: " + e.getMessage());
            return lines;
        }
        Timed theirs = Timed.run(importing(made, rows.sequencedKeySet(), folder), LIMIT);
        SequencedMap<String, Long> imported = Flughafen.rows(folder.resolve("theirs.db"));
        if (!imported.equals(rows)) throw new IOException("sqlite3 imported other rows: " + imported);
        lines.add(line("sqlite3 %s .import".formatted(version), theirs));
        lines.add("ours : sqlite3 = %.2f by the clock, %.2f in CPU time".formatted(ours.seconds() / theirs.seconds(),
                ours.cpu() / theirs.cpu()));
        return lines;
    }

    /// A process that makes a database in a cache of its own, with the options of `build.java`.
    private static Shell.Command generating(Scale scale, Path folder) {
        return new Shell.Command(folder, Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), Import.class.getName(), scale.name())
                .with(Map.of("XDG_CACHE_HOME", folder.toString(), "FLUGHAFENDB", ""));
    }

    /// That process.
    public static void main(String... arguments) {
        Flughafen.locate(Scale.of(arguments[0]));
    }

    private static Path madeIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".db")).findFirst().orElseThrow();
        }
    }

    /// Exports the rows, and writes what `sqlite3` is to do with them.
    private static Shell.Command importing(Path from, Iterable<String> tables, Path folder) throws IOException {
        var export = new StringBuilder(".mode csv\n");
        var load = new StringBuilder(OPENING);
        String schema = Files.readString(Home.folder().toAbsolutePath().resolve("data/schema.sql"));
        int indexes = schema.indexOf("-- Indexes");
        load.append(schema, 0, indexes);
        for (String table : tables) {
            export.append(".output %s.csv\nSELECT * FROM %s;\n".formatted(table, table));
            load.append(".import --csv %s.csv %s\n".formatted(table, table));
        }
        load.append(schema, indexes, schema.length()).append(ENDING);
        Files.writeString(folder.resolve("export.sql"), export);
        Files.writeString(folder.resolve("import.sql"), load);
        Shell.run(sqlite3(folder, from.toString(), "export.sql"), LIMIT);
        return sqlite3(folder, "theirs.db", "import.sql");
    }

    private static Shell.Command sqlite3(Path folder, String database, String script) {
        return new Shell.Command(folder, "sqlite3", "-batch", database, ".read " + script);
    }

    private static String line(String name, Timed timed) {
        return ROW.formatted(name, "%.2f".formatted(timed.seconds()), "%.2f".formatted(timed.cpu()),
                "%.1f".formatted(timed.load()));
    }
}
