package engine;

// Reads HTML as a browser does, to find every link and every anchor.
//DEPS org.jsoup:jsoup:1.24.1

import data.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/// Holds a written site to two promises: a link within it leads somewhere, and a page loads nothing from elsewhere.
final class LinkCheck {
    private final Path site;
    private final Map<String, Document> pages = new TreeMap<>();
    private final Map<String, Set<String>> anchors = new TreeMap<>();

    private LinkCheck(Path site) throws IOException {
        this.site = site;
        try (Stream<Path> files = Files.list(site)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".html")).sorted().toList()) {
                Document page = Jsoup.parse(Files.readString(file));
                pages.put(file.getFileName().toString(), page);
                anchors.put(file.getFileName().toString(), Set.copyOf(page.select("[id]").eachAttr("id")));
            }
        }
    }

    /// @throws Fault with a line for every link that breaks a promise
    static void check(Path site) throws IOException {
        var check = new LinkCheck(site);
        List<String> broken = new ArrayList<>();
        check.pages.forEach((name, page) -> {
            for (Element link : page.select("[href]:not(base)")) check.link(name, link.attr("href"), !link.is("a"), broken);
            for (Element load : page.select("[src]")) check.link(name, load.attr("src"), true, broken);
        });
        if (!broken.isEmpty()) throw new Fault(Fault.FAILED, String.join("\n", broken));
    }

    private void link(String page, String link, boolean loads, List<String> broken) {
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
