package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The print edition: all pages on one.
class PrintTest {
    @TempDir static Path folder;
    private static Document print;

    @BeforeAll
    static void write() throws IOException {
        Fixture.site().write(folder.resolve("site"), Fixture.TEMPLATES);
        print = Jsoup.parse(Files.readString(folder.resolve("site/print.html")));
    }

    @Test
    void itHasAChapterForEachLessonAndAnAppendixForEachGuide() {
        assertEquals(List.of("lesson01", "lesson02", "setup", "queries"), print.select(".chapter").eachAttr("id"));
        assertEquals(List.of("01", "02", "A", "B"), print.select(".chapter > .title > .gate").eachText());
        assertEquals("9.1.2, private", print.selectFirst(".cover .facts div:contains(Valkey) dd").text());
        for (String id : List.of("lesson01", "lesson02", "setup", "queries")) {
            Element page = page(id);
            assertEquals(page.select("article h2, article h3, figcaption").eachText(),
                    print.select("#" + id + " article :is(h2, h3, figcaption)").eachText());
            assertEquals(page.select("article pre.code, article .printed").eachText(),
                    print.select("#" + id + " article :is(pre.code, .printed)").eachText());
        }
    }

    @Test
    void everyAnchorIsItsOwnAndEveryLinkWithinLeadsToOne() {
        List<String> ids = print.select("[id]").eachAttr("id");
        Set<String> anchors = new HashSet<>(ids);
        assertEquals(anchors.size(), ids.size());
        for (Element link : print.select("main a[href]")) {
            String to = link.attr("href");
            assertTrue(to.startsWith("https://") || anchors.contains(to.substring(1)), to);
        }
        assertEquals("#lesson02-cell-departures", print.selectFirst("#lesson02 a:contains(departures)").attr("href"));
        assertEquals("#setup-the-tables", print.selectFirst("#queries p a").attr("href"));
        for (Element svg : print.select("[aria-labelledby]"))
            assertTrue(anchors.contains(svg.attr("aria-labelledby")), svg.attr("aria-labelledby"));
    }

    @Test
    void onPaperNothingWaitsForAClick() {
        assertEquals(List.of(), print.select("main :is(input, button)"));
        assertEquals(List.of(), print.select("main details:is(.fold, .aside):not([open])"));
        assertEquals("Answer 1,000: nothing was ever cached",
                print.selectFirst("#lesson02-predict-1 .right").text());
    }

    @Test
    void aStepKeepsItsLineAndItsCountsButNotItsReplay() {
        Element step = print.selectFirst("#lesson02-cell-penetration .hood");
        assertTrue(step.selectFirst(".summary").text().startsWith("100 SQL · 100 commands"), step.text());
        assertEquals("GET 100", step.selectFirst("tbody tr").text().substring(0, 7));
        assertFalse(page("lesson02").select(".sequence").isEmpty());
        assertEquals(List.of(), print.select(".sequence, .queries"));
    }

    @Test
    void aLinkToAFileIsOnlyItsWords() {
        var anchored = new Anchored(Set.of("a", "b"));
        assertEquals("<a>data</a> <a href=\"https://x.org/b.html\">x</a>",
                anchored.within("a", "<a href=\"data/x.csv\">data</a> <a href=\"https://x.org/b.html\">x</a>"));
        assertEquals("<a href=\"https://x.org/?q=\" id=\"a-i\"></a>",
                anchored.within("a", "<a href=\"https://x.org/?q=\" id=\"i\"></a>"));
        assertEquals("<a href=\"#b-c\">1</a> <a href=\"#contents\">2</a> <i id=\"a-x\"> id=&quot;x&quot;</i>",
                anchored.within("a",
                        "<a href=\"b.html#c\">1</a> <a href=\"index.html#m\">2</a> <i id=\"x\"> id=&quot;x&quot;</i>"));
    }

    private static Element page(String id) {
        try {
            return Jsoup.parse(Files.readString(folder.resolve("site").resolve(id + ".html")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
