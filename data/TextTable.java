package data;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.List;
import java.util.stream.IntStream;

// Tables for a terminal: widths, alignment, long cells.
//DEPS com.github.freva:ascii-table:1.9.0

/// Rows as people read them in a terminal.
final class TextTable {
    private TextTable() {}

    /// Such a table, without a line end behind it. Columns that hold only numbers, or nothing, are flush right; NULL is
    /// shown as such.
    static String of(List<String> names, List<List<Object>> rows) {
        Column[] columns = IntStream.range(0, names.size()).mapToObj(i -> new Column().header(names.get(i))
                .headerAlign(HorizontalAlign.LEFT)
                .dataAlign(isNumeric(rows, i) ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT)).toArray(Column[]::new);
        Object[][] cells = rows.stream().map(row -> row.stream().map(cell -> cell == null ? "NULL" : cell).toArray())
                .toArray(Object[][]::new);
        return AsciiTable.builder().border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS).lineSeparator("\n")
                .data(columns, cells).asString();
    }

    private static boolean isNumeric(List<List<Object>> rows, int column) {
        return rows.stream().map(row -> row.get(column)).allMatch(cell -> cell == null || cell instanceof Number);
    }
}
