package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a site says of itself to search engines and to whoever shows a link to it.
class PublicationTest {
    @TempDir Path folder;

    @Test
    void withoutAnAddressNothingIsSaidThatNeedsOne() throws IOException {
        Path site = write(Publication.ANYWHERE);
        assertFalse(Files.exists(site.resolve("sitemap.xml")));
        Document page = page(site, "lesson02.html");
        assertEquals(List.of(), page.select("[property=og:url], [property=og:image], [rel=canonical]"));
        assertEquals("And the race in it", page.select("meta[name=description]").attr("content"));
        assertEquals("And the race in it", page.select("[property=og:description]").attr("content"));
        assertEquals("Cache-aside", page.select("[property=og:title]").attr("content"));
        assertEquals("article", page.select("[property=og:type]").attr("content"));
        assertEquals("lesson02.md", page.select("[rel=alternate][type=text/markdown]").attr("href"));
        for (Page each : Fixture.site().pages())
            assertEquals(1, page(site, each.file()).select("[rel=alternate][type=text/markdown]").size(), each.file());
        assertEquals(List.of(), page(site, "index.html").select("a[href$=.pdf]"), "a link to what is not there");
    }

    @Test
    void withAnAddressEveryPageHasItsOwn() throws IOException {
        Path site = write(new Publication(Optional.of(BaseUrl.parse("https://example.org/a&b")), Optional.empty()));
        Document map = Jsoup.parse(Files.readString(site.resolve("sitemap.xml")), "", Parser.xmlParser());
        assertEquals(List.of("", "schedule.html", "lesson01.html", "lesson02.html", "setup.html", "queries.html").stream()
                .map(file -> "https://example.org/a&b/" + file).toList(), map.select("urlset > url > loc").eachText());
        Document page = page(site, "lesson02.html");
        assertEquals("https://example.org/a&b/lesson02.html", page.select("[property=og:url]").attr("content"));
        assertEquals("https://example.org/a&b/lesson02.html", page.select("[rel=canonical]").attr("href"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org", "htp://example.org/", "https://", "https://exa mple.org", "https:///x",
        "https://example.org/?a", "https://example.org/#a", "a\nb", "https://me:secret@example.org/"})
    void aGarbledAddressIsOneLine(String url) {
        Fault fault = assertThrows(Fault.class, () -> BaseUrl.parse(url));
        assertEquals(Fault.USAGE, fault.exitCode());
        assertTrue(fault.getMessage().startsWith("--base-url '"), fault.getMessage());
        assertEquals(1, fault.getMessage().lines().count());
        assertFalse(fault.getMessage().contains("secret"));
    }

    private Path write(Publication publication) {
        Path site = folder.resolve("site");
        Fixture.site().write(site, Fixture.TEMPLATES, publication);
        return site;
    }

    private static Document page(Path site, String file) throws IOException {
        return Jsoup.parse(Files.readString(site.resolve(file)));
    }
}
