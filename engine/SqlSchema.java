package engine;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The tables that SQL creates and how they refer to each other, as SQLite itself understands it.
///
/// @param tables     in the order of their creation
/// @param references by table; a column each
record SqlSchema(List<Table> tables, List<Reference> references) {
    record Table(String name, List<Column> columns) {}

    /// @param primary part of the primary key
    /// @param filled  never NULL
    record Column(String name, boolean primary, boolean filled) {}

    /// @param optional whether a row may refer to none
    /// @param single   whether a row is referred to at most once
    record Reference(String from, String fromColumn, String to, String toColumn, boolean optional, boolean single) {
        /// `flight.airline_id → airline.airline_id`
        String title() {
            return "%s.%s → %s.%s".formatted(from, fromColumn, to, toColumn);
        }
    }

    /// SQL that does not run, or makes no tables that can be drawn. Its message says why, on one line.
    static final class Unfit extends Exception {
        Unfit(String why) {
            super(why);
        }
    }

    private static final String COLUMNS = """
            SELECT t.name, c.name, c.pk > 0, c."notnull" OR c.pk > 0
            FROM sqlite_schema t JOIN pragma_table_list l ON l.name = t.name AND l.type = 'table' AND l.schema = 'main'
                JOIN pragma_table_info(t.name) c
            WHERE t.name NOT GLOB 'sqlite_*' ORDER BY t.rowid, c.cid""";
    /// SQLite lists a table's last reference first. One that names no column is one to the primary key.
    private static final String REFERENCES = """
            SELECT t.name, f.id, c.name, p.name, k.name, f."table"
            FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f
                JOIN pragma_table_info(t.name) c ON c.name = f."from" COLLATE NOCASE
                LEFT JOIN sqlite_schema p ON p.type = 'table' AND p.name = f."table" COLLATE NOCASE
                LEFT JOIN pragma_table_info(p.name) k
                    ON k.name = f."to" COLLATE NOCASE OR f."to" IS NULL AND k.pk = f.seq + 1
            WHERE t.type = 'table' ORDER BY t.rowid, f.id DESC, f.seq""";
    private static final String UNIQUE = """
            SELECT t.name, i.name, c.name
            FROM sqlite_schema t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c
            WHERE t.type = 'table' AND i."unique" AND NOT i.partial""";

    /// Runs the SQL in a database of its own, and looks at what it made.
    static SqlSchema of(String sql) throws Unfit {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = database.createStatement()) {
            statement.executeUpdate(sql); // all of its statements
            List<Table> tables = tables(statement);
            if (tables.isEmpty()) throw new Unfit("it creates no table");
            return new SqlSchema(tables, references(statement, tables));
        } catch (SQLException e) {
            throw new Unfit(String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " "));
        }
    }

    /// `flight refers to airport (from, to), airline (airline_id).`
    String inWords() {
        Map<String, Map<String, List<String>>> all = new LinkedHashMap<>();
        for (Reference r : references)
            all.computeIfAbsent(r.from, _ -> new LinkedHashMap<>())
                    .computeIfAbsent(r.to, _ -> new ArrayList<>()).add(r.fromColumn);
        return all.entrySet().stream().map(from -> from.getKey() + " refers to " + from.getValue().entrySet().stream()
                .map(to -> "%s (%s)".formatted(to.getKey(), String.join(", ", to.getValue())))
                .collect(Collectors.joining(", ")) + ".").collect(Collectors.joining(" "));
    }

    private static List<Table> tables(Statement statement) throws SQLException {
        Map<String, List<Column>> columns = new LinkedHashMap<>();
        for (List<String> row : rows(statement, COLUMNS))
            columns.computeIfAbsent(row.get(0), _ -> new ArrayList<>())
                    .add(new Column(row.get(1), row.get(2).equals("1"), row.get(3).equals("1")));
        return columns.entrySet().stream().map(e -> new Table(e.getKey(), e.getValue())).toList();
    }

    private static List<Reference> references(Statement statement, List<Table> tables) throws SQLException, Unfit {
        List<List<String>> rows = rows(statement, REFERENCES);
        Map<List<String>, Set<String>> columns = new HashMap<>(); // of a reference, by table and number
        for (List<String> row : rows)
            columns.computeIfAbsent(row.subList(0, 2), _ -> new HashSet<>()).add(row.get(2));
        Set<Set<String>> unique = unique(statement, tables);
        List<Reference> references = new ArrayList<>();
        for (List<String> row : rows) {
            if (row.get(4) == null) throw new Unfit("table '%s' refers to '%s', where there is no such table or column"
                    .formatted(row.get(0), row.get(5)));
            boolean optional = tables.stream().filter(table -> table.name.equals(row.get(0)))
                    .flatMap(table -> table.columns.stream())
                    .anyMatch(column -> column.name.equals(row.get(2)) && !column.filled);
            references.add(new Reference(row.get(0), row.get(2), row.get(3), row.get(4), optional,
                    unique.contains(qualified(row.get(0), columns.get(row.subList(0, 2))))));
        }
        return references;
    }

    /// The sets of columns of which no two rows have the same, each column as `table.column`.
    private static Set<Set<String>> unique(Statement statement, List<Table> tables) throws SQLException {
        Map<List<String>, Set<String>> indexes = new HashMap<>();
        for (List<String> row : rows(statement, UNIQUE))
            indexes.computeIfAbsent(row.subList(0, 2), _ -> new HashSet<>()).add(row.get(2));
        Set<Set<String>> unique = new HashSet<>();
        indexes.forEach((index, columns) -> unique.add(qualified(index.getFirst(), columns)));
        for (Table table : tables) unique.add(qualified(table.name, table.columns.stream().filter(Column::primary)
                .map(Column::name).collect(Collectors.toSet())));
        return unique;
    }

    private static Set<String> qualified(String table, Set<String> columns) {
        Set<String> all = new HashSet<>();
        columns.forEach(column -> all.add(table + "." + column));
        return all;
    }

    private static List<List<String>> rows(Statement statement, String sql) throws SQLException {
        List<List<String>> all = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) row.add(rows.getString(i));
                all.add(row);
            }
        }
        return all;
    }
}
