package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The FlughafenDB as it is drawn, held against its DDL.
class DiagramTest {
    private static final String SQL = SourceFile.text(Home.folder().resolve("data/schema.sql"));
    private static final Pattern MOVE = Pattern.compile("([MHVq])([\\d,\\s-]+)");

    /// A straight piece of a line: across if its ends have the same y, else down.
    private record Piece(int fromX, int fromY, int toX, int toY) {
        boolean runsThrough(Diagram.Box box) {
            return Math.max(fromX, toX) > box.x() && Math.min(fromX, toX) < box.x() + box.width()
                    && Math.max(fromY, toY) > box.y() && Math.min(fromY, toY) < box.y() + box.height();
        }
    }

    private final Diagram diagram;

    DiagramTest() throws SqlSchema.Unfit {
        diagram = DiagramMaker.draw(SqlSchema.of(SQL));
    }

    @Test
    void eachTableIsABoxWithItsColumns() {
        List<String> created = Pattern.compile("(?m)^CREATE TABLE (\\w+)").matcher(SQL).results().map(m -> m.group(1)).toList();
        assertEquals(created.stream().sorted().toList(), diagram.boxes().stream().map(Diagram.Box::name).sorted().toList());
        Diagram.Box geo = box("airport_geo");
        assertEquals(List.of("airport_id PK FK", "name ", "city ", "country ", "latitude ", "longitude ", "geolocation "),
                geo.rows().stream().map(row -> row.name() + " " + row.mark()).toList());
        assertEquals(List.of("log_date PK", "time PK", "station PK"),
                box("weatherdata").rows().stream().map(row -> row.name() + " " + row.mark()).limit(3).toList());
    }

    @Test
    void eachForeignKeyIsALine() {
        long declared = Pattern.compile("REFERENCES \\w+").matcher(SQL).results().count();
        assertEquals(declared, diagram.lines().stream().map(Diagram.Line::title).distinct().count());
        assertTrue(diagram.lines().stream().anyMatch(l -> l.title().equals("flight.from → airport.airport_id")));
        assertTrue(diagram.description().contains("flight refers to flightschedule (flightno), airport (from, to), "));
    }

    @Test
    void aLineLeadsFromRowToRowAndAroundEveryBox() {
        for (Diagram.Line line : diagram.lines()) {
            List<Piece> way = pieces(line);
            String[] ends = line.title().split(" → ");
            assertEquals(place(ends[1], true), List.of(way.getFirst().fromX, way.getFirst().fromY), line.title());
            assertEquals(place(ends[0], false), List.of(way.getLast().toX, way.getLast().toY), line.title());
            for (Piece piece : way)
                for (Diagram.Box box : diagram.boxes())
                    assertFalse(piece.runsThrough(box), line.title() + " runs through " + box.name());
        }
    }

    @Test
    void boxesStandApartWithinTheDrawing() {
        for (Diagram.Box a : diagram.boxes()) {
            assertTrue(a.x() > 0 && a.y() > 0 && a.x() + a.width() < diagram.width() && a.y() + a.height() < diagram.height());
            for (Diagram.Box b : diagram.boxes()) {
                boolean apart = a.x() + a.width() < b.x() || b.x() + b.width() < a.x()
                        || a.y() + a.height() < b.y() || b.y() + b.height() < a.y();
                assertTrue(a == b || apart, a.name() + " and " + b.name());
            }
        }
        assertTrue(diagram.width() <= 1_008, "as wide as a page's text and outline: " + diagram.width());
    }

    @Test
    void theSameSchemaIsDrawnTheSame() throws SqlSchema.Unfit {
        assertEquals(diagram, DiagramMaker.draw(SqlSchema.of(SQL)));
    }

    @Test
    void endsTellHowManyThereAre() throws SqlSchema.Unfit {
        Diagram drawn = DiagramMaker.draw(SqlSchema.of("""
                CREATE TABLE a (x INT, y INT, PRIMARY KEY (x, y));
                CREATE TABLE one (x INT NOT NULL, y INT NOT NULL, UNIQUE (x, y), FOREIGN KEY (x, y) REFERENCES a);
                CREATE TABLE many (x INT, y INT, FOREIGN KEY (y, x) REFERENCES A (Y, X));"""));
        assertEquals(List.of("one.x → a.x", "one.y → a.y", "many.x → a.x", "many.y → a.y"),
                drawn.lines().stream().map(Diagram.Line::title).sorted(Comparator.comparing(t -> !t.startsWith("one"))).toList());
        for (Diagram.Line line : drawn.lines())
            assertEquals(line.title().startsWith("many"), line.ends().contains("l-10,5l10,5"), "a crow's foot: " + line.title());
        assertEquals(2, drawn.lines().stream().filter(l -> l.ends().split("a3,3 0 1,0 6,0").length == 3).count(), "perhaps none");
    }

    @Test
    void tablesWithoutReferencesAreDrawnSideBySide() throws SqlSchema.Unfit {
        Diagram drawn = DiagramMaker.draw(SqlSchema.of("CREATE TABLE a (x); CREATE TABLE b (x); CREATE VIEW v AS SELECT x FROM a;"));
        assertEquals(List.of("a 1", "b 1"), drawn.boxes().stream().map(box -> box.name() + " " + box.y()).toList());
        assertEquals(List.of(), drawn.lines());
    }

    @Test
    void whatCannotBeDrawnIsSaid() {
        assertUnfit("", "it creates no table");
        assertUnfit("CREATE TABLE b (a REFERENCES a);", "table 'b' refers to 'a', where there is no such table or column");
        assertUnfit("CREATE TABLE a (id INTEGER PRIMARY KEY, boss REFERENCES a);",
                "table 'a' refers to itself, at once or through others; the diagram's lines lead one way only");
    }

    private static void assertUnfit(String sql, String why) {
        assertEquals(why, assertThrows(SqlSchema.Unfit.class, () -> DiagramMaker.draw(SqlSchema.of(sql))).getMessage());
    }

    private Diagram.Box box(String name) {
        return diagram.boxes().stream().filter(box -> box.name().equals(name)).findFirst().orElseThrow();
    }

    /// Where a line meets the row of `table.column`.
    private List<Integer> place(String column, boolean right) {
        Diagram.Box box = box(column.split("\\.")[0]);
        int y = box.rows().stream().filter(row -> row.name().equals(column.split("\\.")[1])).findFirst().orElseThrow().y();
        return List.of(right ? box.x() + box.width() : box.x(), y - 4); // the middle of the row's letters
    }

    /// The straight pieces of a line's path; its corners are round and small.
    private static List<Piece> pieces(Diagram.Line line) {
        List<Piece> pieces = new ArrayList<>();
        int x = 0;
        int y = 0;
        for (Matcher move = MOVE.matcher(line.way()); move.find(); ) {
            String[] to = move.group(2).strip().split("[,\\s]");
            int fromX = x;
            int fromY = y;
            switch (move.group(1)) {
                case "M" -> { x = Integer.parseInt(to[0]); y = Integer.parseInt(to[1]); continue; }
                case "H" -> x = Integer.parseInt(to[0]);
                case "V" -> y = Integer.parseInt(to[0]);
                default -> { x += Integer.parseInt(to[2]); y += Integer.parseInt(to[3]); }
            }
            pieces.add(new Piece(fromX, fromY, x, y));
        }
        return pieces;
    }
}
