package engine;

import com.vladsch.flexmark.ast.AutoLink;
import com.vladsch.flexmark.ast.Image;
import com.vladsch.flexmark.ast.ImageRef;
import com.vladsch.flexmark.ast.LinkNodeBase;
import com.vladsch.flexmark.ast.LinkRef;
import com.vladsch.flexmark.ast.MailLink;
import com.vladsch.flexmark.util.ast.Node;
import com.vladsch.flexmark.util.sequence.BasedSequence;
import data.Suggest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Resolves the links of one text. They are written as they work on a code host, from file to file; on the site they
/// lead from page to page. One that leads nowhere is a problem at its line.
final class LinkResolver {
    private static final Pattern SCHEME = Pattern.compile("(\\p{Alpha}[\\w+.-]*):.*");
    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto");

    private final Links links;
    private final Path text;
    private final Set<String> anchors;
    private final Problems problems;
    private final SortedMap<String, Path> files = new TreeMap<>();

    /// @param anchors the text's own anchors
    LinkResolver(Links links, Path text, Set<String> anchors, Problems problems) {
        this.links = links;
        this.text = Links.whole(text);
        this.anchors = anchors;
        this.problems = problems;
    }

    /// The files beside the texts to which links lead, by their path within the site.
    SortedMap<String, Path> files() {
        return files;
    }

    /// Turns every link within a node to where it leads on the site.
    void resolve(Node node) {
        Markdown.all(node).forEach(n -> {
            switch (n) {
                case AutoLink link -> target(link.getText().toString(), link);
                case MailLink _ -> {}
                case Image image -> image.setUrl(BasedSequence.of(picture(image.getUrl().unescape(), image)));
                case ImageRef image when image.isDefined() ->
                        picture(image.getReferenceNode(n.getDocument()).getUrl().unescape(), image);
                case LinkNodeBase link -> link.setUrl(BasedSequence.of(target(link.getUrl().unescape(), link)));
                case LinkRef link when !link.isReferenceTextCombined() && !link.isDefined() ->
                        dead(link, "no line [%s]: URL says where this link leads", link.getReference());
                default -> {}
            }
        });
    }

    /// The same for a piece of the text that stands on another page.
    void resolveElsewhere(Node node) {
        resolve(node);
        Markdown.all(node).filter(LinkNodeBase.class::isInstance).map(LinkNodeBase.class::cast)
                .filter(link -> link.getUrl().startsWith("#"))
                .forEach(link -> link.setUrl(BasedSequence.of(links.page(text) + link.getUrl())));
    }

    private void dead(Node link, String why, Object... names) {
        problems.add(Markdown.line(link), why.formatted(names));
    }

    private String picture(String url, Node link) {
        if (!SCHEME.matcher(url).matches()) return target(url, link);
        dead(link, "a page loads nothing from elsewhere; put the picture into the course's folder");
        return url;
    }

    private String target(String url, Node link) {
        Matcher scheme = SCHEME.matcher(url);
        if (scheme.matches()) {
            if (!SCHEMES.contains(scheme.group(1).toLowerCase(Locale.ROOT)))
                dead(link, "a link to %s: is not allowed; use https", scheme.group(1));
            return url;
        }
        Optional<SourceLink> source = SourceLink.of(url).filter(s -> isPage(whole(s.text())));
        if (source.isPresent()) return cell(source.get(), link);
        Optional<String> solution = SourceLink.solutionPage(url).filter(_ -> Files.isRegularFile(whole(url))
                && isPage(whole(new SourceLink(url, "").text())));
        if (solution.isPresent()) return solution.get();
        String[] parts = url.split("#", 2);
        String of = parts[0].isEmpty() && parts.length == 2 ? text.getFileName().toString() : parts[0];
        if (!isPage(whole(of))) return file(of, link);
        return parts.length == 2 ? anchor(of, parts[1], link) : links.page(whole(of));
    }

    /// A path as it stands in the text.
    private Path whole(String path) {
        return text.resolveSibling(path).normalize();
    }

    private boolean isPage(Path path) {
        return path.equals(text) || links.pages().containsKey(path);
    }

    private String cell(SourceLink source, Node link) {
        Set<String> known = anchors(source.text());
        String meant = Suggest.nearest(source.anchor(), known)
                .map(a -> "; did you mean '%s'?".formatted(a.replace("cell-", "")))
                .orElse("; a cell is a paragraph of its own, with nothing but such a link");
        if (!known.contains(source.anchor()))
            dead(link, "no cell of %s shows '%s'%s", source.text(), source.name(), meant);
        return place(source.text(), source.anchor());
    }

    private String anchor(String of, String anchor, Node link) {
        Set<String> known = anchors(of);
        if (!known.contains(anchor))
            dead(link, "no heading '#%s' in %s%s", anchor, of, Suggest.didYouMean(anchor, known));
        return place(of, anchor);
    }

    private Set<String> anchors(String of) {
        return whole(of).equals(text) ? anchors : links.pages().get(whole(of)).get();
    }

    private String place(String of, String anchor) {
        return (whole(of).equals(text) ? "" : links.page(whole(of))) + "#" + anchor;
    }

    private String file(String path, Node link) {
        Path file = whole(path);
        Optional<String> place = links.place(file);
        if (path.isEmpty()) dead(link, "the link leads nowhere; give it a target");
        else if (place.isEmpty()) dead(link, "'%s' is outside the course; link to it by https", path);
        else if (path.endsWith(".md"))
            dead(link, "no page '%s' in the course%s", path, Suggest.didYouMean(path, links.names(text)));
        else if (!Files.isRegularFile(file)) dead(link, "no file '%s'", path);
        else files.put(place.get(), file);
        return place.orElse(path);
    }
}
