package engine;

import java.util.List;
import java.util.stream.Collectors;

/// The list of a site's pages for search engines, see sitemaps.org. Its addresses must be absolute.
final class Sitemap {
    private Sitemap() {}

    static String of(List<Page> pages, BaseUrl base) {
        return pages.stream().filter(page -> !(page instanceof Page.Print // says all of it once more
                        || page instanceof Page.NotFound))
                .map(page -> "<url><loc>%s</loc></url>\n".formatted(Html.text(base.of(page.file())).markup()))
                .collect(Collectors.joining("", """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
                        """, "</urlset>\n"));
    }
}
