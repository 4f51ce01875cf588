package engine;

import com.vladsch.flexmark.ast.Link;
import com.vladsch.flexmark.ast.Paragraph;
import com.vladsch.flexmark.util.ast.Node;
import java.util.Optional;

/// A paragraph that stands for a drawing of a schema: nothing but `[caption](../data/schema.sql "diagram")`.
record DiagramLink(String file, Link link) {
    private static final String TITLE = "diagram";

    static Optional<DiagramLink> in(Node node) {
        if (!(node instanceof Paragraph) || !(node.getFirstChild() instanceof Link link) || link.getNext() != null
                || !link.getTitle().toString().equals(TITLE)) return Optional.empty();
        return Optional.of(new DiagramLink(link.getUrl().unescape(), link));
    }
}
