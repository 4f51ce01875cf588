package engine;

import static engine.Told.LAST;
import static engine.Told.check;
import static engine.Told.count;
import static engine.Told.end;
import static engine.Told.start;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lab.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTest {
    private static final Event TABLE = new Event.Table("Three questions",
            List.of(new Event.Column("query", false, false), new Event.Column("rows", false, true),
                    new Event.Column("p50 µs", true, true)),
            List.of(List.of("simple", "1", "17"), List.of("medium", "42", "230")));

    @TempDir Path folder;

    @Test
    void theFileHasWhatRepeatsAndNothingThatIsMeasured() throws IOException {
        Golden.accept(run(Told.of(start("firstRead"), new Event.Printed("ZRH: 212 departures"), TABLE,
                new Event.Measured("hit", 200, 12, 50, 90), check("a miss fills the cache", true, 12),
                end("firstRead", count("GET", 2), count("SET", 1), count("SQL", 1)),
                start("race"), new Event.StepEnded("race", 5, true, List.of(count("GET", 17)), null), LAST)));

        assertEquals("""
                # The first read

                ## firstRead
                    ZRH: 212 departures
                table: Three questions
                | query | rows |
                | --- | ---: |
                | simple | 1 |
                | medium | 42 |
                measured: hit
                ✔ a miss fills the cache
                did: GET 2, SET 1, SQL 1

                ## race
                did: varies
                """, Files.readString(folder.resolve("lesson01.out")));
    }

    @Test
    void onAClusterWhatIsSaidIsHeldAndHowManyCommandsThatTookIsNot() throws IOException {
        var cluster = new Event.Uses("Valkey", "9.1.2", "valkey-cluster://127.0.0.1:7000");
        Golden.accept(run(Told.of(start("read"), check("a hit", true, 12), end("read", count("MGET", 1)), LAST)));
        assertEquals(Optional.empty(), Golden.drift(run(Told.of(cluster, start("read"), check("a hit", true, 12),
                end("read", count("MGET", 3)), LAST))));
        assertTrue(Golden.drift(run(Told.of(cluster, start("read"), check("another", true, 12),
                end("read", count("MGET", 3)), LAST))).isPresent());
        assertTrue(Golden.drift(run(Told.of(start("read"), check("a hit", true, 12),
                end("read", count("MGET", 3)), LAST))).isPresent());
    }

    @Test
    void boxesAreHeldToTheGoldenFileAndGridsAreNot() {
        Told told = Told.of(start("touch"), new Event.Grid("Keys", "kept", List.of(new Event.Cells("LRU", "#."))),
                new Event.Boxes("Doll", List.of(new Event.Box("page", "made anew", List.of(new Event.Box("part", "", List.of()))))),
                end("touch"), LAST);

        assertEquals(List.of("# The first read", "", "## touch", "chart: Keys", "boxes: Doll", "    page: made anew",
                "      part", "did: nothing"), Golden.says(run(told), List.of()));
    }

    @Test
    void whatAnotherProcessSaysStandsTogether() {
        Told told = Told.of(start("race"), new Event.Printed("go")).by("origin", new Event.Printed("loaded"))
                .by("main", new Event.Printed("done"), end("race")).by("main", LAST);

        assertEquals(List.of("# The first read", "", "## race", "    go", "    done", "origin:", "    loaded", "did: nothing"),
                Golden.says(run(told), List.of()));
    }

    @Test
    void driftIsShownAsADiff() {
        Golden.accept(run(Told.of(start("one"), new Event.Printed("ZRH"), end("one", count("GET", 2)), LAST)));

        Optional<String> drift = Golden.drift(run(Told.of(
                start("one"), new Event.Printed("BSL"), end("one", count("GET", 2)), LAST)));

        assertEquals("""
                --- %1$s
                +++ this run
                @@ -1,5 +1,5 @@
                 # The first read
                \s
                 ## one
                -    ZRH
                +    BSL
                 did: GET 2""".formatted(folder.resolve("lesson01.out")), drift.orElseThrow());
    }

    @Test
    void theSameAgainIsNoDrift() {
        Told told = Told.of(start("one"), new Event.Printed("## one"), new Event.Printed(""), end("one"), LAST);

        assertTrue(Golden.accept(run(told)));
        assertFalse(Golden.accept(run(told)));
        assertEquals(Optional.empty(), Golden.drift(run(told)));
    }

    @Test
    void aLessonWithoutAGoldenFileIsToldHowToGetOne() {
        String drift = Golden.drift(run(Told.of(start("one"), end("one"), LAST))).orElseThrow();

        assertTrue(drift.endsWith("build.java accept lesson01"), drift);
    }

    @Test
    void aSkippedStepKeepsItsSection() {
        Event skipped = new Event.Skipped("fields", "Valkey 9.0", "a TTL for each field");
        Golden.accept(run(Told.of(start("one"), end("one"), start("fields"), new Event.Printed("HSETEX"), end("fields"),
                start("last"), end("last"), LAST)));

        Run older = run(Told.of(start("one"), end("one"), skipped, start("last"), end("last"), LAST));

        assertEquals(Optional.empty(), Golden.drift(older));
        assertFalse(Golden.accept(older));
    }

    private Run run(Told told) {
        var lesson = new Lesson("lesson01", "The first read", "", "Start", folder.resolve("lesson01.java"),
                folder.resolve("lesson01.md"), folder.resolve("lesson01.out"), Optional.empty(), Optional.empty());
        var outcome = new Outcome("never ran here", told.transcript(), true, 5, Optional.empty());
        return new Run(lesson, outcome, Optional.empty(), Optional.empty());
    }
}
