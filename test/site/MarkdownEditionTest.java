package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.vladsch.flexmark.ast.FencedCodeBlock;
import com.vladsch.flexmark.ast.Heading;
import com.vladsch.flexmark.ast.LinkNodeBase;
import com.vladsch.flexmark.util.ast.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages as Markdown: read back, they say what the sources and the transcripts say.
class MarkdownEditionTest {
    @TempDir static Path folder;
    private static Path site;
    private static String text;

    @BeforeAll
    static void write() throws IOException {
        site = folder.resolve("site");
        Fixture.site().write(site, Fixture.TEMPLATES);
        text = Files.readString(site.resolve("lesson02.md"));
    }

    @Test
    void codeIsThatOfTheSourceAndOutputThatOfTheTranscript() {
        Listing source = Listing.read(Path.of("test/site/course/lesson02.java"));
        assertEquals(Stream.of("departures", "firstRead", "penetration", "race", "hostile", "fields", "broken")
                .map(name -> source.codes().get(name).text()).toList(), fences("java"));
        List<String> texts = fences("text");
        assertTrue(texts.contains("ZRH: 12 departures, LX8 first\nZRH: 12 departures, LX8 first"), texts.toString());
        assertTrue(texts.stream().anyMatch(said -> said.contains("→ Valkey: GET departures:ZRH → (nil), miss, 96 µs")));
        assertTrue(texts.stream().anyMatch(said -> said.contains("writer │ 09:40 is in the database")));
    }

    @Test
    void tablesAndChecksAreThoseOfTheTranscript() {
        assertTrue(text.contains("""
                *One thousand reads of an airport that is not there*

                | what is cached | queries | hit ratio | p50 |
                |---|--:|--:|--:|
                | only what was found | 1,000 | 0 % | 301 µs |
                """), text);
        assertTrue(text.contains("\n| with a Bloom filter | 312 |\n"), "a chart's figures");
        assertTrue(text.contains("\n| LFU | 1,000 | 1,000 |\n"), "a grid's figures");
        assertTrue(text.contains("\n- page \\<ZRH\\>: **made anew**\n  - flight 7: **made anew**\n    - crew of 7\n"), "boxes");
        assertTrue(text.contains("- [x] a miss fills the cache (lesson02.java:31)\n"));
        assertTrue(text.contains("- [ ] two and two are five (lesson02.java:57)\n"));
        assertTrue(text.contains("\nUnder the hood: 1 SQL · 3 commands · 1 key added · 3.12 ms\n"), text);
        assertTrue(text.contains("> - 1,000: nothing was ever cached **(right)**\n"));
        assertTrue(text.contains("| --ttl | 60 | seconds |"));
    }

    @Test
    void nothingThatWasPrintedLeavesItsFence() {
        assertEquals("````sh\na\n```\n# b\n````\n", MarkdownText.fence("sh", "a\n```\n# b"));
        assertEquals("```text\n␛c x\n```\n", MarkdownText.fence("text", "\u001b[0m␛c x"));
        assertEquals("\\<i\\>not\\</i\\> \\| \\[x\\](y) \\`z\\`", MarkdownText.line("<i>not</i>\n| [x](y) `z`"));
        assertEquals(List.of("Cache-aside", "What you will see", "Reads of nothing", "A race that leaves a lie",
                "What else a step may do", "Something to turn", "Knobs", "Where this was run"),
                all(text, Heading.class).map(Markdown::text).toList(), "no heading but ours, whatever was printed");
    }

    @Test
    void everyLinkWithinLeadsToAFileOfTheSite() throws IOException {
        assertEquals(List.of("lesson02.html#cell-departures", "lesson02.md#x"),
                Stream.of("#cell-departures", "lesson02.html#x").map(this::twin).toList());
        for (String file : List.of("llms.txt", "lesson01.md", "lesson02.md", "setup.md", "queries.md", "llms-full.txt"))
            for (LinkNodeBase link : all(Files.readString(site.resolve(file)), LinkNodeBase.class).toList()) {
                String url = link.getUrl().toString();
                assertTrue(url.startsWith("https://") || Files.exists(site.resolve(url.replaceFirst("#.*", ""))), url);
            }
    }

    @Test
    void theListForModelsNamesEachTextAndOneFileHoldsAll() throws IOException {
        assertEquals("""
                # Cache me if you can

                > A workshop on caching with Valkey that runs itself.

                Each text is followed by what its code printed, measured and checked when the site was built.

                ## 0 Start here

                - [Meet the airport](lesson01.md): One question, and what it costs.

                ## Database query caching

                - [Cache-aside](lesson02.md): And the race in it

                ## Guides

                - [Setup](setup.md): Before the first lesson
                """, Files.readString(site.resolve("llms.txt")).split("- \\[Query")[0]);
        String all = Files.readString(site.resolve("llms-full.txt"));
        for (String file : List.of("lesson01.md", "lesson02.md", "setup.md", "queries.md"))
            assertTrue(all.contains(Files.readString(site.resolve(file))), file);
    }

    private String twin(String url) {
        String markdown = "[a](%s)".formatted(url);
        Document document = Markdown.parse(markdown);
        return new Manuscript.Draft(document, "lesson02").finish(markdown).pieces().getFirst()
                .replaceAll("\\[a]\\((.*)\\)", "$1");
    }

    private static List<String> fences(String language) {
        return all(text, FencedCodeBlock.class).filter(fence -> fence.getInfo().toString().equals(language))
                .map(fence -> fence.getContentChars().toString().stripTrailing()).toList();
    }

    private static <T> Stream<T> all(String markdown, Class<T> kind) {
        return Markdown.all(Markdown.parse(markdown)).filter(kind::isInstance).map(kind::cast);
    }
}
