package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonLinesTest {
    private static final List<Event> EACH_KIND = List.of(
            new Event.Began("lesson02", "25", "Linux", "a \"processor\"", List.of(new Event.Knob("ttl", "1", "2"))),
            new Event.Uses("Valkey", "9.1.2", "private"),
            new Event.Ended(3, 0, 1_234_567_890_123L),
            new Event.StepStarted("step"),
            new Event.StepEnded("step", 12, true, List.of(new Event.Count("GET", 1, 2, 3, 4, 5, 6, 7, List.of(0L, 1L))),
                    new Event.Keyspace(0, 1, false, List.of(new Event.Key("k", "hash", "listpack", -1, 72)), List.of(), List.of())),
            new Event.Did(List.of()),
            new Event.Skipped("step", "Valkey 9.0", "much"),
            new Event.Printed("ü \u0000 \u001b[31m \ud83d\ude80 </script>\\ \n"),
            new Event.Checked("it holds", false, "lesson02.java", 7),
            new Event.Table("t", List.of(new Event.Column("c", true, false)), List.of(List.of("1"), List.of())),
            new Event.Chart("c", Event.Chart.Kind.BARS, null, "µs",
                    List.of(new Event.Series("s", List.of(new Event.Point("a", 0.1, Double.MAX_VALUE))))),
            new Event.Grid("g", "kept", List.of(new Event.Cells("LRU", "#.#"), new Event.Cells("none", ""))),
            new Event.Boxes("b", List.of(new Event.Box("outer", "made", List.of(new Event.Box("inner", "", List.of()))))),
            new Event.Measured("m", 200, 1.5, 2e-9, 3),
            new Event.Failed("why", "lesson02.java", 9, "trace"),
            new Event.Command("GET", List.of("k"), "(nil)", null, 1, Event.Command.Mode.PIPELINED, 20),
            new Event.Sql("SELECT 1", List.of("NULL"), 1, 5, List.of(new Event.Plan(0, "SCAN"))),
            new Event.Http("GET", "/weather?in=ZRH", List.of("if-none-match: \"7\""), 304, "", List.of("age: 3"), 0, 400));

    @Test
    void eachKindOfEventIsReadBackAsItWas() {
        JsonMapper reader = JsonMapper.builder().build();
        for (Event event : EACH_KIND) {
            var entry = new Event.Entry(1, "main", "virtual-7", 1_700_000_000_000_000L, event);
            assertEquals(entry, reader.readValue(JsonLines.line(entry), Event.Entry.class));
        }
    }

    @Test
    void noKindIsLeftOut() {
        Set<Class<?>> written = EACH_KIND.stream().map(Object::getClass).collect(Collectors.toSet());
        assertEquals(new HashSet<>(Arrays.asList(Event.class.getPermittedSubclasses())), written);
    }

    @Test
    void aLineIsALine() {
        assertEquals(1, JsonLines.line(new Event.Printed("one\ntwo\r\nthree")).lines().count());
    }

    @Test
    void whatNoEventHoldsIsRefused() {
        record Odd(Object what) {}
        assertThrows(IllegalArgumentException.class, () -> JsonLines.line(new Odd(new Object())));
    }
}
