package data.dump;

import data.Fault;
import data.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is checked when all rows of a table are there: references, and what is unique.
final class Constraints {
    /// References that the original breaks or does not promise: three airlines name a home that its airports lack, and
    /// it has no foreign key from a flight to the timetable. Such rows stay as they are.
    private static final Set<String> LOOSE = Set.of("airline.base_airport", "flight.flightno");

    private static final Pattern UNIQUE = Pattern.compile("UNIQUE constraint failed: (\\w+)\\.\\w+");

    /// A column that refers to a row of another table.
    record Reference(String column, String parent) {}

    private Constraints() {}

    static List<String> columns(Connection database, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        query(database, "SELECT name FROM pragma_table_info('%s')".formatted(table),
                row -> columns.add(row.getString(1)));
        return columns;
    }

    /// The references of a table, by SQLite's number of them.
    static Map<Integer, Reference> references(Connection database, String table) throws SQLException {
        Map<Integer, Reference> references = new LinkedHashMap<>();
        query(database, "SELECT id, \"from\", \"table\" FROM pragma_foreign_key_list('%s')".formatted(table),
                row -> references.put(row.getInt(1), new Reference(row.getString(2), row.getString(3))));
        return references;
    }

    /// Looks for rows that refer to what is not there.
    ///
    /// @return a line for each column in which the original may have them, and has
    /// @throws Fault (usage) that names file and row, where it may not
    static List<String> checkReferences(DumpTable table, Connection database) throws SQLException {
        Map<Integer, Reference> references = references(database, table.name());
        Map<Reference, Integer> loose = new LinkedHashMap<>();
        List<Fault> faults = new ArrayList<>();
        query(database, "PRAGMA foreign_key_check('%s')".formatted(table.name()), row -> {
            Reference broken = references.get(row.getInt("fkid"));
            if (LOOSE.contains(table.name() + "." + broken.column())) {
                loose.merge(broken, 1, Integer::sum);
            } else if (faults.isEmpty()) {
                faults.add(fault(table, database, row.getLong("rowid"), broken));
            }
        });
        if (!faults.isEmpty()) throw faults.getFirst();
        return loose.entrySet().stream().map(entry -> "%s: %,d rows have a %s that is not in %s; they stay as they are"
                .formatted(table.name(), entry.getValue(), entry.getKey().column(), entry.getKey().parent())).toList();
    }

    private static Fault fault(DumpTable table, Connection database, long rowid, Reference broken) throws SQLException {
        String value = first(database, "SELECT \"%s\" FROM %s WHERE rowid = %d".formatted(
                broken.column(), table.name(), rowid)).orElseThrow();
        return at(table, database, rowid, "%s %s is not in %s".formatted(broken.column(), value, broken.parent()));
    }

    /// Makes the indexes; where one must be unique and the rows are not, names the row that comes again.
    static void createIndexes(Map<String, DumpTable> tables, Connection database) throws SQLException {
        try {
            Schema.createIndexes(database);
        } catch (SQLException e) {
            Matcher unique = UNIQUE.matcher(e.getMessage());
            if (!unique.find() || !tables.containsKey(unique.group(1))) throw e;
            String columns = inShort(e).replaceFirst(".*: ", "").replace(unique.group(1) + ".", "");
            long rowid = Long.parseLong(first(database, """
                    SELECT max(rowid) FROM %s WHERE %s IS NOT NULL GROUP BY %s HAVING count(*) > 1
                    """.formatted(unique.group(1), columns.replace(", ", " IS NOT NULL AND "), columns)).orElseThrow());
            String what = "its %s stands in another row, too".formatted(columns);
            throw at(tables.get(unique.group(1)), database, rowid, what);
        }
    }

    /// Reads the dump once more, up to the row that became the one of that id.
    private static Fault at(DumpTable table, Connection database, long rowid, String what) throws SQLException {
        Optional<String> key = first(database,
                "SELECT name FROM pragma_table_info('%s') WHERE pk AND type = 'INTEGER'".formatted(table.name()));
        int column = key.map(table.columns()::indexOf).orElse(-1);
        long n = 0;
        for (Path file : table.files()) {
            try (var reader = new RowReader(file, table.columns().size())) {
                for (String[] row = reader.next(); row != null; row = reader.next()) {
                    n++;
                    if (rowid == (column < 0 ? n : Long.parseLong(row[column]))) return reader.fault(what);
                }
            } catch (IOException e) {
                throw new Fault(Fault.USAGE, "%s: cannot be read (%s)".formatted(file, e.getMessage()), e);
            }
        }
        return new Fault(Fault.USAGE, "%s: %s".formatted(table.files().getLast(), what));
    }

    /// What SQLite says, without its codes: `NOT NULL constraint failed: airport.icao`.
    static String inShort(SQLException e) {
        return e.getMessage().replaceFirst("(?s)^\\[.*?] .*?\\((.*)\\)$", "$1");
    }

    private static Optional<String> first(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }

    /// Takes a row.
    private interface Taker {
        void take(ResultSet row) throws SQLException;
    }

    private static void query(Connection database, String sql, Taker taker) throws SQLException {
        try (Statement statement = database.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) taker.take(rows);
        }
    }
}
