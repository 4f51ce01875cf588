package data;

import data.DatabaseFile.Known;
import data.DatabaseFile.Unfit;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The FlughafenDB: where it is, and what is in it.
///
/// It is the file that the environment variable `FLUGHAFENDB` names, else one in the user's cache, generated when it is
/// first asked for.
public final class Flughafen {
    private static final long SEED = 1;

    private Flughafen() {}

    /// The database at the default scale.
    ///
    /// @throws Fault (usage) as [#locate(Scale)]
    public static Path locate() {
        return locate(Scale.DEFAULT);
    }

    /// The database; `scale` says how large to make it where `FLUGHAFENDB` does not name one.
    ///
    /// @throws Fault (usage) if `FLUGHAFENDB` names no whole FlughafenDB, or none can be made
    public static Path locate(Scale scale) {
        String own = System.getenv("FLUGHAFENDB");
        return own == null || own.isBlank() ? CachedDatabase.get(notes(), scale, SEED) : given(own, notes());
    }

    /// The file that a person named, if it is a whole FlughafenDB.
    static Path given(String name, Path notes) {
        try {
            Path file = Path.of(name);
            DatabaseFile.examine(file, notes);
            return file;
        } catch (InvalidPathException | Unfit e) {
            throw new Fault(Fault.USAGE, "FLUGHAFENDB: %s %s; name another file, or unset it to have one made"
                    .formatted(name, e.getMessage()), e);
        }
    }

    /// A short text that is the same as long as the rows are: for the keys of what was computed from them.
    public static String identity(Path database) {
        return known(database).identity();
    }

    /// What it is, for people: `scale 0.1, 30,270 flights`.
    public static String describe(Path database) {
        return known(database).description();
    }

    /// How large it is, as [Scale] names it: `0.1`.
    public static String scale(Path database) {
        return known(database).scale();
    }

    /// The number of rows of each table, in the order of the schema. Counts them all: milliseconds at scale 0.1.
    public static SequencedMap<String, Long> rows(Path database) {
        SequencedMap<String, Long> rows = new LinkedHashMap<>();
        try (Connection connection = DatabaseFile.open(database); Statement sql = connection.createStatement()) {
            for (String table : Schema.tables()) {
                try (ResultSet count = sql.executeQuery("SELECT count(*) FROM " + table)) {
                    rows.put(table, count.getLong(1));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new Fault(Fault.USAGE, database + ": " + e.getMessage(), e);
        }
    }

    private static Known known(Path database) {
        try {
            return DatabaseFile.examine(database, notes());
        } catch (Unfit e) {
            throw new Fault(Fault.USAGE, database + " " + e.getMessage(), e);
        }
    }

    private static Path notes() {
        return UserCache.folder("flughafendb");
    }
}
