package engine;

import com.vladsch.flexmark.ast.HtmlCommentBlock;
import com.vladsch.flexmark.ast.HtmlInlineComment;
import com.vladsch.flexmark.ast.LinkNodeBase;
import com.vladsch.flexmark.util.ast.Document;
import com.vladsch.flexmark.util.ast.Node;
import com.vladsch.flexmark.util.sequence.BasedSequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text as its author wrote it, in Markdown, but with links that lead within the site. Comments are left out, and
/// the right answer of a prediction is marked.
///
/// @param pieces one more than there are cells and drawings, each of which stands between a piece and the next
record Manuscript(List<String> pieces) {

    /// What is to be changed in a text. Links are noted before they are resolved, since only then it is known where
    /// their targets stand, and read after.
    static final class Draft {
        private static final Pattern PAGE = Pattern.compile("(?:([\\w-]+)\\.html)?(?:#(.*))?");

        /// @param shows whether a cell or a drawing is to stand there
        private record Change(int start, int end, Supplier<String> markdown, boolean shows) {}

        private final List<Change> changes = new ArrayList<>();
        private final String id;

        /// @param id of the text: `lesson02`
        Draft(Document document, String id) {
            this.id = id;
            for (Node node : document.getChildren()) {
                List<Node> shown = new ArrayList<>();
                DiagramLink.in(node).ifPresent(diagram -> shown.add(diagram.link()));
                CellLink.in(node).forEach(cell -> shown.add(cell.link()));
                shown.forEach(link -> add(link.getChars(), () -> "", true));
                if (shown.isEmpty()) addAll(node);
            }
        }

        private void addAll(Node node) {
            add(node);
            for (Node child = node.getFirstChild(); child != null; child = child.getNext()) addAll(child);
        }

        private void add(Node node) {
            switch (node) {
                case HtmlInlineComment comment ->
                        add(comment.getChars(), () -> QuoteReader.marksRight(comment) ? "**(right)**" : "", false);
                case HtmlCommentBlock comment -> add(comment.getChars(), () -> "", false);
                case LinkNodeBase link -> add(link.getUrl(), () -> target(link.getUrl().toString()), false);
                default -> {}
            }
        }

        private void add(BasedSequence written, Supplier<String> markdown, boolean shows) {
            changes.add(new Change(written.getStartOffset(), written.getEndOffset(), markdown, shows));
        }

        /// Where a link to a page leads in Markdown: to the page's twin. That has its headings, but not its cells.
        private String target(String url) {
            Matcher page = PAGE.matcher(url);
            if (!page.matches()) return url; // a file, or elsewhere
            String of = page.group(1) == null ? id : page.group(1);
            String anchor = page.group(2) == null ? "" : "#" + page.group(2);
            return anchor.startsWith("#cell-") ? of + ".html" + anchor : MarkdownEdition.file(of) + anchor;
        }

        /// @param text that the document was parsed from
        Manuscript finish(String text) {
            changes.sort(Comparator.comparingInt(Change::start));
            List<String> pieces = new ArrayList<>();
            var piece = new StringBuilder();
            int read = 0;
            for (Change change : changes) {
                piece.append(text, read, change.start).append(change.markdown.get());
                read = change.end;
                if (change.shows) pieces.add(take(piece));
            }
            pieces.add(take(piece.append(text, read, text.length())));
            return new Manuscript(List.copyOf(pieces));
        }

        private static String take(StringBuilder piece) {
            String taken = piece.toString().strip();
            piece.setLength(0);
            return taken;
        }
    }
}
