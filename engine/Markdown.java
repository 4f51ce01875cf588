package engine;

// Markdown to a tree with line numbers, and the tree to HTML.
//DEPS com.vladsch.flexmark:flexmark-all:0.64.8

import com.vladsch.flexmark.ast.Heading;
import com.vladsch.flexmark.ast.Paragraph;
import com.vladsch.flexmark.ext.tables.TablesExtension;
import com.vladsch.flexmark.html.HtmlRenderer;
import com.vladsch.flexmark.html.renderer.HeaderIdGenerator;
import com.vladsch.flexmark.parser.Parser;
import com.vladsch.flexmark.util.ast.Document;
import com.vladsch.flexmark.util.ast.Node;
import com.vladsch.flexmark.util.ast.TextCollectingVisitor;
import com.vladsch.flexmark.util.data.DataHolder;
import com.vladsch.flexmark.util.data.MutableDataSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Markdown as code hosts show it: CommonMark, tables, ids on headings. HTML is shown, not obeyed; comments vanish.
final class Markdown {
    private static final DataHolder OPTIONS = new MutableDataSet()
            .set(Parser.EXTENSIONS, List.of(TablesExtension.create()))
            .set(TablesExtension.MIN_SEPARATOR_DASHES, 1)
            .set(TablesExtension.COLUMN_SPANS, false)
            .set(TablesExtension.APPEND_MISSING_COLUMNS, true)
            .set(TablesExtension.DISCARD_EXTRA_COLUMNS, true)
            .set(HtmlRenderer.ESCAPE_HTML, true)
            .set(HtmlRenderer.SUPPRESS_HTML_COMMENT_BLOCKS, true)
            .set(HtmlRenderer.SUPPRESS_INLINE_HTML_COMMENTS, true)
            .set(HtmlRenderer.OBFUSCATE_EMAIL, false) // it would differ from build to build
            .set(HtmlRenderer.GENERATE_HEADER_ID, true)
            .set(HtmlRenderer.RENDER_HEADER_ID, true)
            .set(HtmlRenderer.HEADER_ID_GENERATOR_TO_DASH_CHARS, " -")
            .set(HtmlRenderer.HEADER_ID_GENERATOR_NON_DASH_CHARS, "_")
            .set(HtmlRenderer.HEADER_ID_GENERATOR_NO_DUPED_DASHES, false)
            .set(HtmlRenderer.DO_NOT_RENDER_LINKS, true) // means: in a whole document; we render its parts, with links
            .toImmutable();
    private static final Parser PARSER = Parser.builder(OPTIONS).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder(OPTIONS).build();

    private Markdown() {}

    /// Parses a text; its headings have their ids.
    static Document parse(String text) {
        Document document = PARSER.parse(text);
        new HeaderIdGenerator(OPTIONS).generateIds(document);
        return document;
    }

    /// The HTML of a part of a document. A table may be wider than a screen, and scrolls by itself.
    static String html(Node node) {
        String scroll = "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">";
        return RENDERER.render(node) // what an author wrote is escaped: these tags are the renderer's own
                .replace(" />", ">").replace("<th></th>", "<td></td>").replace("<th> </th>", "<td></td>")
                .replace("<table>", scroll + "\n<table>").replace("</table>", "</table>\n</div>");
    }

    /// The HTML of a heading, a link or a list item without its own tag.
    static String inner(Node node) {
        String html = html(node);
        return html.substring(html.indexOf('>') + 1, html.lastIndexOf('<')).strip();
    }

    static String text(Node node) {
        return new TextCollectingVisitor().collectAndGetText(node).strip();
    }

    static Stream<Node> children(Node node) {
        return StreamSupport.stream(node.getChildren().spliterator(), false);
    }

    /// The node and all within it.
    static Stream<Node> all(Node node) {
        return Stream.concat(Stream.of(node), children(node).flatMap(Markdown::all));
    }

    /// What a link may point to on the document's page: its headings and its cells.
    static Set<String> anchors(Document document) {
        return all(document).flatMap(node -> switch (node) {
            case Heading heading -> Stream.of(heading.getAnchorRefId());
            case Paragraph paragraph when paragraph.getParent() == document ->
                    CellLink.in(paragraph).stream().map(cell -> cell.source().anchor());
            default -> Stream.empty();
        }).collect(Collectors.toSet());
    }

    /// Where a node begins, counted from 1.
    static int line(Node node) {
        return node.getStartLineNumber() + 1;
    }
}
