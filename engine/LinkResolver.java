package engine;

import com.vladsch.flexmark.ast.AutoLink;
import com.vladsch.flexmark.ast.LinkNodeBase;
import com.vladsch.flexmark.ast.LinkRef;
import com.vladsch.flexmark.util.ast.Node;
import com.vladsch.flexmark.util.sequence.BasedSequence;
import data.Suggest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Resolves the links of one text. They are written as they work on a code host, from file to file; on the site they
/// lead from page to page. One that leads nowhere is a problem at its line.
final class LinkResolver {
    private static final Pattern SCHEME = Pattern.compile("(\\p{Alpha}[\\w+.-]*):.*");
    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto");

    private final Links links;
    private final String text;
    private final Set<String> anchors;
    private final Problems problems;
    private final Set<String> files = new TreeSet<>();

    /// @param text    the text's name, `lesson02.md`
    /// @param anchors its own anchors
    LinkResolver(Links links, String text, Set<String> anchors, Problems problems) {
        this.links = links;
        this.text = text;
        this.anchors = anchors;
        this.problems = problems;
    }

    /// The files beside the texts to which links lead, relative to the course's folder.
    Set<String> files() {
        return files;
    }

    /// Turns every link within a node to where it leads on the site.
    void resolve(Node node) {
        Markdown.all(node).forEach(n -> {
            switch (n) {
                case AutoLink link -> target(link.getText().toString(), Markdown.line(link));
                case LinkNodeBase link -> link.setUrl(BasedSequence.of(target(link.getUrl().unescape(), Markdown.line(link))));
                case LinkRef link when !link.isReferenceTextCombined() && !link.isDefined() ->
                        problems.add(Markdown.line(link), "no line [%s]: URL says where this link leads".formatted(link.getReference()));
                default -> {}
            }
        });
    }

    private String target(String url, int line) {
        Matcher scheme = SCHEME.matcher(url);
        if (scheme.matches()) {
            if (!SCHEMES.contains(scheme.group(1).toLowerCase())) problems.add(line,
                    "a link to %s: is not allowed; use https".formatted(scheme.group(1)));
            return url;
        }
        if (SourceLink.of(url).orElse(null) instanceof SourceLink source && (source.text().equals(text)
                || links.pages().containsKey(source.text()))) return anchor(source.text(), source.anchor(), line);
        int hash = url.indexOf('#');
        String path = hash < 0 ? url : url.substring(0, hash);
        if (url.isEmpty()) problems.add(line, "the link leads nowhere; give it a target");
        if (path.isEmpty() || path.equals(text)) return anchor(text, url.substring(hash + 1), line);
        if (!links.pages().containsKey(path)) return file(path, line);
        return hash < 0 ? Links.page(path) : anchor(path, url.substring(hash + 1), line);
    }

    private String anchor(String of, String anchor, int line) {
        Set<String> known = of.equals(text) ? anchors : links.pages().get(of).get();
        if (!known.contains(anchor)) problems.add(line, (anchor.startsWith("cell-") ? "no cell '#%s' in %s%s; a cell is a link in a paragraph of its own" : "no heading '#%s' in %s%s")
                .formatted(anchor, of, Suggest.didYouMean(anchor, known)));
        return (of.equals(text) ? "" : Links.page(of)) + "#" + anchor;
    }

    private String file(String path, int line) {
        Path folder = links.folder().toAbsolutePath().normalize();
        Path file = folder.resolve(path).normalize();
        if (!file.startsWith(folder)) problems.add(line, "'%s' is outside the course; link to it by https".formatted(path));
        else if (path.endsWith(".md")) problems.add(line, "no page '%s' in the course%s"
                .formatted(path, Suggest.didYouMean(path, links.pages().keySet())));
        else if (!Files.isRegularFile(file)) problems.add(line, "no file '%s'".formatted(path));
        else files.add(folder.relativize(file).toString());
        return path;
    }
}
