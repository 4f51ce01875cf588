package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Texts are written on one line here: `~` stands for a line end. The body begins at line 5 of the companion.
class CompanionTest {
    private static final String FRONT = "---~title: T~minutes: 5~---~";
    private static final String CELLS = "~~[A](lesson02.java#first)~[B](lesson02.java#second)~";

    @TempDir Path home;

    private Path folder;

    @BeforeEach
    void aLessonWithTwoStepsAndAGuide() throws IOException {
        folder = home.resolve("lessons");
        write("../docs/setup.md", "---~title: S~---~## Where~~[Q](setup.java#asked)~");
        write("../docs/img/p.svg", "");
        write("../data/two.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY);~CREATE TABLE b (a REFERENCES a);~");
        write("../data/ill.sql", "CREATE TABLE a (id);~CREAT TABLE b (id);~");
        write("lesson02.java", """
                void main() { steps(this::first, this::second); }
                void first() {
                    // @start region=miss
                    load();
                    // @end
                }
                void second() {}
                void load() {}
                void twice() {}
                void twice(int n) {}
                """);
        write("exercises/exercise02.java", "void main() { steps(this::first); }~void first() {}~");
        write("exercises/solution02.java", "void main() { steps(this::first); }~void first() {}~");
        write("lesson03.md", FRONT + "## When not to~~[X](lesson03.java#other)~");
        write("picture.png", "");
    }

    @Test
    void ordinaryTextIsProse() {
        assertBlocks("One~two.~~- a~- b~", "<p>One two.</p> <ul> <li>a</li> <li>b</li> </ul>");
        assertBlocks("## A `b`~~## A `b`~", "<h2 id=\"a-b\">A <code>b</code></h2> <h2 id=\"a-b-1\">A <code>b</code></h2>");
        assertBlocks("|a|~|-|~|1|~", "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"> "
                + "<table> <thead> <tr><th>a</th></tr> </thead> <tbody> <tr><td>1</td></tr> </tbody> </table> </div>");
        assertBlocks("> Quoted.~~> **Not** an aside.~",
                "<blockquote> <p>Quoted.</p> </blockquote> <blockquote> <p><strong>Not</strong> an aside.</p> </blockquote>");
    }

