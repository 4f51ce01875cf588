package engine;

import engine.Block.Drawing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Reads the schemas that a text draws.
///
/// @param text its paths lead from here
record DiagramReader(Path text, Problems problems) {

    /// The drawing that a link stands for; empty if it is wrong.
    Optional<Drawing> read(DiagramLink diagram) {
        int line = Markdown.line(diagram.link());
        Path file = text.resolveSibling(diagram.file()).normalize();
        if (!file.toString().endsWith(".sql"))
            return wrong(line, "a diagram is drawn of a file of SQL, *.sql, not of '%s'".formatted(diagram.file()));
        if (!Files.isRegularFile(file)) return wrong(line, "no file '%s'".formatted(diagram.file()));
        try {
            Diagram drawn = DiagramMaker.draw(SqlSchema.of(SourceFile.text(file)));
            return Optional.of(new Drawing(Markdown.inner(diagram.link()), diagram.file(), drawn));
        } catch (SqlSchema.Unfit e) {
            return wrong(line, "'%s' cannot be drawn: %s".formatted(diagram.file(), e.getMessage()));
        }
    }

    private Optional<Drawing> wrong(int line, String what) {
        problems.add(line, what);
        return Optional.empty();
    }
}
