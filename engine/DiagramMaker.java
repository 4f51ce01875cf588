package engine;

import engine.Diagram.Box;
import engine.LayeredGraph.Node;
import engine.LayeredGraph.Port;
import engine.LayeredGraph.Wire;
import engine.SqlSchema.Column;
import engine.SqlSchema.Reference;
import engine.SqlSchema.Table;
import engine.SqlSchema.Unfit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Draws a schema: sizes by its texts, places by [LayeredLayout], tables without a reference where there is room.
final class DiagramMaker {
    private static final int HEAD = 27; // pixels
    private static final int ROW = 18;
    private static final int FOOT = 5;
    private static final int APART = 26;
    private static final int OUT = 20; // from a box to the first turn: room for an end
    private static final int IN = 28; // from the last turn to a box
    private static final int TRACK = 9; // from turn to turn
    private static final double LETTER = 7.1; // of a column's name
    private static final double BOLD = 8.2; // of a table's
    private static final double MARK = 6.2;
    private static final int COLOURS = 6;
    private static final int COLUMNS = 4; // at least, of tables without references

    private final SqlSchema schema;
    private final Map<String, Node> nodes = new LinkedHashMap<>(); // by table
    private final Map<Port, List<Reference>> byPort = new LinkedHashMap<>(); // by the column referred to
    private final LayeredLayout layout;
    private final List<List<Placed>> columns = new ArrayList<>();

    private record Placed(Table table, int y) {
        int bottom() {
            return y + height(table);
        }
    }

    private DiagramMaker(SqlSchema schema) throws Unfit {
        this.schema = schema;
        Map<String, Integer> layers = TableLayers.of(schema);
        for (Table table : schema.tables()) {
            Integer layer = layers.get(table.name());
            if (layer != null) nodes.put(table.name(), new Node(height(table), layer));
        }
        for (Reference reference : schema.references())
            byPort.computeIfAbsent(port(reference.to(), reference.toColumn()), _ -> new ArrayList<>()).add(reference);
        layout = new LayeredLayout(List.copyOf(nodes.values()), byPort.entrySet().stream()
                .map(e -> new Wire(e.getKey(), e.getValue().stream().map(this::end).toList())).toList());
        place();
    }

    /// @throws Unfit if its references form a circle
    static Diagram draw(SqlSchema schema) throws Unfit {
        return new DiagramMaker(schema).draw();
    }

    private static int height(Table table) {
        return HEAD + ROW * table.columns().size() + FOOT;
    }

    private Port port(String table, String column) {
        List<String> names = table(table).columns().stream().map(Column::name).toList();
        return new Port(nodes.get(table), HEAD + ROW * names.indexOf(column) + ROW / 2);
    }

    private Port end(Reference reference) {
        return port(reference.from(), reference.fromColumn());
    }

    private Table table(String name) {
        return schema.tables().stream().filter(table -> table.name().equals(name)).findFirst().orElseThrow();
    }

    /// Each table in a column: with references where the layout has it, without in the shortest column, largest first.
    private void place() {
        List<Table> alone = schema.tables().stream().filter(table -> !nodes.containsKey(table.name()))
                .sorted(Comparator.comparingInt(DiagramMaker::height).reversed()).toList();
        int count = Math.max(layout.size(), Math.min(COLUMNS, alone.size()));
        for (int i = 0; i < count; i++) columns.add(new ArrayList<>());
        nodes.forEach((name, node) -> columns.get(node.layer).add(new Placed(table(name), node.y)));
        for (Table table : alone) {
            int column = IntStream.range(0, count).boxed().min(Comparator.comparingInt(this::bottom)).orElseThrow();
            columns.get(column).add(new Placed(table, bottom(column)));
        }
    }

    /// Where there is room in a column, below its boxes and the lines that pass it.
    private int bottom(int column) {
        int boxes = columns.get(column).stream().mapToInt(Placed::bottom).max().orElse(-APART);
        int lines = column >= layout.size() ? -APART
                : layout.layer(column).stream().mapToInt(node -> node.y).max().orElse(-APART);
        return Math.max(boxes, lines) + APART;
    }

    private Diagram draw() {
        var boxes = new ArrayList<Box>();
        var lefts = new ArrayList<Integer>();
        var rights = new ArrayList<Integer>();
        int x = 1;
        for (int i = 0; i < columns.size(); i++) {
            int width = columns.get(i).stream().mapToInt(placed -> width(placed.table)).max().orElse(0);
            lefts.add(x);
            rights.add(x + width);
            for (Placed placed : columns.get(i)) boxes.add(box(placed, x, width));
            int turns = i < layout.size() ? layout.gap(i).size() : 0;
            x += width + (turns == 0 ? APART : OUT + IN + TRACK * (turns - 1));
        }
        int height = boxes.stream().mapToInt(box -> box.y() + box.height()).max().orElse(0) + 1;
        return new Diagram(rights.getLast() + 1, height, boxes, lines(lefts, rights), schema.inWords());
    }

    private Box box(Placed placed, int x, int width) {
        var rows = new ArrayList<Diagram.Row>();
        int y = placed.y + 1;
        for (Column column : placed.table.columns())
            rows.add(new Diagram.Row(column.name(), mark(placed.table, column), y + HEAD + ROW * rows.size() + 13));
        return new Box(placed.table.name(), x, y, width, height(placed.table), rows);
    }

    private int width(Table table) {
        double rows = table.columns().stream().mapToDouble(column ->
                column.name().length() * LETTER + mark(table, column).length() * MARK + 26).max().orElse(0);
        return (int) Math.ceil(Math.max(table.name().length() * BOLD + 20, rows));
    }

    private String mark(Table table, Column column) {
        boolean foreign = schema.references().stream()
                .anyMatch(r -> r.from().equals(table.name()) && r.fromColumn().equals(column.name()));
        return Stream.of(column.primary() ? "PK" : "", foreign ? "FK" : "")
                .filter(mark -> !mark.isEmpty()).collect(Collectors.joining(" "));
    }

    private List<Diagram.Line> lines(List<Integer> lefts, List<Integer> rights) {
        var lines = new ArrayList<Diagram.Line>();
        Map<Port, Integer> turns = new HashMap<>(); // the x of each, by where its wire comes from
        for (int i = 0; i < layout.size(); i++) {
            List<Wire> gap = layout.gap(i);
            for (int track = 0; track < gap.size(); track++)
                turns.put(gap.get(track).from(), rights.get(i) + OUT + TRACK * track);
        }
        int style = 0;
        for (Map.Entry<Port, List<Reference>> trunk : byPort.entrySet()) {
            for (Reference reference : trunk.getValue()) {
                List<Port> way = layout.way(trunk.getKey(), end(reference));
                int right = rights.get(trunk.getKey().node().layer);
                int left = lefts.get(end(reference).node().layer);
                var path = new LinePath(right, way.getFirst().y() + 1);
                for (int i = 1; i < way.size(); i++) path.turn(turns.get(way.get(i - 1)), way.get(i).y() + 1);
                lines.add(new Diagram.Line(reference.title(), style % COLOURS + 1, path.to(left),
                        CrowsFoot.one(right, way.getFirst().y() + 1, reference.optional())
                        + CrowsFoot.many(left, way.getLast().y() + 1, reference.single())));
            }
            style++;
        }
        return lines;
    }
}
