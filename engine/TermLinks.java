package engine;

import com.vladsch.flexmark.ast.BlockQuote;
import com.vladsch.flexmark.ast.Emphasis;
import com.vladsch.flexmark.ast.Heading;
import com.vladsch.flexmark.ast.Link;
import com.vladsch.flexmark.ast.ListBlock;
import com.vladsch.flexmark.ast.ListItem;
import com.vladsch.flexmark.ast.Paragraph;
import com.vladsch.flexmark.ast.SoftLineBreak;
import com.vladsch.flexmark.ast.Text;
import com.vladsch.flexmark.ext.tables.TableBlock;
import com.vladsch.flexmark.ext.tables.TableBody;
import com.vladsch.flexmark.ext.tables.TableCell;
import com.vladsch.flexmark.ext.tables.TableRow;
import com.vladsch.flexmark.util.ast.Document;
import com.vladsch.flexmark.util.ast.Node;
import com.vladsch.flexmark.util.sequence.BasedSequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Links the first use of each term on a page to the glossary. It changes the tree before it becomes HTML, and only
/// running text: no heading, no code, no link, nothing bold, no answer of a prediction, no note for the speaker.
final class TermLinks {
    private final Glossary glossary;
    private final String page;
    private final Set<String> linked;
    private final List<Term.Use> uses = new ArrayList<>();
    private String anchor = "";

    /// @param page   the glossary's, "" on that page itself
    /// @param except terms that get no link
    TermLinks(Glossary glossary, String page, Set<String> except) {
        this.glossary = glossary;
        this.page = page;
        this.linked = new HashSet<>(except);
    }

    /// @return the first use of each term
    List<Term.Use> link(Node node) {
        if (!glossary.isEmpty()) walk(node);
        return uses;
    }

    private void walk(Node node) {
        switch (node) {
            case Heading heading -> anchor = heading.getAnchorRefId();
            case BlockQuote quote -> quote(quote);
            case Document _, Paragraph _, ListBlock _, ListItem _, Emphasis _, TableBlock _, TableBody _, TableRow _,
                    TableCell _ -> within(Markdown.children(node).toList());
            default -> {}
        }
    }

    private void quote(BlockQuote quote) {
        List<Node> parts = Markdown.children(quote).toList();
        switch (QuoteReader.word(quote)) {
            case QuoteReader.NOTE -> {}
            case QuoteReader.PREDICT -> within(parts.stream().filter(part -> !(part instanceof ListBlock)).toList());
            default -> within(parts);
        }
    }

    /// A term may go on in the next line: neighbours of text are searched as one.
    private void within(List<Node> nodes) {
        var run = new ArrayList<Node>();
        for (Node node : nodes) {
            if (node instanceof Text || node instanceof SoftLineBreak) {
                run.add(node);
            } else {
                search(run);
                run.clear();
                walk(node);
            }
        }
        search(run);
    }

    private void search(List<Node> run) {
        var text = new StringBuilder();
        run.forEach(node -> text.append(node instanceof Text ? node.getChars() : " "));
        List<Glossary.Found> first = glossary.in(text.toString()).stream().filter(f -> linked.add(f.term())).toList();
        first.forEach(found -> uses.add(new Term.Use(found.term(), anchor)));
        first.reversed().forEach(found -> wrap(run, found)); // from the right: what is to the left stays as it is
    }

    private void wrap(List<Node> run, Glossary.Found found) {
        var link = new Link();
        link.setUrl(BasedSequence.of(page + "#" + found.term()));
        int end = 0;
        for (Node node : run) {
            int start = end;
            end += node instanceof Text ? node.getTextLength() : 1;
            if (end <= found.start() || start >= found.end()) continue;
            if (link.getParent() == null) node.insertAfter(link);
            if (node instanceof Text text) cut(text, found.start() - start, found.end() - start, link);
            else link.appendChild(node);
        }
    }

    /// Moves a part of a text into the link: what is before it stays, what is behind it comes after the link.
    private static void cut(Text text, int start, int end, Link link) {
        BasedSequence chars = text.getChars();
        int from = Math.max(start, 0);
        int to = Math.min(end, chars.length());
        if (to < chars.length()) link.insertAfter(new Text(chars.subSequence(to)));
        link.appendChild(new Text(chars.subSequence(from, to)));
        text.setChars(chars.subSequence(0, from));
    }
}