    @Test
    void htmlIsShownAndCommentsAreNot() {
        assertBlocks("a <b>b</b> <!-- no --> c~~<!-- no -->~", "<p>a &lt;b&gt;b&lt;/b&gt;  c</p>");
        assertBlocks("<script>alert(1)</script>~", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
        assertBlocks("[a](https://x.y/?\"><script>)~", "<p><a href=\"https://x.y/?&quot;&gt;&lt;script&gt;\">a</a></p>");
    }

    @Test
    void fencesKeepTheirLanguage() {
        assertBlocks("a~~```java title~int a < b;~```~~b~", "<p>a</p>", "fence java: int a < b;", "<p>b</p>");
        assertBlocks("- a~  ```sh~  ls~  ```~", "<ul> <li>a <pre><code class=\"language-sh\">ls </code></pre> </li> </ul>");
    }

    @Test
    void aParagraphOfLinksIsACellPerLine() {
        assertCells("[The *first*](lesson02.java#first)~[B](lesson02.java#second \"output\")~",
                "cell-first: The <em>first</em>, step BOTH", "cell-second: B, step OUTPUT");
        assertCells("[A](lesson02.java#first \"code\")~~[B](lesson02.java#second)~~[C](lesson02.java#first \"output\")~",
                "cell-first: A, step CODE", "cell-second: B, step BOTH", "cell-first-output: C, step OUTPUT");
        assertBlocks("[R](lesson02.java#miss)~", "cell-miss: R, BOTH");
        assertBlocks("[E](exercises/exercise02.java#first)~", "cell-exercise02-first: E, step BOTH");
    }

    @Test
    void linksLeadFromPageToPage() {
        assertBlocks("See [A](lesson02.java#first).~", "<p>See <a href=\"#cell-first\">A</a>.</p>");
        assertBlocks("[a](lesson03.md) [b](lesson03.md#when-not-to) [c](lesson03.java#other)~",
                "<p><a href=\"lesson03.html\">a</a> <a href=\"lesson03.html#when-not-to\">b</a> <a href=\"lesson03.html#cell-other\">c</a></p>");
        assertBlocks("[a][b] <https://valkey.io>~~[b]: https://x.y \"t\"~",
                "<p><a href=\"https://x.y\" title=\"t\">a</a> <a href=\"https://valkey.io\">https://valkey.io</a></p>");
        assertBlocks("<a@b.c>~", "<p><a href=\"mailto:a@b.c\">a@b.c</a></p>");
        assertBlocks("## H~~[h](#h) [h](lesson02.md#h)~", "<h2 id=\"h\">H</h2> <p><a href=\"#h\">h</a> <a href=\"#h\">h</a></p>");
    }

    @Test
    void aLinkToASolutionLeadsToItsPage() {
        assertBlocks("[s](exercises/solution02.java)~", "<p><a href=\"solution02.html\">s</a></p>");
        assertEquals("<p><a href=\"solution02.html\">s</a></p>\n",
                ((Block.Prose) guide("[s](../lessons/exercises/solution02.java)~").blocks().getFirst()).html());
    }

    @Test
    void linksLeadToGuidesAndBack() {
        assertBlocks("[a](../docs/setup.md) [b](../docs/setup.md#where) [c](../docs/setup.java#asked)~",
                "<p><a href=\"setup.html\">a</a> <a href=\"setup.html#where\">b</a> <a href=\"setup.html#cell-asked\">c</a></p>");
        Companion guide = guide("[a](../lessons/lesson03.md) [b](../lessons/lesson03.java#other) [l](../lessons/README.md)"
                + " [e](../lessons/exercises/exercise02.java#first) [i](img/p.svg)~");
        assertEquals("<p><a href=\"lesson03.html\">a</a> <a href=\"lesson03.html#cell-other\">b</a> <a href=\"index.html\">l</a>"
                + " <a href=\"lesson02.html#cell-exercise02-first\">e</a> <a href=\"docs/img/p.svg\">i</a></p>\n",
                ((Block.Prose) guide.blocks().getFirst()).html());
        assertEquals(Map.of("docs/img/p.svg", home.resolve("docs/img/p.svg")), guide.files());
    }

    @Test
    void aGuideNeedNotSayHowLongItTakes() {
        assertEquals(Optional.empty(), guide("text").minutes());
    }

    @Test
    void aLinkToSqlThatIsCalledADiagramIsDrawn() {
        assertBlocks("[The *two*](../data/two.sql \"diagram\")~", "../data/two.sql: The <em>two</em>, 2 boxes");
    }

    @Test
    void theSiteCarriesTheFilesThatAreLinkedTo() {
        Companion companion = companion("![p](picture.png) [e](exercises/exercise02.java) ![i](../docs/img/p.svg)" + CELLS);
        assertEquals(Set.of("picture.png", "exercises/exercise02.java", "docs/img/p.svg"), companion.files().keySet());
    }

    @Test
    void asidesBeginWithABoldWord() {
        assertBlocks("> **Hint.** Ask *Valkey*.~>~> Twice.~", "HINT: <p>Ask <em>Valkey</em>.</p> <p>Twice.</p>");
        assertBlocks("> **Pitfall.**~>~> A list~> - a~", "PITFALL: <p>A list</p> <ul> <li>a</li> </ul>");
    }

    @Test
    void aPredictionFoldsTheOutputThatFollows() {
        assertCells("> **Predict.** How *many*?~> - one~> - `two` <!-- right -->~>~> Because.~"
                + "~[M](lesson02.java#miss)~[A](lesson02.java#first)~[B](lesson02.java#second)~",
                "<p>How <em>many</em>?</p> -one +<code>two</code> <p>Because.</p>",
                "cell-miss: M, BOTH", "cell-first: A, step BOTH folded", "cell-second: B, step BOTH");
    }

    @Test
    void theFrontMatterIsRead() {
        Companion companion = companion("text" + CELLS);
        assertEquals("T 5", companion.title() + " " + companion.minutes().orElseThrow());
        assertEquals("A: b", read("---~title: 'A: b'~minutes: 5~---~" + CELLS).title());
    }

    @Test
    void headingsAreListed() {
        assertEquals(List.of(new Block.Heading(2, "a-b", "A <code>b</code>"), new Block.Heading(3, "c", "C")),
                companion("## A `b`" + CELLS + "~### C").headings());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', commentCharacter = '%', textBlock = """
            title: T~minutes: 5                            | 1: no front matter; begin with a line ---, then title: and minutes:, then a line ---
            ---~title: T~minutes: 5~                       | 1: the front matter does not close; write --- on a line of its own below it
            ---~---~                                       | 1: the front matter has no title; add title: ...
            ---~title: T~---~                              | 1: the front matter has no minutes; add minutes: 45
            ---~title: T~minuts: 5~---~                    | 3: unknown field 'minuts'; did you mean 'minutes'?
            ---~title: T~minutes: soon~---~                | 3: minutes is a whole number: minutes: 45
            ---~minutes: 0~title: T~---~                   | 2: minutes is at least 1, not 0
            ---~minutes: 5~title: [T]~---~                 | 3: title is a text on one line
            ---~minutes: 5~title: A: b~---~                | 3: the front matter cannot be read: mapping values are not allowed here; put a text with a colon in quotes
            ---~minutes: 5~minutes: 6~---~                 | 3: the front matter cannot be read: Duplicate Object property "minutes"
            """)
    void whatIsWrongInTheFrontMatterIsSaidAtItsLine(String text, String message) {
        assertEquals("lesson02.md:" + message, faults(text + CELLS).getFirst());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', commentCharacter = '%', textBlock = """
            a~~[X](lesson02.java#frist)            | 7: no method or region 'frist' in lesson02.java; did you mean 'first'?
            a~~[X](lesson02.java#twice)            | 7: 'twice' stands for more than one thing in lesson02.java; give each a name of its own
            a~~[X](lesson03.java#first)            | 7: 'lesson03.java' is no source of this text; did you mean 'lesson02.java'?
            [X](lesson02.java#load "output")       | 5: 'load' is no step and has no output of its own; leave "output" out
            [X](lesson02.java#load "outptu")       | 5: a cell shows "code" or "output" or, without a word, both; not "outptu"; did you mean 'output'?
            [X](lesson02.java#first)               | 7: line 5 shows the code of 'first' already; link to it in a sentence
            # Title                                | 5: the title stands in the front matter; begin a section with ##
            See [X](lesson02.java#frist).          | 5: no cell of lesson02.md shows 'frist'; did you mean 'first'?
            - [X](lesson02.java#load)~             | 5: no cell of lesson02.md shows 'load'; a cell is a paragraph of its own, with nothing but such a link
            See [X](#nowhere) and more.            | 5: no heading '#nowhere' in lesson02.md; there is cell-first, cell-second
            See~[X](lesson03.md#when-not-t).       | 6: no heading '#when-not-t' in lesson03.md; did you mean 'when-not-to'?
            See [X](lesson30.md).                  | 5: no page 'lesson30.md' in the course; did you mean 'lesson03.md'?
            See [X](picture.jpg).                  | 5: no file 'picture.jpg'
            See [X](../secret.txt).                | 5: '../secret.txt' is outside the course; link to it by https
            See [X](/etc/passwd).                  | 5: '/etc/passwd' is outside the course; link to it by https
            See [X](../docs/stup.md).              | 5: no page '../docs/stup.md' in the course; did you mean '../docs/setup.md'?
            See [X](../docs/setup.md#wher).        | 5: no heading '#wher' in ../docs/setup.md; did you mean 'where'?
            See [X](../docs/setup.java#aksed).     | 5: no cell of ../docs/setup.md shows 'aksed'; did you mean 'asked'?
            a~~[X](../data/no.sql "diagram")       | 7: no file '../data/no.sql'
            a~~[X](../data/ill.sql "diagram")      | 7: '../data/ill.sql' cannot be drawn: [SQLITE_ERROR] SQL error or missing database (near "CREAT": syntax error)
            a~~[X](lesson02.java "diagram")        | 7: a diagram is drawn of a file of SQL, *.sql, not of 'lesson02.java'
            See [X](javascript:alert).             | 5: a link to javascript: is not allowed; use https
            See [X](javascript&colon;alert).       | 5: a link to javascript: is not allowed; use https
            See [X](data:text/html,x).             | 5: a link to data: is not allowed; use https
            See <vbscript:x>.                      | 5: a link to vbscript: is not allowed; use https
            ![x](https://x.y/p.png)                | 5: a page loads nothing from elsewhere; put the picture into the course's folder
            ![x][p]~~[p]: http://x.y/p.png         | 5: a page loads nothing from elsewhere; put the picture into the course's folder
            See [X]().                             | 5: the link leads nowhere; give it a target
            See [X][y].                            | 5: no line [y]: URL says where this link leads
            > **Predict.** A?~> - a~> - b          | 5: no answer is right; end the one that is with <!-- right -->
            > **Predict.** A?~> - a <!-- right -->~> - b <!-- right --> | 5: more than one answer is right; end the one that is with <!-- right -->
            > **Predict.** A?~> - a <!-- right --> | 5: a prediction has a list of 2 to 4 answers, not of 1
            > **Predict.** A?                      | 5: a prediction has a list of 2 to 4 answers, not of 0
            > **Predict.**~> - a <!-- right -->~> - b | 5: this prediction asks nothing; write its question before the answers
            > **Hint** A!                          | 5: an aside begins with its word and a full stop: > **Hint.**
            > **Supprise.** A!                     | 5: unknown aside 'supprise'; did you mean 'surprise'?
            """)
    void whatIsWrongInTheTextIsSaidAtItsLine(String text, String message) {
        assertEquals("lesson02.md:" + message, faults(FRONT + text + CELLS).getFirst());
    }

    @Test
    void aStepThatNoCellShowsIsNamed() {
        assertEquals(List.of("lesson02.md:5: no cell shows step 'second'; add a line [caption](lesson02.java#second)"),
                faults(FRONT + "[A](lesson02.java#first)"));
    }

    @Test
    void aPredictionNeedsAnOutputToPredict() {
        String question = "> **Predict.** A?~> - a <!-- right -->~> - b~~";
        assertEquals(List.of("lesson02.md:8: no cell with output follows this prediction"), faults(FRONT + "[A](lesson02.java#first)~[B](lesson02.java#second)~~" + question));
        assertEquals(List.of("lesson02.md:5: no cell with output follows this prediction"),
                faults(FRONT + question + question + CELLS));
    }

    @Test
    void allThatIsWrongIsSaidAtOnceInTheOrderOfTheText() {
        List<String> said = faults("---~title: T~---~# A~~[X](lesson02.java#frist)~~See [Y](no.png).");
        assertEquals(List.of(1, 4, 6, 8, 8, 8), said.stream().map(s -> Integer.parseInt(s.split(":")[1])).toList());
    }

    private void assertBlocks(String text, String... expected) {
        List<String> blocks = shown(text + CELLS);
        assertEquals(List.of(expected), blocks.subList(0, blocks.size() - 2));
    }

    private void assertCells(String text, String... expected) {
        assertEquals(List.of(expected), shown(text));
    }

    private List<String> shown(String text) {
        return companion(text).blocks().stream().map(CompanionTest::show).map(s -> s.strip().replaceAll("\n+", " ")).toList();
    }

    private static String show(Block block) {
        return switch (block) {
            case Block.Prose p -> p.html();
            case Block.Drawing d -> d.file() + ": " + d.captionHtml() + ", " + d.diagram().boxes().size() + " boxes";
            case Block.Turns t -> t.rows().stream().map(row -> row.options() + ": " + row.expectHtml()).collect(Collectors.joining("; "));
            case Block.Fence f -> "fence " + f.language() + ": " + f.code();
            case Block.Cell c -> c.id() + ": " + c.captionHtml() + ", " + (c.step() ? "step " : "") + c.side() + (c.folded() ? " folded" : "");
            case Block.Aside a -> a.kind() + ": " + a.html();
            case Block.Prediction p -> p.questionHtml() + p.answers().stream()
                    .map(a -> (a.right() ? "+" : "-") + a.html()).collect(Collectors.joining(" ")) + " " + p.whyHtml();
        };
    }

    private Companion guide(String text) {
        write("lesson02.md", FRONT + "[E](exercises/exercise02.java#first)~");
        return Companion.of(Draft.of(write("../docs/setup.md", "---~title: S~---~" + text), false), Map.of(), links(),
                Glossary.EMPTY);
    }

    private Companion companion(String text) {
        return read(FRONT + text);
    }

    private List<String> faults(String text) {
        return assertThrows(Fault.class, () -> read(text)).getMessage().replace(folder + "/", "").lines().toList();
    }

    private Companion read(String text) {
        var sources = new LinkedHashMap<String, Listing>();
        for (String java : List.of("lesson02.java", "exercises/exercise02.java")) sources.put(java, Listing.read(folder.resolve(java)));
        return Companion.of(Draft.of(write("lesson02.md", text), true), sources, links(), Glossary.EMPTY);
    }

    private Links links() {
        return Links.within(folder, Stream.of("lesson02.md", "lesson03.md", "../docs/setup.md").map(folder::resolve).toList());
    }

    private Path write(String name, String text) {
        try {
            Path file = folder.resolve(name).normalize();
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text.replace('~', '\n'));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
