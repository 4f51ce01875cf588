package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lab.Event;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/// What a lesson cost, from the counts of its steps to its page.
class LedgerTest {
    private static final Event.Count GETS = new Event.Count("GET", 100, 98, 2, 5_000, 1_000, 5_000, 1, List.of());
    private static final Event.Count SQL = new Event.Count("SQL", 50, 0, 0, 9_000, 4_000, 50, 0, List.of());
    private static final Event.Count ONE = new Event.Count("SQL", 1, 0, 0, 200, 80, 1, 0, List.of());
    private static final Event.Count COMMIT = new Event.Count("COMMIT", 3, 0, 0, 90, 18, 0, 0, List.of());
    private static final Event.Count PUSHED = new Event.Count("message", 7, 0, 0, 0, 0, 21, 0, List.of());

    @Test
    void aRatioIsRoundedToAllOrNothingOnlyWhereItIs() {
        assertEquals("100\u00a0%", ratio(9, 0));
        assertEquals("99.9\u00a0%", ratio(99_999, 1));
        assertEquals("0.1\u00a0%", ratio(1, 99_999));
        assertEquals("0\u00a0%", ratio(0, 7));
        assertEquals("", ratio(0, 0));
    }

    @Test
    void aStepsCostIsExact() {
        assertEquals(new Cost(0, 50, 100, 1, 6_000, 98, 2, 1_500), Cost.of(step("s", GETS, SQL, COMMIT, PUSHED)));
    }

    @Test
    void theSumIsThatOfAllSteps() {
        Ledger ledger = ledger(List.of(), step("without", SQL), step("with", GETS, ONE)).orElseThrow();
        assertEquals("51 100 1 6\u00a0kB 98\u00a0% 3\u00a0ms", show(ledger.sum()));
        assertEquals("50     1.5\u00a0ms", show(ledger.lines().getFirst()));
    }

    @Test
    void whatWasAvoidedIsTheDifference() {
        var pair = List.of(new Avoided("with", "without", "readers"));
        Ledger ledger = ledger(pair, step("without", SQL), step("with", ONE)).orElseThrow();
        assertEquals("50 readers: from 50 queries to 1, 49 avoided A against B", page(ledger).select(".savings").text());
        assertEquals("#cell-without #cell-with", String.join(" ", page(ledger).select(".savings a").eachAttr("href")));
        Ledger worse = ledger(List.of(new Avoided("without", "with", null)), step("without", SQL), step("with", ONE))
                .orElseThrow();
        assertEquals("from 1 query to 50, none avoided B against A", page(worse).select(".savings").text());
    }

    @Test
    void whereAnOriginIsAskedRequestsAreAvoided() {
        var many = new Event.Count("HTTP", 200, 0, 0, 9_000, 0, 5_000, 200, List.of());
        var few = new Event.Count("HTTP", 40, 0, 0, 900, 0, 1_000, 40, List.of());
        Ledger ledger = ledger(List.of(new Avoided("with", "without", null)), step("without", many), step("with", few, GETS))
                .orElseThrow();
        assertEquals("from 200 requests to 40, 160 avoided A against B", page(ledger).select(".savings").text());
        assertEquals("A 200 1.5 ms", page(ledger).select(".ledger tbody tr").eachText().getFirst());
        assertEquals("step HTTP SQL commands round trips bytes hits time", page(ledger).select(".ledger thead").text());
    }

    @Test
    void aStepThatDidNotEndAvoidsNothing() {
        var cut = new Transcript.Step("with", List.of(), Optional.empty(), Optional.empty());
        Ledger ledger = ledger(List.of(new Avoided("with", "without", null)), step("without", SQL), cut).orElseThrow();
        assertEquals(List.of(), ledger.savings());
        assertEquals(1, ledger.lines().size());
    }

    @Test
    void aLessonThatAskedNobodyHasNone() {
        assertEquals(Optional.empty(), ledger(List.of(), step("without")));
    }

    @Test
    void aLineStandsForEachStep() {
        Document page = page(ledger(List.of(), step("without", SQL), step("with", GETS)).orElseThrow());
        assertEquals(List.of("A 50 1.5 ms", "B 100 1 6 kB 98 % 1.5 ms"), page.select(".ledger tbody tr").eachText());
        assertEquals("In all 50 100 1 6 kB 98 % 3 ms", page.select(".ledger tfoot").text());
    }

    private static String show(Ledger.Line line) {
        return String.join(" ", line.sql(), line.commands(), line.trips(), line.bytes(), line.ratio(), line.time());
    }

    private static Transcript.Step step(String name, Event.Count... did) {
        var ended = new Event.StepEnded(name, 1_500, false, List.of(did), null);
        return new Transcript.Step(name, List.of(), Optional.of(ended), Optional.empty());
    }

    private static Optional<Ledger> ledger(List<Avoided> pairs, Transcript.Step... steps) {
        List<Block> cells = Stream.of("without A", "with B").map(s -> s.split(" ")).map(s -> (Block) new Block.Cell(
                "cell-" + s[0], "lesson01.java", s[0], true, Block.Side.BOTH, false, s[1], 1)).toList();
        var text = new Companion("T", Optional.of(5), pairs, cells, List.of(), List.of(),
                new Manuscript(List.of("")), Map.of());
        var began = new Event.Began("lesson01", "25", "Linux", "x", List.of(new Event.Knob("readers", "50", "50")));
        var transcript = new Transcript(Optional.of(began), List.of(steps), List.of(), Optional.empty());
        Lesson lesson = Course.read(Path.of("test/site/course")).lessons().getFirst();
        var outcome = new Outcome("", transcript, true, 1, Optional.empty());
        return Ledger.of(text, new Run(lesson, outcome, Optional.empty(), Optional.empty()));
    }

    private static Document page(Ledger ledger) {
        return Jsoup.parse(new Templates(Fixture.TEMPLATES).render(new Page.OfLesson(new Page.Frame("C", List.of(), List.of()), "x.html",
                "01", "X", "M", Optional.of(1), Optional.empty(), List.of(new Part.Costs(ledger)), List.of(), Optional.empty(),
                List.of(), Optional.empty(), Optional.empty())));
    }

    private static String ratio(long hits, long misses) {
        return new Cost(0, 7, hits + misses + 7, 0, 0, hits, misses, 0).ratio();
    }
}
