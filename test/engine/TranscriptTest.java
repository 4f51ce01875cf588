package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lab.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class TranscriptTest {
    private static final Event.Keyspace NO_KEYS = new Event.Keyspace(0, 0, false, List.of(), List.of(), List.of());

    private final StringBuilder lines = new StringBuilder();
    private long clock = 1_000;
    private long n;

    @TempDir Path folder;

    @Test
    void eachEntryStandsInTheStepThatWasRunning() throws IOException {
        write("main", new Event.Began("lesson01", "25", "Linux", "x", List.of()));
        write("main", new Event.StepStarted("first"));
        write("main", new Event.Printed("hello"));
        write("main", ended("first"));
        write("main", new Event.Printed("between"));
        write("main", new Event.StepStarted("second"));
        write("main", new Event.Failed("boom", "lesson01.java", 7, "trace"));
        write("main", ended("second"));
        write("main", new Event.Ended(0, 1, 10));

        Transcript transcript = read();

        assertEquals(List.of("first", "second"), transcript.steps().stream().map(Transcript.Step::name).toList());
        assertEquals(List.of(new Event.Printed("hello")), transcript.steps().getFirst().all(Event.Printed.class).toList());
        assertEquals(List.of("boom"), transcript.steps().getLast().all(Event.Failed.class).map(Event.Failed::message).toList());
        assertEquals(new Event.Printed("between"), transcript.outside().getFirst().what());
        assertTrue(transcript.ended().isPresent());
    }

    @Test
    void anotherProcessBelongsToTheStepItSpokeIn() throws IOException {
        write("main", new Event.StepStarted("race"));
        write("origin", new Event.Printed("in the step"));
        write("main", ended("race"));
        write("origin", new Event.Printed("a moment late"));
        write("main", new Event.StepStarted("after"));

        assertEquals(2, read().steps().getFirst().entries().size());
    }

    @Test
    void countsOfAllProcessesAddUp() throws IOException {
        write("main", new Event.StepStarted("race"));
        write("origin", new Event.Did(List.of(count("GET", 2), count("SQL", 1))));
        write("main", new Event.StepEnded("race", 5, false, List.of(count("GET", 3)), NO_KEYS));

        Transcript transcript = read();

        assertEquals("{GET=5, SQL=1}", transcript.steps().getFirst().did().toString());
        assertEquals(5, transcript.commands());
        assertEquals(1, transcript.statements());
    }

    @Test
    void aSkippedStepNeedNotHaveStarted() throws IOException {
        write("main", new Event.Skipped("fields", "Valkey 9.0", "a TTL of its own for each field"));

        Transcript.Step step = read().steps().getFirst();

        assertEquals("Valkey 9.0", step.skipped().orElseThrow().needs());
        assertEquals(Optional.empty(), step.ended());
    }

    @Test
    void aTornLastLineIsPassedOver() throws IOException {
        write("main", new Event.StepStarted("first"));
        lines.append("{\"n\":2,\"actor\":\"ma");

        assertEquals("first", read().steps().getFirst().name());
    }

    @Test
    void aScriptThatNeverRanHasAnEmptyTranscript() {
        assertEquals(Transcript.EMPTY, Transcript.read(folder.resolve("none")));
    }

    private static Event.StepEnded ended(String step) {
        return new Event.StepEnded(step, 5, false, List.of(), NO_KEYS);
    }

    private static Event.Count count(String name, long calls) {
        return new Event.Count(name, calls, 0, 0, 0, 0, 0, 0, List.of());
    }

    private void write(String actor, Event event) {
        var entry = new Event.Entry(++n, actor, "main", clock++, event);
        lines.append(JsonMapper.builder().build().writeValueAsString(entry)).append('\n');
    }

    private Transcript read() throws IOException {
        return Transcript.read(Files.writeString(folder.resolve("transcript"), lines));
    }
}
