package data;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is in a FlughafenDB: where its rows came from, and for each table how many there are and what room they take.
final class Inspection {
    private static final List<String> COLUMNS = List.of("table", "rows", "MB", "MB of indexes");
    /// One row for each table; the pages are SQLite's own count: https://www.sqlite.org/dbstat.html
    private static final String SIZES = """
            SELECT tbl_name, sum(pgsize) FILTER (WHERE type = 'table') / 1e6,
                   coalesce(sum(pgsize) FILTER (WHERE type = 'index') / 1e6, 0)
            FROM sqlite_schema JOIN dbstat USING (name)
            WHERE aggregate = TRUE
            GROUP BY tbl_name""";

    private Inspection() {}

    /// As text, in lines. Reads the whole file.
    static String of(Path database) {
        try (Connection connection = DatabaseFile.open(database); Statement sql = connection.createStatement()) {
            return "%s%n%s%ndigest %s%n%s".formatted(database, origin(sql), Digest.of(database),
                    TextTable.of(COLUMNS, rows(database, sql)));
        } catch (SQLException e) {
            throw new Fault(Fault.USAGE, database + ": " + e.getMessage(), e);
        }
    }

    private static String origin(Statement sql) throws SQLException {
        try (ResultSet meta = sql.executeQuery("SELECT version, scale, seed, epoch, days FROM meta")) {
            if (!meta.next()) return "of unknown origin";
            String seed = meta.getString("seed");
            return "schema version %d, scale %s, %s, epoch %s, %d days".formatted(meta.getInt("version"),
                    meta.getString("scale"), seed == null ? "not generated" : "seed " + seed, meta.getString("epoch"),
                    meta.getInt("days"));
        }
    }

    private static List<List<Object>> rows(Path database, Statement sql) throws SQLException {
        Map<String, List<Object>> sizes = new HashMap<>();
        try (ResultSet size = sql.executeQuery(SIZES)) {
            while (size.next()) {
                sizes.put(size.getString(1), List.of(oneDigit(size.getDouble(2)), oneDigit(size.getDouble(3))));
            }
        }
        List<List<Object>> rows = new ArrayList<>();
        Flughafen.rows(database).forEach((table, count) -> rows.add(
                List.of(table, count, sizes.get(table).getFirst(), sizes.get(table).getLast())));
        return rows;
    }

    private static BigDecimal oneDigit(double megabytes) {
        return BigDecimal.valueOf(megabytes).setScale(1, RoundingMode.HALF_UP);
    }
}
