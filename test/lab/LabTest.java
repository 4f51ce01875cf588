package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import tools.jackson.databind.json.JsonMapper;

/// Runs [SampleLesson] as a learner would, and looks at its terminal, its exit code and its transcript.
class LabTest {
    @TempDir static Path folder;
    private static Outcome well; // one run serves every test of a lesson that holds
    private static int runs;

    @BeforeAll
    static void runItOnce() throws Exception {
        well = run();
    }

    record Outcome(int exit, String out, List<Event.Entry> entries) {
        <E extends Event> List<E> events(Class<E> type) {
            return entries.stream().map(Event.Entry::what).filter(type::isInstance).map(type::cast).toList();
        }
    }

    static Outcome run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    static Outcome run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Path transcript = folder.resolve("transcript" + ++runs);
        Path out = folder.resolve("out" + runs);
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "lab.SampleLesson"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("LAB_TRANSCRIPT", transcript.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) process.destroy();
        assertTrue(ended, "the lesson did not end");
        var json = JsonMapper.builder().build();
        List<Event.Entry> entries = Files.exists(transcript)
                ? Files.readAllLines(transcript).stream().map(line -> json.readValue(line, Event.Entry.class)).toList() : List.of();
        return new Outcome(process.exitValue(), new String(Files.readAllBytes(out), StandardCharsets.UTF_8), entries);
    }

    @Test
    void numbersLookAlikeWhateverTheMachinesLocale() throws Exception {
        var german = Map.of("JAVA_TOOL_OPTIONS", "-Duser.language=de -Duser.country=DE");
        assertTrue(run(german, "--mode=number").out().contains("1,234 0.5"));
    }

    @Test
    void toEndALessonDoesNotFailTheStepThatLosesItsServer() throws Exception {
        Outcome outcome = run("--mode=ended");
        assertEquals(128 + 15, outcome.exit(), outcome.out());
        assertEquals(List.of(), outcome.events(Event.Failed.class), outcome.out());
        assertFalse(outcome.out().contains("Exception"), outcome.out());
    }

    @Test
    void aLessonThatHoldsExitsWithZeroAndIsRecordedInOrder() throws Exception {
        Outcome outcome = well;
        assertEquals(0, outcome.exit(), outcome.out());
        assertEquals(List.of("say", "draw", "talk", "alone"), outcome.events(Event.StepStarted.class).stream().map(Event.StepStarted::step).toList());
        assertEquals(new Event.Began("lab.SampleLesson", Runtime.version().toString(), Machine.os(), Machine.processor(),
                List.of(new Event.Knob("readers", "3", "3"), new Event.Knob("few", "3", "3"),
                        new Event.Knob("stay", "false", "false"), new Event.Knob("mode", "well", "well"))),
                outcome.entries().getFirst().what());
        assertTrue(outcome.entries().getLast().what() instanceof Event.Ended(int held, int broken, long _) && held == 4 && broken == 0);
    }

    @Test
    void whatIsPrintedIsRecordedByLineAlsoWithoutItsEnd() throws Exception {
        List<String> printed = well.events(Event.Printed.class).stream().map(Event.Printed::text).toList();
        assertEquals(List.of("readers 3", "no line end", "heard hello"), printed);
    }

    @Test
    void gridsAndBoxesAreDrawn() {
        assertTrue(well.out().contains("\n  Keys\n  LFU   ██·  2 of 3 kept\n  none    0 of 0 kept\n"), well.out());
        assertTrue(well.out().contains("\n  Doll\n  ■ page  made anew\n    □ part\n"), well.out());
    }

    @Test
    void whatAnActorPrintsIsItsOwn() throws Exception {
        Event.Entry heard = well.entries().stream()
                .filter(e -> e.what() instanceof Event.Printed(String text) && text.startsWith("heard")).findFirst().orElseThrow();
        assertEquals("echo", heard.actor());
    }

    @Test
    void aKnobTurns() throws Exception {
        assertTrue(run("--readers=7").out().contains("readers 7"));
    }

    @Test
    void anUnknownKnobExitsWithTwoAndASuggestion() throws Exception {
        Outcome outcome = run("--raeders=7");
        assertEquals(2, outcome.exit());
        assertEquals("there is no knob 'raeders'; did you mean 'readers'?\n", outcome.out());
    }

    @Test
    void aKnobThatIsNoNumberExitsWithTwoBeforeAnythingRuns() throws Exception {
        Outcome outcome = run("--readers=many");
        assertEquals(2, outcome.exit());
        assertEquals("--readers=many is not a whole number; try --readers=3\n", outcome.out());
    }

    @Test
    void aKnobThatIsOutOfItsRangeExitsWithTwo() throws Exception {
        Outcome outcome = run("--few=10");
        assertEquals(2, outcome.exit());
        assertEquals("--few=10 is out of range; it takes 1 to 9\n", outcome.out());
    }

    @Test
    void aChoiceIsMadeByItsNameAlone() throws Exception {
        var knobs = run("--stay").entries().getFirst().what();
        assertTrue(knobs instanceof Event.Began began && began.knobs().contains(new Event.Knob("stay", "false", "true")));
        assertEquals("--stay=yes is neither true nor false; try --stay\n", run("--stay=yes").out());
    }

    @Test
    void aStepForOneServerIsSkippedOnAClusterAndSaysWhatItWouldHaveShown() throws Exception {
        try (var cluster = PrivateCluster.start(0)) {
            assertTrue(run(Map.of("VALKEY_URL", cluster.url())).events(Event.Skipped.class).contains(
                    new Event.Skipped("alone", "one server, not a cluster", "It would have shown one server.")));
        }
        assertTrue(well.events(Event.Skipped.class).stream().noneMatch(skipped -> skipped.step().equals("alone")));
    }

    @Test
    void helpNamesTheKnobs() throws Exception {
        Outcome outcome = run("--help");
        assertEquals(0, outcome.exit());
        assertTrue(outcome.out().contains("--readers"), outcome.out());
        assertTrue(outcome.out().contains("3 unless you say otherwise, 1 to 9"), outcome.out());
    }

    @Test
    void aClaimThatDoesNotHoldFailsTheLessonAfterTheRestHasRun() throws Exception {
        Outcome outcome = run("--mode=false");
        assertEquals(1, outcome.exit());
        Event.Checked broken = outcome.events(Event.Checked.class).stream().filter(c -> !c.holds()).findFirst().orElseThrow();
        assertEquals("SampleLesson.java", broken.file());
        assertTrue(broken.line() > 0);
        assertEquals(4, outcome.events(Event.StepEnded.class).size());
        assertTrue(outcome.out().contains("✗ one and one is three   SampleLesson.java:" + broken.line()), outcome.out());
    }

    @Test
    void aStepThatThrowsIsTheLastAndNamesItsLine() throws Exception {
        Outcome outcome = run("--mode=throws");
        assertEquals(1, outcome.exit());
        Event.Failed failed = outcome.events(Event.Failed.class).getFirst();
        assertEquals("java.lang.IllegalStateException: as asked", failed.message());
        assertEquals("SampleLesson.java", failed.file());
        assertEquals(1, outcome.events(Event.StepEnded.class).size());
        assertTrue(outcome.events(Event.Ended.class).isEmpty());
    }

    @Test
    void anExceptionInAThreadFailsItsStep() throws Exception {
        Outcome outcome = run("--mode=thread");
        assertEquals(1, outcome.exit());
        assertEquals("java.lang.IllegalStateException: in a thread", outcome.events(Event.Failed.class).getFirst().message());
    }

    @Test
    void aLambdaIsNoStep() throws Exception {
        Outcome outcome = run("--mode=lambda");
        assertEquals(1, outcome.exit());
        assertTrue(outcome.out().contains("this one is a lambda"), outcome.out());
    }

    @Test
    void ofEndlessOutputTheTranscriptKeepsTheBeginningAndACount() throws Exception {
        List<Event.Printed> printed = run("--mode=loud").events(Event.Printed.class);
        assertTrue(printed.size() < 1_100);
        assertTrue(printed.contains(new Event.Printed("… and 4,002 more lines")), printed.toString());
    }

    @Test
    void bytesThatAreNoTextAreRecordedAsReplacements() throws Exception {
        assertTrue(run("--mode=raw").events(Event.Printed.class).contains(new Event.Printed("\ufffd</script>")));
    }

    @Test
    void aThreadLeftBehindDoesNotKeepTheLesson() throws Exception {
        assertEquals(0, run("--mode=leak").exit());
    }

    @Test
    void aStepForALaterValkeyIsSkippedVisibly() throws Exception {
        Outcome outcome = well;
        assertEquals(List.of(new Event.Skipped("tomorrow", "Valkey 99.0", "It would have shown tomorrow.")),
                outcome.events(Event.Skipped.class));
        assertTrue(outcome.out().contains("skipped: needs Valkey 99.0"), outcome.out());
    }

    @Test
    void onAServerThatIsNotOursALessonWorksUnderItsPrefixAndLeavesNothing() throws Exception {
        try (PrivateValkey theirs = PrivateValkey.start(); var client = RedisClient.create(theirs.uri())) {
            client.set("greeting", "theirs");
            client.set("cache-me:lab.SampleLesson:old", "of a run that was killed");
            Outcome outcome = run(Map.of("VALKEY_URL", theirs.uri().toString()), "--mode=guest");
            assertEquals(0, outcome.exit(), outcome.out());
            assertEquals(List.of("greeting"), outcome.events(Event.Command.class).getFirst().args().subList(0, 1));
            assertEquals("greeting", outcome.events(Event.StepEnded.class).getFirst().keys().added().getFirst().name());
            assertEquals("theirs", client.get("greeting"));
            assertEquals(1, client.dbSize());
        }
    }

    @Test
    void columnsThatAreMeasuredAreMarked() throws Exception {
        Event.Table table = well.events(Event.Table.class).getFirst();
        assertEquals(List.of(new Event.Column("name", false, false), new Event.Column("rows", false, true),
                new Event.Column("took", true, true)), table.columns());
        assertEquals(List.of("simple", "1,234", "0.500"), table.rows().getFirst());
    }
}
