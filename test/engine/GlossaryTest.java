package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two lessons. Their texts are written on one line here: `~` stands for a line end, and the body begins at line 5.
class GlossaryTest {
    private static final String TERMS = "~~## Terms~~- **lease** (permit): A right that ends, see [A](#why).~"
            + "- **stale set**: An old value, set late: a lease forbids it.~";

    @TempDir Path folder;

    @BeforeEach
    void aCourse() throws IOException {
        Files.writeString(folder.resolve("README.md"), "# C\n\n## M\n\n- [One](lesson01.md)\n- [Two](lesson02.md)\n");
        for (String lesson : List.of("lesson01", "lesson02"))
            Files.writeString(folder.resolve(lesson + ".java"), "void main() { steps(this::a); }\nvoid a() {}\n");
        write("lesson01", "A lease.~~## Why~~The *stale~set*." + TERMS);
        write("lesson02", "No term.");
    }

    @Test
    void theFirstUseOnAPageLeadsToTheGlossary() {
        assertLinked("Leases, a lease.", "<p>[Leases|lease], a lease.</p>");
        assertLinked("Two stale~sets and a stale set.", "<p>Two [stale sets|stale-set] and a stale set.</p>");
        assertLinked("A *stale set*, a _permit_.", "<p>A <em>[stale set|stale-set]</em>, a <em>[permit|lease]</em>.</p>");
        assertLinked("A lease under a stale set.", "<p>A [lease|lease] under a [stale set|stale-set].</p>");
        assertLinked("- a lease~- a lease~", "<ul> <li>a [lease|lease]</li> <li>a lease</li> </ul>");
        assertLinked("> A lease.", "<blockquote> <p>A [lease|lease].</p> </blockquote>");
    }

    @Test
    void onlyWholeWordsOfRunningTextDo() {
        assertLinked("A release, a lease-holder, a sublease, LEASE, Stale Set, leased.",
                "<p>A release, a lease-holder, a sublease, LEASE, Stale Set, leased.</p>");
        assertLinked("`lease` **lease** [lease](#a) ![lease](p.png)", "<p><code>lease</code> <strong>lease</strong>"
                + " <a href=\"#a\">lease</a> <img src=\"p.png\" alt=\"lease\"></p>");
        assertLinked("### The lease", "<h3 id=\"the-lease\">The lease</h3>");
        assertLinked("<b title='lease'>x</b> &lt;lease&gt;",
                "<p>&lt;b title='lease'&gt;x&lt;/b&gt; &lt;[lease|lease]&gt;</p>");
        assertLinked("> **Note.** Late? Leave the lease out.~~A lease.",
                "NOTE <p>Late? Leave the lease out.</p> <p>A [lease|lease].</p>");
    }

    @Test
    void anAnswerOfAPredictionHoldsNoLink() {
        write("lesson02", "> **Predict.** What of the lease?~>~> - a stale set <!-- right -->~> - none~>~> A stale set.");
        var prediction = (Block.Prediction) read("lesson02").blocks().getFirst();
        assertTrue(prediction.questionHtml().contains("glossary.html#lease"));
        assertEquals("a stale set", prediction.answers().getFirst().html());
        assertTrue(prediction.whyHtml().contains("glossary.html#stale-set"));
    }

    @Test
    void theSectionStandsInTheGlossaryInstead() {
        assertEquals(List.of("why", "end"), read("lesson01").headings().stream().map(Block.Heading::id).toList());
        write("lesson02", "See [T](lesson01.md#terms).");
        assertEquals(List.of("lesson02.md:5: no heading '#terms' in lesson01.md; there is cell-a, end, why"), faults());
    }

