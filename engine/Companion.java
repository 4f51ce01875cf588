package engine;

import com.vladsch.flexmark.util.ast.Document;
import data.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A lesson's or a guide's text, in blocks.
///
/// @param minutes how long a room needs for it; a guide need not say
/// @param avoided pairs of steps, with a cache and without
/// @param terms   what it defines, and `uses` the terms of the course that it uses
/// @param manuscript the same text in Markdown
/// @param files   what lies beside the texts and is linked to, by its path within the site, which carries it too
public record Companion(String title, Optional<Integer> minutes, List<Avoided> avoided, List<Block> blocks,
        List<Term.Definition> terms, List<Term.Use> uses, Manuscript manuscript, Map<String, Path> files) {

    /// Reads a companion.
    ///
    /// @param sources  what its cells may show, by the names it links to: see [Listing#of]
    /// @param glossary the terms of the whole course
    /// @throws Fault with a line for everything that is wrong in it
    static Companion of(Draft draft, Map<String, Listing> sources, Links links, Glossary glossary) {
        Path text = draft.text();
        Document document = draft.document();
        Problems problems = draft.problems();
        String own = text.getFileName().toString().replace(".md", ".java");
        Avoided.check(draft.front().avoided(), draft.source().lines().toList(), sources.get(own), problems);
        var written = new Manuscript.Draft(document, own.replace(".java", ""));
        var resolver = new LinkResolver(links, text, Markdown.anchors(document), problems);
        Markdown.children(document).filter(n -> CellLink.in(n).isEmpty() && DiagramLink.in(n).isEmpty())
                .forEach(resolver::resolve);
        Manuscript manuscript = written.finish(draft.body());
        List<Term.Definition> terms = draft.terms().stream().map(term -> define(term, resolver, glossary)).toList();
        List<Term.Use> uses = new TermLinks(glossary, GlossaryPage.FILE, Set.of()).link(document);
        var cells = new CellReader(own, sources, problems);
        var diagrams = new DiagramReader(text, problems);
        var knobs = new KnobReader(knobs(sources.get(own)), problems);
        if (sources.containsKey(own)) knobs.check(document);
        List<Block> blocks = new BlockReader(cells, diagrams, knobs, problems).read(document);
        Avoided.checkShown(draft.front().avoided(), draft.source().lines().toList(), sources.get(own),
                outputs(blocks, own).map(Block.Cell::name).toList(), problems);
        problems.throwIfAny();
        FrontMatter front = draft.front();
        return new Companion(front.title(), Optional.ofNullable(front.minutes()), front.avoided(), blocks, terms, uses,
                manuscript, resolver.files());
    }

    private static List<String> knobs(Listing own) {
        return own == null ? List.of() : own.knobs().stream().map(Listing.Knob::name).toList();
    }

    /// The cells that show what the script `source` did.
    Stream<Block.Cell> outputs(String source) {
        return outputs(blocks, source);
    }

    private static Stream<Block.Cell> outputs(List<Block> blocks, String source) {
        return blocks.stream().filter(Block.Cell.class::isInstance).map(Block.Cell.class::cast)
                .filter(cell -> cell.showsOutput() && cell.file().equals(source));
    }

    private static Term.Definition define(Term term, LinkResolver resolver, Glossary glossary) {
        resolver.resolveElsewhere(term.definition());
        new TermLinks(glossary, "", Set.of(term.id())).link(term.definition());
        String html = Markdown.inner(term.definition());
        return new Term.Definition(term.id(), term.name(), term.others(), html, term.line());
    }

    /// The headings of the whole text, in order.
    public List<Block.Heading> headings() {
        return blocks.stream()
                .flatMap(block -> block instanceof Block.Prose prose ? prose.headings().stream() : Stream.empty())
                .toList();
    }

    /// The anchors on the page of a text: its headings' and its cells'.
    static Set<String> anchors(Path text) {
        return Markdown.anchors(Draft.of(text, false).document());
    }
}
