package engine;

// Reads HTML as a browser does, to find every link and every anchor.
//DEPS org.jsoup:jsoup:1.24.1

import data.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/// Holds a written site to three promises: a link within it leads somewhere, to one place, and a page loads nothing
/// from elsewhere.
final class LinkCheck {
    /// @param loads whether the page needs what it leads to
    private record Link(String target, boolean loads) {}

    private final Path site;
    private final Map<String, List<Link>> links = new TreeMap<>();
    private final Map<String, Set<String>> anchors = new TreeMap<>();
    private final List<String> broken = new ArrayList<>();

    private LinkCheck(Path site) throws IOException {
        this.site = site;
        try (Stream<Path> files = Files.list(site)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".html")).sorted().toList())
                read(file.getFileName().toString(), Jsoup.parse(withoutCode(Files.readString(file))));
        }
    }

    /// Highlighted code is most of a page, and to read it takes longest; it mostly has neither a link nor an anchor.
    private static String withoutCode(String html) {
        var rest = new StringBuilder(html.length());
        int done = 0;
        for (int pre = html.indexOf("<pre"); pre >= 0; pre = html.indexOf("<pre", done)) {
            int begin = html.indexOf('>', pre) + 1;
            int end = html.indexOf("</pre>", begin);
            String code = html.substring(begin, end);
            rest.append(html, done, begin);
            if (Stream.of(" id=", " href=", " src=").anyMatch(code::contains)) rest.append(code);
            done = end;
        }
        return rest.append(html, done, html.length()).toString();
    }

    private void read(String name, Document page) {
        Set<String> ids = new HashSet<>();
        for (String id : page.select("[id]").eachAttr("id"))
            if (!ids.add(id)) broken.add("%s: anchor '%s' stands twice".formatted(name, id));
        anchors.put(name, ids);
        links.put(name, page.select("[href]:not(base), [src]").stream().map(element -> element.hasAttr("src")
                ? new Link(element.attr("src"), true)
                : new Link(element.attr("href"), !element.is("a, link[rel=canonical]"))).toList());
    }

    /// @throws Fault with a line for every link that breaks a promise
    static void check(Path site) throws IOException {
        var check = new LinkCheck(site);
        check.links.forEach((name, links) -> links.forEach(link -> check.hold(name, link.target, link.loads)));
        if (!check.broken.isEmpty()) throw new Fault(Fault.FAILED, String.join("\n", check.broken));
    }

    private void hold(String page, String link, boolean loads) {
        URI uri;
        try {
            uri = URI.create(link);
        } catch (IllegalArgumentException e) {
            broken.add("%s: link '%s' is malformed".formatted(page, link));
            return;
        }
        if (uri.getScheme() != null || uri.getAuthority() != null) {
            if (loads) broken.add("%s: '%s' is loaded from another host".formatted(page, link));
            return;
        }
        String target = uri.getPath().isEmpty() ? page : uri.getPath();
        if (!Files.isRegularFile(site.resolve(target))) {
            broken.add("%s: link '%s' leads to no file of the site".formatted(page, link));
        } else if (uri.getFragment() != null && !anchors.getOrDefault(target, Set.of()).contains(uri.getFragment())) {
            broken.add("%s: link '%s' leads to no anchor of %s".formatted(page, link, target));
        }
    }
}
