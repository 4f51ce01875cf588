package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lab.Event;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The picture of the last build, held against the transcripts that it is made of.
class RadarTest {
    private static final Course COURSE = Course.read(Path.of("test/site/course"));
    private static final Map<Chapter, Text> TEXTS = Text.read(COURSE);
    private static final List<Run> RUNS = COURSE.lessons().stream().map(Fixture::run).toList();

    @TempDir static Path folder;

    @Test
    void itsSumsAreTheEventsOfAllLessons() {
        long hits = commands().filter(c -> Boolean.TRUE.equals(c.hit())).count();
        long misses = commands().filter(c -> Boolean.FALSE.equals(c.hit())).count();
        long sql = RUNS.stream().flatMap(run -> run.transcript().all(Event.Sql.class)).count();
        assertTrue(hits > 0 && misses > 0 && sql > 0);
        long others = commands().count() - hits - misses;
        assertEquals(List.of("hits " + hits, "misses " + misses, "others " + others, "sql " + sql),
                radar().kinds().stream().map(kind -> kind.name() + " " + kind.count()).toList());
        assertEquals(Math.round(100.0 * hits / (hits + misses)) + "\u00a0%", radar().ratio());
    }

    @Test
    void aBarReachesTheCircleOfItsCount() {
        Radar.Spoke penetration = spoke("penetration"); // 100 misses, each with its statement
        assertEquals("100", penetration.row().misses());
        Radar.Circle hundred = radar().circles().get(1);
        assertEquals("100", hundred.label());
        assertEquals(Map.of("misses", "-" + hundred.outside(), "sql", "-" + hundred.inside()), Map.of(
                penetration.bars().getFirst().kind(), penetration.bars().getFirst().to(),
                penetration.bars().getLast().kind(), penetration.bars().getLast().to()));
        assertEquals(2, penetration.bars().size(), "what did not happen has no bar");
    }

    @Test
    void lessonsAndStepsStandInTheirOrder() {
        assertEquals(List.of("01", "02"), radar().sectors().stream().map(Radar.Sector::gate).toList());
        List<Double> angles = radar().sectors().stream().flatMap(s -> s.spokes().stream())
                .map(spoke -> Double.valueOf(spoke.angle())).toList();
        assertEquals(angles.stream().sorted().distinct().toList(), angles);
        assertTrue(angles.getLast() <= 360);
    }

    @Test
    void thePageHasTheSameAsATable() throws Exception {
        Fixture.site().write(folder.resolve("site"), Fixture.TEMPLATES);
        Document page = Jsoup.parse(Files.readString(folder.resolve("site/index.html")));
        var race = page.select(".counts a[href=lesson02.html#cell-race]").first().closest("tr");
        assertEquals("race 1 1 50 % 3 2", race.text().replace('\u00a0', ' '));
        int rows = radar().sectors().stream().mapToInt(lesson -> 1 + lesson.spokes().size()).sum();
        assertEquals(rows, page.select(".counts tbody tr").size());
        assertTrue(page.select(".scope svg").attr("aria-label").startsWith(radar().words()), radar().words());
        assertEquals(0, page.select("[style], svg script").size());
    }

    @Test
    void aCommitIsNoStatement() {
        var ended = new Event.StepEnded("s", 7, false, List.of(Told.count("COMMIT", 2), Told.count("ROLLBACK", 1),
                Told.count("SQL", 3), new Event.Count("GET", 5, 3, 1, 5, 0, 0, 0, List.of())), null);
        Transcript run = Told.of(Told.start("s"), ended, Told.LAST).transcript();
        assertEquals(1, run.cost().others());
        assertEquals(3, run.statements());
        assertEquals(5, run.commands());
    }

    @Test
    void lessonsThatAskNothingHaveNoPicture() {
        Transcript nothing = Told.of(Told.start("s"), Told.end("s"), Told.LAST).transcript();
        var silent = new Outcome("", nothing, true, 1, Optional.empty());
        var run = new Run(RUNS.getFirst().lesson(), silent, Optional.empty(), Optional.empty());
        assertEquals(Optional.empty(), Radar.of(List.of(run), TEXTS));
    }

    private static Radar radar() {
        return Radar.of(RUNS, TEXTS).orElseThrow();
    }

    private static Radar.Spoke spoke(String step) {
        return radar().sectors().stream().flatMap(s -> s.spokes().stream())
                .filter(spoke -> spoke.row().name().equals(step)).findFirst().orElseThrow();
    }

    private static Stream<Event.Command> commands() {
        return RUNS.stream().flatMap(run -> run.transcript().all(Event.Command.class));
    }
}
