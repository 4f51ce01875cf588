package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SearchIndexTest {
    private static final SearchIndex INDEX = SearchIndex.of(Fixture.site().pages());

    @Test
    void aPageItsSectionsAndTheirCellsStandInTheOrderOfThePage() {
        assertEquals(List.of("Cache-aside", "What you will see", "Cache-aside",
                        "The first read pays, the second does not", "Reads of nothing", "A thousand reads of nothing",
                        "A race that leaves a lie"),
                INDEX.sections().stream().filter(section -> page(section).equals("lesson02.html"))
                        .map(SearchSection::heading).limit(7).toList());
        SearchSection cell = section("lesson02.html", "cell-penetration");
        assertEquals("Reads of nothing", cell.within());
        assertTrue(section("index.html", "database-query-caching").text()
                .endsWith("What is asked twice is worth remembering. Cache-aside: and the race in it."));
    }

    @Test
    void aSectionHoldsAllThatAnAuthorSaysThere() {
        String reads = section("lesson02.html", "reads-of-nothing").text();
        for (String said : List.of("Nothing of it reaches SQLite", "How many queries does SQLite see?",
                "the key is not there.", "called cache penetration", "valkey-cli --scan"))
            assertTrue(reads.contains(said), said + " in " + reads);
        assertTrue(section("lesson02.html", "something-to-turn").text().contains("--ttl 60 seconds"));
        String step = section("lesson02.html", "cell-penetration").text();
        for (String said : List.of("One thousand reads of an airport", "Queries that reach SQLite",
                "without negative caching every read is a query"))
            assertTrue(step.contains(said), said + " in " + step);
        assertEquals("airport flight", section("setup.html", "diagram-1").code());
    }

    @Test
    void codeIsFoundByItsNames() {
        SearchSection look = section("lesson01.html", "cell-look");
        assertEquals("Count the flights. there are flights.", look.text());
        assertEquals("look println flights check there are", look.code());
    }

    @Test
    void everySectionIsOnItsPage(@TempDir Path folder) throws IOException {
        Path site = folder.resolve("site");
        Fixture.site().write(site, Fixture.TEMPLATES);
        Map<String, Set<String>> anchors = new HashMap<>();
        for (SearchIndex.Target page : INDEX.pages()) anchors.put(page.file(),
                Set.copyOf(Jsoup.parse(Files.readString(site.resolve(page.file()))).select("[id]").eachAttr("id")));
        JsonNode written = read(Files.readString(site.resolve("search-index.js")));
        assertEquals(INDEX.sections().size(), written.at("/sections").size());
        for (JsonNode section : written.at("/sections")) {
            String page = written.at("/pages/%d/file".formatted(section.at("/page").intValue())).stringValue();
            String anchor = section.at("/anchor").asString("");
            assertTrue(anchor.isEmpty() || anchors.get(page).contains(anchor), page + "#" + anchor);
        }
    }

    @Test
    void noTextEndsTheScriptThatHoldsIt() {
        String script = INDEX.script();
        assertTrue(script.contains("\\u003c/script>"), "a caption of the fixture ends a script");
        assertFalse(script.contains("<"));
        assertEquals(1, script.lines().count());
        String odd = "</script>\"'\\\u2028\u2029\n";
        String escaped = new SearchIndex(List.of(new SearchIndex.Target("a.html", "", odd)), List.of()).script();
        assertEquals(1, escaped.split("[\n\u2028\u2029]").length);
        assertEquals(odd, read(escaped).at("/pages/0/title").stringValue());
    }

    @Test
    void tagsWithinAWordLeaveItWhole() {
        var html = new Html("<p><em>a</em>&lt;<code>b</code> &amp; “c”</p>\n<td>d1</td><td>d2</td>");
        assertEquals("a<b & “c” d1 d2", Words.of(html));
    }

    private static JsonNode read(String script) {
        return new JsonMapper().readTree(script.substring(script.indexOf('{'), script.lastIndexOf('}') + 1));
    }

    private static String page(SearchSection section) {
        return INDEX.pages().get(section.page()).file();
    }

    private static SearchSection section(String page, String anchor) {
        return INDEX.sections().stream().filter(s -> page(s).equals(page) && s.anchor().equals(anchor)).findFirst()
                .orElseThrow();
    }
}
