package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import lab.Event;
import lab.Event.Command.Mode;
import org.junit.jupiter.api.Test;

class SequenceTest {
    private final List<Event.Entry> entries = new ArrayList<>();

    @Test
    void aReplyThatFollowsItsCallSharesItsRow() {
        at("main", 0, command("GET", 50)).at("main", 60, command("SET", 40));
        assertRows("1 trip GET k | 1 trip SET k");
    }

    @Test
    void callsOfSeveralActorsStandInOrderOfTime() {
        at("reader", 0, command("GET", 100)).at("writer", 50, command("DEL", 20)).at("reader", 200, command("SET", 10));
        assertRows("1 call GET k | 2 trip DEL k | 1 reply GET k | 1 trip SET k");
    }

    @Test
    void aRaceOfFewActorsIsShownUnasked() {
        at("reader", 0, command("GET", 100));
        assertFalse(Sequence.of(entries, 1).race(), "one actor");
        at("writer", 50, command("DEL", 20));
        assertTrue(Sequence.of(entries, 2).race());
        assertFalse(Sequence.of(entries, 99).race(), "not to its end");
        for (int i = 0; i < 3; i++) at("reader " + i, 200 + i, command("GET", 1));
        assertFalse(Sequence.of(entries, 5).race(), "a crowd");
    }

    @Test
    void aRoundedClockDoesNotSwapWhatOneActorDid() {
        at("main", 0, command("GET", 61)).at("main", 60, command("SET", 40)).at("main", 100, new Event.Printed("done"));
        assertRows("1 trip GET k | 1 trip SET k | 1 note “done”");
    }

    @Test
    void aRequestGoesToTheOriginWithItsHeadersBelow() {
        at("main", 0, command("GET", 9)).at("main", 20, new Event.Http("GET", "/weather", List.of("if-none-match: \"7\""), 304,
                "", List.of("age: 3"), 0, 400));
        Sequence sequence = Sequence.of(entries, 2);
        assertEquals(List.of("valkey", "origin"), sequence.servers());
        assertEquals("GET /weather\nif-none-match: \"7\"", sequence.rows().getLast().call().markup());
        assertEquals("304, 0 bytes\nage: 3", sequence.rows().getLast().reply().markup());
    }

    @Test
    void aResponseThatComesLaterDoesNotRepeatTheHeadersOfItsRequest() {
        var request = new Event.Http("GET", "/weather", List.of("accept: text/html"), 200, "", List.of("age: 3"), 9, 400);
        at("main", 0, request).at("weather", 100, command("GET", 9));
        Sequence.Row reply = Sequence.of(entries, 2).rows().getLast();
        assertEquals("GET /weather", reply.call().markup());
        assertEquals("200, 9 bytes\nage: 3", reply.reply().markup());
    }

    @Test
    void aPipelineIsOneTrip() {
        at("main", 0, command("GET", Mode.PIPELINED, 9)).at("main", 1, command("GET", Mode.PIPELINED, 9))
                .at("main", 50, command("GET", 9));
        assertRows("1 trip pipeline of 2 commands | 1 trip GET k");
    }

    @Test
    void twoTransactionsAreTwoTrips() {
        for (int i = 0; i < 2; i++) {
            at("main", i * 100, command("MULTI", Mode.MULTI, 5))
                    .at("main", i * 100 + 10, command("EXEC", Mode.MULTI, 5));
        }
        assertRows("1 trip transaction of 2 commands | 1 trip transaction of 2 commands");
    }

    @Test
    void aLongStepShowsItsBeginningAndCountsTheRest() {
        for (int i = 0; i < 200; i++) at("main", i * 100, command("GET", 10));
        Sequence sequence = Sequence.of(entries, 100_000);
        assertEquals(Sequence.FIRST, sequence.rows().size());
        assertEquals("99,994", sequence.more());
    }

    @Test
    void whatFollowsTheLastExchangeIsShownToo() {
        for (int i = 0; i < Sequence.ALL; i++) at("main", i * 100, command("GET", 10));
        at("main", 10_000, new Event.Checked("done", true, "lesson02.java", 1));
        assertEquals("✓ done", Sequence.of(entries, Sequence.ALL).rows().getLast().call().markup());
    }

    @Test
    void manyActorsShareTheLastLane() {
        for (int i = 0; i < 20; i++) at("reader-" + i, i * 100, command("GET", 10));
        Sequence sequence = Sequence.of(entries, 20);
        assertEquals("reader-0, reader-1, reader-2, reader-3, reader-4, reader-5 and 14 others",
                String.join(", ", sequence.lanes()));
    }

    @Test
    void theLessonIsFirstWhoeverBegins() {
        at("reader", 0, command("GET", 10)).at("main", 100, command("DEL", 10)).at("reader", 200, command("SET", 10));
        assertRows("2 trip GET k | 1 trip DEL k | 2 trip SET k");
        assertEquals(List.of("lesson", "reader"), Sequence.of(entries, 3).lanes());
    }

    @Test
    void everyArgumentIsShown() {
        String script = "local known = redis.call('HGET', KEYS[1], 'version') or 0\n" + "return 0 ".repeat(20) + "…";
        assertCall("EVAL \"" + script + "\" 1 key 2 \"\" 300000", "EVAL", script, "1", "key", "2", "", "300000");
        assertCall("SET key '[{\"to\":\"Los A… (914 bytes)' PX 300000",
                "SET", "key", "[{\"to\":\"Los A… (914 bytes)", "PX", "300000");
        assertCall("MGET a b … (1,000 more)", "MGET", "a", "b", "… (1,000 more)");
    }

    private void assertCall(String shown, String name, String... args) {
        entries.clear();
        at("main", 0, new Event.Command(name, List.of(args), "OK", null, 1, Mode.PLAIN, 10));
        assertEquals(shown, Sequence.of(entries, 1).rows().getFirst().call().markup());
    }

    private void assertRows(String rows) {
        assertEquals(rows, Sequence.of(entries, entries.size()).rows().stream()
                .map(row -> row.lane() + " " + row.kind() + " " + row.call().markup()).collect(Collectors.joining(" | ")));
    }

    private SequenceTest at(String actor, long at, Event event) {
        entries.add(new Event.Entry(entries.size() + 1, actor, "main", at, event));
        return this;
    }

    private static Event.Command command(String name, long micros) {
        return command(name, Mode.PLAIN, micros);
    }

    private static Event.Command command(String name, Mode mode, long micros) {
        return new Event.Command(name, List.of("k"), "OK", null, 1, mode, micros);
    }
}
