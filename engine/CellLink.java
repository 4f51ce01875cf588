package engine;

import com.vladsch.flexmark.ast.HardLineBreak;
import com.vladsch.flexmark.ast.Link;
import com.vladsch.flexmark.ast.Paragraph;
import com.vladsch.flexmark.ast.SoftLineBreak;
import com.vladsch.flexmark.util.ast.Node;
import java.util.ArrayList;
import java.util.List;

/// A line of a companion that stands for a cell.
record CellLink(SourceLink source, Link link) {

    /// The cells of a paragraph whose every line is a link into a source, and nothing else; else none.
    static List<CellLink> in(Node node) {
        var cells = new ArrayList<CellLink>();
        if (!(node instanceof Paragraph)) return cells;
        for (Node part : node.getChildren()) {
            switch (part) {
                case Link link when SourceLink.of(link.getUrl().toString()).orElse(null) instanceof SourceLink source ->
                        cells.add(new CellLink(source, link));
                case SoftLineBreak _, HardLineBreak _ -> {}
                default -> { return List.of(); }
            }
        }
        return cells;
    }
}
