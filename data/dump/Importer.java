package data.dump;

// The database that is written.
//DEPS org.xerial:sqlite-jdbc:3.54.1.0

import data.Fault;
import data.MissingTables;
import data.MissingTables.Span;
import data.Scale;
import data.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/// Makes a database of the project's schema from a dump of the original.
///
/// @param fill whether tables that the dump lacks are made by rules, so many rows as `scale` says, or stay empty
record Importer(Dump dump, boolean fill, Scale scale, ImportProgress progress) {
    /// Writes the whole database, or leaves `file` as it was.
    ///
    /// @return the file's real path
    /// @throws Fault (usage) if something is wrong with the dump, or the file cannot be written
    Path into(Path file) {
        try (var output = new OutputFile(file)) {
            Span span;
            try (Connection database = open(output.part())) {
                span = write(database);
            }
            writeMeta(output.part(), span);
            Path made = output.commit();
            progress.say("Imported %s in %.1f s: %s".formatted(dump.schema(), progress.seconds(), made));
            return made;
        } catch (IOException | SQLException e) {
            throw new Fault(Fault.USAGE, "%s: cannot be written (%s); make room, or name another file with --output"
                    .formatted(file, e.getMessage()), e);
        }
    }

    private static Connection open(Path part) throws SQLException {
        Connection database = DriverManager.getConnection("jdbc:sqlite:" + part);
        execute(database, "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA locking_mode = EXCLUSIVE",
                "PRAGMA cache_size = -65536"); // KiB: the indexes of large tables are filled in any order
        database.setAutoCommit(false);
        return database;
    }

    private Span write(Connection database) throws SQLException {
        Schema.createTables(database);
        Map<String, DumpTable> found = tables();
        checkLacking(found, database);
        List<String> notes = new ArrayList<>();
        for (String table : Schema.tables()) {
            if (found.containsKey(table)) {
                DumpTable there = found.get(table);
                progress.done(table, Loader.load(there, database, progress), "");
                notes.addAll(Constraints.checkReferences(there, database));
            } else if (fill) {
                progress.at(table + " by rules");
                progress.done(table, MissingTables.fill(table, scale, database),
                        "missing in the dump: made by rules, scale " + scale.name());
            } else {
                progress.done(table, 0, "missing in the dump: left empty");
            }
        }
        progress.at("indexes");
        Constraints.createIndexes(found, database);
        execute(database, "PRAGMA analysis_limit = 1000", "ANALYZE");
        database.commit();
        notes.forEach(progress::say);
        return MissingTables.span(database, fill && !found.containsKey("flight"));
    }

    /// The schema's tables that the dump has.
    private Map<String, DumpTable> tables() {
        List<String> all = Schema.tables();
        dump.tables().stream().filter(table -> !all.contains(table))
                .forEach(table -> progress.say(table + ": not a table of the FlughafenDB: not imported"));
        Map<String, DumpTable> found = new LinkedHashMap<>();
        for (String table : all) dump.table(table).ifPresent(there -> found.put(table, there));
        return found;
    }

    /// Not everything can be done without.
    private void checkLacking(Map<String, DumpTable> found, Connection database) throws SQLException {
        List<String> lacking = Schema.tables().stream().filter(table -> !found.containsKey(table)).toList();
        for (DumpTable table : found.values()) {
            Optional<String> parent = Constraints.references(database, table.name()).values().stream()
                    .map(Constraints.Reference::parent).filter(lacking::contains).findFirst();
            if (parent.isPresent() && !table.isEmpty()) {
                throw new Fault(Fault.USAGE, "%s: refers to rows of %s, which the dump lacks; fetch both or neither"
                        .formatted(table.files().getFirst(), parent.get()));
            }
        }
        List<String> beyond = lacking.stream().filter(table -> !MissingTables.FILLABLE.contains(table)).toList();
        if (fill && !beyond.isEmpty()) {
            throw new Fault(Fault.USAGE, "%s: lacks %s; rules make only %s: fetch the others, or use --missing empty"
                    .formatted(dump.folder(), String.join(", ", beyond), String.join(", ", MissingTables.FILLABLE)));
        }
    }

    /// The fingerprint is of all that was written before: another dump, or other rules, and it is another.
    private static void writeMeta(Path part, Span span) throws IOException, SQLException {
        var sum = new CRC32C();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(part), sum)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        try (Connection database = open(part); PreparedStatement meta = database.prepareStatement(
                "INSERT INTO meta VALUES (?, NULL, 'imported', ?, ?, ?)")) {
            meta.setInt(1, Schema.VERSION);
            meta.setString(2, span.epoch().toString());
            meta.setInt(3, span.days());
            meta.setString(4, HexFormat.of().toHexDigits(sum.getValue(), 8));
            meta.executeUpdate();
            database.commit();
        }
    }

    private static void execute(Connection database, String... statements) throws SQLException {
        try (Statement sql = database.createStatement()) {
            for (String statement : statements) sql.execute(statement);
        }
    }
}
