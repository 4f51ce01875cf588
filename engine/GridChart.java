package engine;

import java.util.List;
import lab.Event;

/// A grid for each of several runs: a cell per thing, in the same place in each grid; marked cells stand out.
public record GridChart(String title, String marked, List<Grid> grids, List<String> header, List<List<String>> rows)
        implements ChartView {
    private static final int WIDEST = 50; // cells side by side
    private static final int CELL = 10; // in the units of the SVG; what is drawn of it is less, by a gap

    /// @param width  of all cells, in the units of the SVG; `height` likewise
    /// @param all    a line over each row of cells; dashes make cells of it
    /// @param marked a line over each run of marked cells
    /// @param note   `998 of 1,000 kept`
    public record Grid(String name, String note, int width, int height, String all, String marked) {}

    @Override public String kind() {
        return "grid";
    }

    @Override public int points() {
        return rows.size();
    }

    static GridChart of(Event.Grid grid) {
        List<Grid> grids = grid.rows().stream().map(cells -> grid(cells, grid.marked())).toList();
        List<List<String>> rows = grid.rows().stream().map(cells -> List.of(cells.name(), Units.count(cells.marked()),
                Units.count(cells.marks().length()))).toList();
        return new GridChart(grid.title(), grid.marked(), grids, List.of("", grid.marked(), "of"), rows);
    }

    private static Grid grid(Event.Cells cells, String marked) {
        String marks = cells.marks();
        int columns = Math.clamp(marks.length(), 1, WIDEST);
        StringBuilder all = new StringBuilder();
        StringBuilder drawn = new StringBuilder();
        for (int row = 0; row * columns < marks.length(); row++) {
            String line = marks.substring(row * columns, Math.min(marks.length(), (row + 1) * columns));
            run(0, line.length(), row, all);
            runs(line, row, drawn);
        }
        String note = "%s of %s %s".formatted(Units.count(cells.marked()), Units.count(marks.length()), marked);
        return new Grid(cells.name(), note, columns * CELL, Math.ceilDiv(marks.length(), columns) * CELL,
                all.toString(), drawn.toString());
    }

    private static void runs(String line, int row, StringBuilder path) {
        int start = 0;
        for (int i = 0; i <= line.length(); i++) {
            if (i < line.length() && line.charAt(i) == Event.Cells.MARKED) continue;
            if (i > start) run(start, i, row, path);
            start = i + 1;
        }
    }

    private static void run(int from, int to, int row, StringBuilder path) {
        path.append("M%d,%dh%d".formatted(from * CELL, row * CELL + CELL / 2, (to - from) * CELL));
    }
}
