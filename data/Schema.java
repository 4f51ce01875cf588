package data;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

//FILES data/schema.sql=schema.sql

/// The tables and indexes of `schema.sql`. Indexes come after the rows: sorting once is faster than inserting in order.
public final class Schema {
    /// Raised whenever a database of the former schema would no longer do.
    public static final int VERSION = 1;
    /// Marks an SQLite file as one of ours: "FLUG" in ASCII.
    static final int APPLICATION_ID = 0x464C5547;

    private static final Pattern TABLE = Pattern.compile("^CREATE TABLE (\\w+)", Pattern.MULTILINE);

    private Schema() {}

    /// The fourteen tables' names, in the order in which they can be filled.
    public static List<String> tables() {
        return TABLE.matcher(Resources.text("schema.sql")).results().map((MatchResult m) -> m.group(1))
                .filter(name -> !name.equals("meta")).toList();
    }

    /// Makes the tables, empty, and marks the file as a FlughafenDB of this [#VERSION].
    public static void createTables(Connection to) throws SQLException {
        try (Statement sql = to.createStatement()) {
            sql.execute("PRAGMA application_id = " + APPLICATION_ID);
            sql.execute("PRAGMA user_version = " + VERSION);
        }
        run(to, "CREATE TABLE ");
    }

    /// Makes the indexes of tables that are there.
    public static void createIndexes(Connection to) throws SQLException {
        run(to, "CREATE INDEX ");
        run(to, "CREATE UNIQUE INDEX ");
    }

    /// The columns that the schema has and the database has not, as `booking.price`.
    static List<String> missingFrom(Connection database) throws SQLException {
        try (Connection model = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            createTables(model);
            Set<String> there = columns(database);
            return columns(model).stream().filter(column -> !there.contains(column)).toList();
        }
    }

    /// Each `table.column`, in order.
    private static Set<String> columns(Connection database) throws SQLException {
        Set<String> columns = new LinkedHashSet<>();
        try (Statement sql = database.createStatement(); ResultSet rows = sql.executeQuery("""
                SELECT t.name || '.' || c.name FROM pragma_table_list t, pragma_table_info(t.name) c
                WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%'""")) {
            while (rows.next()) columns.add(rows.getString(1));
        }
        return columns;
    }

    /// Runs those statements of `schema.sql` that begin so.
    private static void run(Connection to, String begin) throws SQLException {
        String ddl = Resources.text("schema.sql").replaceAll("(?m)^--.*\n", "");
        try (Statement sql = to.createStatement()) {
            for (String statement : Arrays.stream(ddl.split(";")).map(String::strip).toList()) {
                if (statement.startsWith(begin)) sql.execute(statement);
            }
        }
    }
}
