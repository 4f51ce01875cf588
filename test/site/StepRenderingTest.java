package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lab.Event;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/// What a step said and did, as markup: an event in, a piece of the page out.
class StepRenderingTest {
    private static final Templates TEMPLATES = new Templates(Fixture.TEMPLATES);
    private static final Document.OutputSettings ASIS = new Document.OutputSettings().prettyPrint(false);

    @Test
    void whatWasPrintedIsOnlyText() {
        assertRendering(new Event.Printed("</script><b>&\u001b[31mred\u001b[0m\u0007"), "samp",
                "&lt;/script&gt;&lt;b&gt;&amp;red␇\n");
    }

    @Test
    void anotherProcessIsNamed() {
        assertRendering("writer", new Event.Printed("done"), "samp", "<b class=\"actor\">writer</b> done\n");
    }

    @Test
    void aCheckHasAnAnchorAndItsLine() {
        assertRendering(new Event.Checked("a < b", true, "lesson02.java", 44), ".checks", """
                <li id="cell-x-check-1"><b class="mark">kept</b> <span>a &lt; b</span>
                <a class="where" href="#cell-x-check-1">line 44</a></li>""");
    }

    @Test
    void aTableIsEscapedAndItsNumbersStandRight() {
        List<Event.Column> columns = List.of(new Event.Column("<a>", false, false), new Event.Column("n", true, true));
        var table = new Event.Table("T", columns, List.of(List.of("&", "1,000")));
        assertRendering(table, "tbody tr", "<td>&amp;</td><td>1,000\n</td>");
        assertEquals("n2", rendered(table).selectFirst("table").className());
    }

    @Test
    void aFailureSaysWhereAndShowsItsTrace() {
        assertRendering(new Event.Failed("no <such> airport", "lesson02.java", 132, "at lesson02.x"), ".failed", """
                <p class="label">Failed at lesson02.java:132</p>
                <p>no &lt;such&gt; airport</p>
                <details><summary>Stack trace</summary><pre tabindex="0">at lesson02.x</pre></details>""");
    }

    @Test
    void aMissIsToldInWords() {
        var get = new Event.Command("GET", List.of("<k>"), "(nil)", false, 1, Event.Command.Mode.PLAIN, 96);
        assertRendering(get, ".play li", """
                <small>+0&nbsp;µs</small><p><code>GET &lt;k&gt;</code></p>\
                <p><b>miss</b> <code>(nil)</code> <small>96&nbsp;µs</small>
                </p>""");
        assertEquals("to-valkey miss", rendered(get).selectFirst(".play li").className());
    }

    @Test
    void aPlanMarksItsScans() {
        var plan = List.of(new Event.Plan(0, "SCAN flight"), new Event.Plan(1, "USE TEMP B-TREE FOR ORDER BY"),
                new Event.Plan(0, "MULTI-INDEX OR"));
        var sql = new Event.Sql("SELECT 1", List.of(), 3, 40, plan);
        assertRendering(sql, ".plan > li", """
                <b class="scan">SCAN</b> <code>flight</code><ul><li><b class="sort">USE TEMP B-TREE</b> <code>FOR ORDER BY</code>
                </li></ul>""");
        assertEquals(2, rendered(sql).select(".plan > li").size());
    }

    @Test
    void noPageHoldsAScriptOrAStyleOfItsOwn() {
        for (Page page : Fixture.site().pages()) {
            Element html = Jsoup.parse(TEMPLATES.render(page));
            assertEquals("", html.select("script:not([src]), style, [style], [onclick], [onerror]").toString(), page.file());
            assertFalse(html.select("main").isEmpty());
        }
    }

    @Test
    void measurementsAreFoldedWhereAFigureOfThemFollows() {
        var measured = new Event.Measured("hit", 1_000, 58, 121, 880);
        var table = new Event.Table("T", List.of(new Event.Column("p50", true, true)), List.of(List.of("58")));
        assertEquals(1, rendered(measured, measured, table).select("details.measured > .scroll").size());
        assertEquals(0, rendered(table, measured).select("details.measured").size());
        assertEquals("hit", rendered(table, measured).select("table:contains(Measured) td").getFirst().text());
    }

    private static Document rendered(Event... events) {
        return Jsoup.parse(TEMPLATES.render(page("main", events)));
    }

    private static void assertRendering(Event event, String selector, String inner) {
        assertRendering("main", event, selector, inner);
    }

    private static void assertRendering(String actor, Event event, String selector, String inner) {
        Element found = Jsoup.parse(TEMPLATES.render(page(actor, event))).outputSettings(ASIS).selectFirst(selector);
        assertEquals(inner.strip(), found.html().strip());
    }

    /// A page with one step, in which `actor` did this.
    private static Page page(String actor, Event... events) {
        var ended = new Event.StepEnded("x", 10, false, List.of(), null);
        List<Event.Entry> entries = Stream.of(events).map(e -> new Event.Entry(1, actor, "main", 0, e)).toList();
        var step = new Transcript.Step("x", entries, Optional.of(ended), Optional.empty());
        List<Part> parts = List.of(new Part.Cell("cell-x", Html.text("x"), Optional.empty(),
                Optional.of(StepView.of(step, "cell-x", new HashSet<>())), false, false));
        return new Page.OfLesson(new Page.Frame("C", List.of(), List.of()), "x.html", "01", "X", "M", Optional.of(1),
                Optional.empty(), parts, List.of(), Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }
}
