package data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.sqlite.SQLiteConfig;

/// Tells whether a file is a whole FlughafenDB, and what is in it.
///
/// The whole file is read once only. The outcome is noted in a folder; as long as the file keeps its size and its time,
/// later looks read 100 bytes of it and the note, and load no database driver.
final class DatabaseFile {
    private static final int HEADER = 100; // https://www.sqlite.org/fileformat.html#the_database_header
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /// What is known of a file that was found to be whole.
    record Known(long size, long modified, String identity, String description, String scale) {}

    /// The file will not do; the message is the end of a sentence that begins with its name.
    static final class Unfit extends Exception {
        Unfit(String why) {
            super(why);
        }
    }

    private DatabaseFile() {}

    /// What is in `file`; notes are kept in the folder `notes`.
    static Known examine(Path file, Path notes) throws Unfit {
        if (!Files.exists(file)) throw new Unfit("is not there");
        if (!Files.isRegularFile(file)) throw new Unfit("is not a file");
        try {
            int changes = readHeader(file);
            long size = Files.size(file);
            long modified = Files.getLastModifiedTime(file).toMillis();
            Path note = note(file, notes);
            Known noted = read(note);
            if (noted != null && noted.size() == size && noted.modified() == modified) return noted;
            Known found = readAll(file, size, modified, changes);
            write(found, note);
            return found;
        } catch (IOException e) {
            throw new Unfit("cannot be read (" + e.getMessage() + ")");
        }
    }

    /// What is in `file`, which this process has just made: noted as whole without a look at every page.
    static Known noteNew(Path file, Path notes) throws IOException, SQLException, Unfit {
        int changes = readHeader(file);
        try (Connection database = open(file); Statement sql = database.createStatement()) {
            Known made = describe(sql, Files.size(file), Files.getLastModifiedTime(file).toMillis(), changes);
            write(made, note(file, notes));
            return made;
        }
    }

    /// A read-only connection to it.
    static Connection open(Path file) throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    /// How often the file was changed, if its header is that of a FlughafenDB of this version and nothing is cut off.
    private static int readHeader(Path file) throws IOException, Unfit {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        try (FileChannel in = FileChannel.open(file)) {
            while (header.hasRemaining() && in.read(header) >= 0) { } // a read may bring less than was asked for
            boolean sqlite = !header.hasRemaining() && header.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
            if (!sqlite) throw new Unfit("is not an SQLite database");
            boolean ours = header.getInt(68) == Schema.APPLICATION_ID;
            if (!ours) throw new Unfit("is an SQLite database, but not a FlughafenDB");
            int version = header.getInt(60);
            if (version != Schema.VERSION) {
                throw new Unfit("has version %d of the schema, not %d".formatted(version, Schema.VERSION));
            }
            int pageSize = Short.toUnsignedInt(header.getShort(16));
            long whole = Integer.toUnsignedLong(header.getInt(28)) * (pageSize == 1 ? 65_536 : pageSize);
            if (in.size() < whole) throw new Unfit("is cut off: %,d of %,d bytes".formatted(in.size(), whole));
            return header.getInt(24);
        }
    }

    private static Known readAll(Path file, long size, long modified, int changes) throws Unfit {
        try (Connection database = open(file); Statement sql = database.createStatement()) {
            String damage = first(sql, "PRAGMA quick_check(1)");
            if (!damage.equals("ok")) throw new Unfit("is corrupt (" + damage.lines().toList().getLast() + ")");
            List<String> missing = Schema.missingFrom(database);
            if (!missing.isEmpty()) throw new Unfit("lacks " + String.join(", ", missing));
            return describe(sql, size, modified, changes);
        } catch (SQLException e) {
            throw new Unfit("is corrupt (" + e.getMessage() + ")");
        }
    }

    private static Known describe(Statement sql, long size, long modified, int changes) throws SQLException {
        String scale = first(sql, "SELECT scale FROM meta");
        String identity = "scale %s, seed %s, %s.%d".formatted(scale, first(sql, "SELECT seed FROM meta"),
                first(sql, "SELECT fingerprint FROM meta"), changes);
        long flights = Long.parseLong(first(sql, "SELECT count(*) FROM flight"));
        String description = String.format(Locale.ROOT, "scale %s, %,d flights", scale, flights);
        return new Known(size, modified, identity, description, scale);
    }

    private static Path note(Path file, Path notes) throws IOException {
        return notes.resolve("checked-" + Integer.toHexString(file.toRealPath().toString().hashCode()));
    }

    private static String first(Statement sql, String query) throws SQLException {
        try (ResultSet rows = sql.executeQuery(query)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    /// The note, or null if there is no whole one.
    private static Known read(Path note) {
        try {
            List<String> lines = Files.readAllLines(note);
            return new Known(Long.parseLong(lines.get(0)), Long.parseLong(lines.get(1)), lines.get(2), lines.get(3),
                    lines.get(4));
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static void write(Known known, Path note) {
        try {
            Files.write(note, List.of("" + known.size, "" + known.modified, known.identity, known.description,
                    known.scale));
        } catch (IOException e) {
            // without the note the next look only takes longer
        }
    }
}
