package engine;

import java.util.List;

/// A schema as drawn: boxes of tables, and a line for each reference. All measures are in pixels.
///
/// @param description the references in words
public record Diagram(int width, int height, List<Box> boxes, List<Line> lines, String description) {

    public record Box(String name, int x, int y, int width, int height, List<Row> rows) {}

    /// @param y    the base line of its text
    /// @param mark `PK`, `FK`, both or ""
    public record Row(String name, String mark, int y) {}

    /// @param title `flight.airline_id → airline.airline_id`
    /// @param style the number of its colour; lines that share their beginning share it
    /// @param way   the path of the line
    /// @param ends  the path of its ends in crow's foot notation
    public record Line(String title, int style, String way, String ends) {}
}
