package engine;

import com.vladsch.flexmark.ast.BlockQuote;
import com.vladsch.flexmark.ast.FencedCodeBlock;
import com.vladsch.flexmark.ast.Heading;
import com.vladsch.flexmark.ast.HtmlCommentBlock;
import com.vladsch.flexmark.ast.Reference;
import com.vladsch.flexmark.ext.tables.TableBlock;
import com.vladsch.flexmark.util.ast.Document;
import com.vladsch.flexmark.util.ast.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts a document into blocks. Ordinary neighbours become one piece of prose.
final class BlockReader {
    private final CellReader cells;
    private final DiagramReader diagrams;
    private final KnobReader knobs;
    private final Problems problems;
    private final List<Block> blocks = new ArrayList<>();
    private final StringBuilder prose = new StringBuilder();
    private final List<Block.Heading> headings = new ArrayList<>();

    BlockReader(CellReader cells, DiagramReader diagrams, KnobReader knobs, Problems problems) {
        this.cells = cells;
        this.diagrams = diagrams;
        this.knobs = knobs;
        this.problems = problems;
    }

    List<Block> read(Document document) {
        for (Node node : document.getChildren()) {
            List<CellLink> links = CellLink.in(node);
            Optional<DiagramLink> diagram = DiagramLink.in(node);
            if (diagram.isPresent()) diagrams.read(diagram.get()).ifPresent(this::add);
            else if (links.isEmpty()) read(node);
            else links.forEach(link -> cells.read(link).ifPresent(this::add));
        }
        endProse();
        cells.end((int) document.getChars().toString().lines().count());
        return List.copyOf(blocks);
    }

    private void read(Node node) {
        switch (node) {
            case HtmlCommentBlock _, Reference _ -> {}
            case FencedCodeBlock fence -> add(new Block.Fence(
                    fence.getInfoDelimitedByAny(c -> c == ' ').toString(), fence.getContentChars().toString()));
            case BlockQuote quote -> QuoteReader.read(quote, problems)
                    .ifPresentOrElse(this::addQuote, () -> prose(quote));
            case Heading heading -> {
                if (heading.getLevel() == 1) problems.add(Markdown.line(heading),
                        "the title stands in the front matter; begin a section with ##");
                headings.add(new Block.Heading(heading.getLevel(), heading.getAnchorRefId(), Markdown.inner(heading)));
                prose(heading);
            }
            case TableBlock table -> knobs.table(table).ifPresentOrElse(this::add, () -> prose(table));
            default -> prose(node);
        }
    }

    private void addQuote(Block quote) {
        if (quote instanceof Block.Prediction prediction) cells.foldNext(prediction.line());
        add(quote);
    }

    private void add(Block block) {
        endProse();
        blocks.add(block);
    }

    private void prose(Node node) {
        prose.append(Markdown.html(node));
    }

    private void endProse() {
        if (!prose.isEmpty()) blocks.add(new Block.Prose(prose.toString(), List.copyOf(headings)));
        prose.setLength(0);
        headings.clear();
    }
}
