package data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// One query to a database that is only read.
final class Query {
    private static final int LOOK_AFTER_READER = 1_000; // rows

    /// What may hold a semicolon that ends nothing: texts and names, or comments.
    private static final Pattern INSIDE = Pattern.compile(
            "('[^']*'|\"[^\"]*\"|`[^`]*`|\\[[^\\]]*\\])|--[^\n]*|/\\*.*?(?:\\*/|$)", Pattern.DOTALL);
    private static final Pattern MORE = Pattern.compile(";[\\s;]*[^\\s;]");
    private static final Pattern SQLITE_SAYS = Pattern.compile("\\[\\w+\\] .*? \\((.*)\\)", Pattern.DOTALL);

    private Query() {}

    /// Prints its rows to `out`; then its plan, and how long it took from the first step to the last row, to `err`.
    ///
    /// @throws Fault (usage) if SQLite refuses it, or it is no query
    static void run(Path database, String query, Format format, PrintStream out, PrintStream err) {
        String bare = INSIDE.matcher(query).replaceAll(part -> part.group(1) == null ? " " : "x");
        if (bare.replace(";", "").isBlank()) {
            throw new Fault(Fault.USAGE, "the query is empty; write one, such as \"SELECT 1\"");
        }
        if (MORE.matcher(bare).find()) {
            throw new Fault(Fault.USAGE, "this is more than one statement; run them one by one");
        }
        try (Connection connection = DatabaseFile.open(database)) {
            connection.setAutoCommit(false); // or VACUUM INTO would write a file, even here
            long begun = System.nanoTime();
            long rows = print(connection, query, format, out);
            double ms = (System.nanoTime() - begun) / 1e6;
            plan(connection, query).forEach(err::println);
            err.println(String.format(Locale.ROOT, "%,d %s in %,.1f ms", rows, rows == 1 ? "row" : "rows", ms));
        } catch (SQLException e) {
            throw new Fault(Fault.USAGE, "SQLite: " + reason(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long print(Connection database, String query, Format format, PrintStream to)
            throws SQLException, IOException {
        long rows = 0;
        try (PreparedStatement statement = database.prepareStatement(query)) {
            if (!statement.execute()) throw new Fault(Fault.USAGE, "this is no query: it has no rows to print");
            try (ResultSet row = statement.getResultSet()) {
                ResultSetMetaData columns = row.getMetaData();
                int count = columns.getColumnCount();
                Writer out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
                RowWriter writer = RowWriter.of(format, names(columns), out);
                while (row.next()) {
                    List<Object> values = new ArrayList<>(count);
                    for (int i = 1; i <= count; i++) values.add(row.getObject(i));
                    writer.write(values);
                    if (++rows % LOOK_AFTER_READER == 0 && to.checkError()) return rows; // head has enough
                }
                writer.end();
                out.flush();
            }
        }
        return rows;
    }

    /// The columns' names; one that comes again gets a number, `name:1`, so that an object can hold them all.
    private static List<String> names(ResultSetMetaData columns) throws SQLException {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String name = columns.getColumnLabel(i);
            String unique = name;
            for (int again = 1; names.contains(unique); again++) unique = name + ":" + again;
            names.add(unique);
        }
        return names;
    }

    /// SQLite's plan, a line for each step, indented by depth; empty for what has none, such as a PRAGMA.
    private static List<String> plan(Connection database, String query) {
        List<String> lines = new ArrayList<>();
        Map<Integer, String> indents = new HashMap<>();
        try (Statement explain = database.createStatement();
                ResultSet step = explain.executeQuery("EXPLAIN QUERY PLAN " + query)) {
            while (step.next()) {
                String indent = indents.getOrDefault(step.getInt("parent"), "");
                indents.put(step.getInt("id"), indent + "  ");
                lines.add(indent + step.getString("detail"));
            }
            return lines;
        } catch (SQLException e) {
            return List.of(); // the query itself was an EXPLAIN
        }
    }

    /// SQLite's own words, without those that the driver puts around them.
    static String reason(SQLException e) {
        return SQLITE_SAYS.matcher(e.getMessage()).replaceFirst("$1").lines().findFirst().orElse("");
    }
}