    @Test
    void aGlossaryPageIsInTheOrderOfTheAlphabetAndEscaped() {
        write("lesson02", "## Late~~A stale set.~~## Terms~~- **A&B**: *Compare* & <set>.~~## More~~One A&B.");
        Course course = Course.read(folder);
        Page page = page(course).orElseThrow();
        Document html = Jsoup.parse(new Templates(Fixture.TEMPLATES).render(page));
        assertEquals(List.of("A&B", "lease also permit", "stale set"), html.select("dt").eachText());
        assertEquals("<em>Compare</em> &amp; &lt;set&gt;.", html.select("#a-b dd").getFirst().html());
        assertEquals("A right that ends, see <a href=\"lesson01.html#why\">A</a>.",
                html.select("#lease dd").getFirst().html());
        assertEquals("An old value, set late: a <a href=\"#lease\">lease</a> forbids it.",
                html.select("#stale-set dd").getFirst().html());
        assertEquals("Explained in One; used in Two.", html.select("#stale-set .places").text());
        assertEquals(List.of("lesson01.html#why", "lesson02.html#late"),
                html.select("#stale-set .places a").eachAttr("href"));
        assertEquals(List.of("lesson01.html"), html.select("#lease .places a").eachAttr("href"));
    }

    @Test
    void aCourseWithoutTermsHasNoGlossary() {
        write("lesson01", "A lease.");
        write("lesson02", "A lease.");
        Course course = Course.read(folder);
        assertTrue(page(course).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            - **a**: x.~- **a**: y.         | 8: 'a' is defined at lesson02.md:7 already; define it once
            - **b** (Lease): x.             | 7: 'Lease' is defined at lesson01.md:14 already; define it once
            - **zebra**: x.                 | 7: no text uses the term 'zebra'; use it, or take it out
            - **a**:                        | 7: term 'a' has no definition; write it after the colon
            - a: x.                         | 7: FORM
            - **a** x.                      | 7: FORM
            - **(**: x.                     | 7: FORM
            Text.                           | 7: the section Terms holds a list and nothing else; FORM
            [x](https://x.y)~~- **a**: x.   | 7: the section Terms holds a list and nothing else; FORM
            <!-- none -->                   | 5: no terms; FORM
            """)
    void whatIsWrongIsSaidAtItsLine(String terms, String message) {
        write("lesson02", "## Terms~~" + terms + "~~## After~~An a, a b.");
        String form = "a term is written - **stale set**: what it is; other names before the colon, in parentheses";
        assertEquals(List.of("lesson02.md:" + message.replace("FORM", form)), faults());
    }

    private void assertLinked(String text, String expected) {
        write("lesson02", text + "~~## A");
        String html = read("lesson02").blocks().stream().limit(3).map(block -> switch (block) {
            case Block.Prose prose -> prose.html().replaceAll("<h2.*", "");
            case Block.Aside aside -> aside.kind() + " " + aside.html();
            default -> "";
        }).collect(Collectors.joining()).replaceAll("\\s+", " ").strip();
        assertEquals(expected, html.replaceAll("<a href=\"glossary.html#([^\"]*)\">(.*?)</a>", "[$2|$1]"));
    }

    private static Optional<Page> page(Course course) {
        Map<Chapter, Text> texts = Text.read(course);
        return GlossaryPage.of(Page.Frame.of(course, texts), texts);
    }

    private Companion read(String lesson) {
        Map<Chapter, Text> texts = Text.read(Course.read(folder));
        return texts.entrySet().stream().filter(text -> text.getKey().id().equals(lesson)).findFirst().orElseThrow()
                .getValue().companion();
    }

    private List<String> faults() {
        Course course = Course.read(folder);
        return assertThrows(Fault.class, () -> Text.read(course)).getMessage().replace(folder + "/", "").lines().toList();
    }

    private void write(String lesson, String text) {
        try {
            Files.writeString(folder.resolve("p.png"), "");
            String whole = "---~title: T~minutes: 5~---~" + text + "~~## End~~[A](%s.java#a)~".formatted(lesson);
            Files.writeString(folder.resolve(lesson + ".md"), whole.replace('~', '\n'));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
