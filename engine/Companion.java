package engine;

import com.vladsch.flexmark.util.ast.Document;
import data.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A lesson's text, in blocks.
///
/// @param minutes how long a room needs for it
/// @param valkey  the oldest Valkey that the whole lesson runs on, if it says so
/// @param files   what lies beside the texts and is linked to, relative to the course's folder: the site carries it too
public record Companion(String title, int minutes, Optional<String> valkey, List<Block> blocks, Set<String> files) {

    /// Reads a companion.
    ///
    /// @param sources what its cells may show, by the names it links to: see [Listing#of]
    /// @throws Fault with a line for everything that is wrong in it
    public static Companion read(Path text, Map<String, Listing> sources, Links links) {
        var problems = new Problems(text);
        FrontMatter.Split split = FrontMatter.split(SourceFile.text(text), problems);
        Document document = Markdown.parse(split.body());
        String name = text.getFileName().toString();
        var resolver = new LinkResolver(links, name, Markdown.anchors(document), problems);
        Markdown.children(document).filter(n -> CellLink.in(n).isEmpty()).forEach(resolver::resolve);
        var cells = new CellReader(name.replace(".md", ".java"), sources, problems);
        List<Block> blocks = new BlockReader(cells, problems).read(document);
        problems.throwIfAny();
        FrontMatter front = split.front();
        return new Companion(front.title(), front.minutes(), Optional.ofNullable(front.valkey()), blocks,
                resolver.files());
    }

    /// The headings of the whole text, in order.
    public List<Block.Heading> headings() {
        return blocks.stream()
                .flatMap(block -> block instanceof Block.Prose prose ? prose.headings().stream() : Stream.empty())
                .toList();
    }

    /// The anchors on the page of a text: its headings' and its cells'.
    static Set<String> anchors(Path text) {
        return Markdown.anchors(Markdown.parse(FrontMatter.split(SourceFile.text(text), new Problems(text)).body()));
    }
}
