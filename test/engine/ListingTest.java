package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import data.Fault;
import engine.Listing.Code;
import engine.Listing.Kind;
import engine.Listing.Knob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingTest {
    @TempDir Path folder;

    @Test
    void stepsStandInTheOrderOfTheRunWithoutTheirWrappers() {
        assertEquals(List.of("firstRead", "secondRead", "race", "later"), lesson02().steps());
    }

    @Test
    void knobsAreFoundWithTheirPresets() throws IOException {
        assertEquals(List.of(new Knob("ttl", "60", "")), lesson02().knobs());
        assertEquals(List.of(new Knob("n", "1000", "ms, \"at most\""), new Knob("mode", "lazy", ""),
                        new Knob("max", "-5", ""), new Knob("all", "N", ""),
                        new Knob("few", "3", "1 to 9: of many")),
                listing("int n = knob(\"n\", 1_000); // ms, \"at most\"\nString m = knob(\"mode\", \"lazy\");\nint x = knob(\"max\", -5);\n"
                        + "int y = knob(\"all\", N);\nint z = knob(\"few\", 3, 1, 9); // of many\n").knobs());
    }

    @Test
    void aMethodStandsAsInItsFileWithItsComment() {
        Code code = lesson02().codes().get("secondRead");
        assertEquals(new Code("secondRead", Kind.METHOD, 37, 41, """
                /// The same question again.
                void secondRead() {
                    IO.println(departures("ZRH"));
                    check("a hit loads nothing", loads.get() == 1);
                }"""), code);
    }

    @Test
    void markersOfRegionsAreNotShown() {
        assertEquals("""
                /// Ask Valkey; on a miss load, and remember the answer for `ttl` seconds.
                String departures(String airport) {
                    String hit = valkey().get("departures:" + airport);
                    if (hit != null) return hit;
                    String loaded = load(airport);
                    valkey().set("departures:" + airport, loaded, setParams().ex(ttl));
                    return loaded;
                }""", lesson02().codes().get("departures").text());
    }

    @Test
    void aRegionIsIndentedFromZero() {
        Code miss = lesson02().codes().get("miss");
        assertEquals(new Code("miss", Kind.REGION, 21, 23, """
                String loaded = load(airport);
                valkey().set("departures:" + airport, loaded, setParams().ex(ttl));
                return loaded;"""), miss);
    }

    @Test
    void regionsNest() throws IOException {
        Listing listing = listing("""
                void main() {
                    // @start region=outer
                    a();
                    // @start region=inner
                    b();
                    // @end region=inner
                    // @end
                }
                """);
        assertEquals("a();\nb();", listing.codes().get("outer").text());
        assertEquals("b();", listing.codes().get("inner").text());
    }

    @Test
    void typesAndFieldsAreShownByName() throws IOException {
        Listing listing = listing("""
                // Kilometres, not miles.
                record Route(String from, String to) {
                    int length() { return 1; }
                }
                final int ttl = 60;
                """);
        assertEquals(Set.of("Route", "ttl"), listing.codes().keySet());
        assertEquals(new Code("Route", Kind.TYPE, 1, 4, "// Kilometres, not miles.\n"
                + "record Route(String from, String to) {\n    int length() { return 1; }\n}"), listing.codes().get("Route"));
        assertEquals(Kind.FIELD, listing.codes().get("ttl").kind());
    }

    @Test
    void anOverloadIsAmbiguous() throws IOException {
        assertEquals(Set.of("load"), listing("void load() {}\nvoid load(int n) {}\nvoid main() {}\n").ambiguous());
    }

    @Test
    void aMethodIsMeantRatherThanTheFieldOfItsName() throws IOException {
        Listing listing = listing("final int airport = 1;\nvoid airport() {}\n");
        assertEquals(Kind.METHOD, listing.codes().get("airport").kind());
        assertEquals(Set.of(), listing.ambiguous());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            void main() {~    int x = ~    go()~} | lesson01.java:3: ';' expected
            void main() { steps(() -> go()); } | lesson01.java:1: a step is a method of its own; write this::NAME
            void m() {~// @start region=a~go();~} | lesson01.java:2: region 'a' does not close; write // @end below it
            void m() {~go();~// @end~} | lesson01.java:3: @end closes no region; write // @start region=NAME above it
            void m() {~// @start a~go();~// @end~} | lesson01.java:2: a region needs a name; write // @start region=NAME
            void m() {~// @start region=a~// @end~} | lesson01.java:2: region 'a' is empty
            void m() {~// @start region=a~go();~// @end region=b~} | lesson01.java:4: @end names region 'b', but 'a' is open here
            """)
    void whatIsWrongIsSaidAtItsLine(String source, String message) {
        var fault = assertThrows(Fault.class, () -> listing(source.replace('~', '\n')));
        assertEquals(message, fault.getMessage().replace(folder + "/", ""));
    }

    @Test
    void twoRegionsOfOneNameAreRefused() {
        String region = "// @start region=a\ngo();\n// @end\n";
        var fault = assertThrows(Fault.class, () -> listing("void main() {\n" + region + region + "}\n"));
        assertEquals("lesson01.java:5: region 'a' starts at line 2 already; give it a name of its own",
                fault.getMessage().replace(folder + "/", ""));
    }

    @Test
    void aLessonsSourcesAreNamedAsItsTextLinksToThem() {
        Lesson lesson = Course.read(Path.of("test/engine/course")).lessons().getLast();
        assertEquals(List.of("lesson02.java", "exercises/exercise02.java", "exercises/solution02.java"),
                List.copyOf(Listing.of(lesson).keySet()));
    }

    @Test
    void aLessonRunsSteps() throws IOException {
        Path java = Files.writeString(folder.resolve("lesson01.java"), "void main() {}");
        var lesson = new Lesson("lesson01", "", "", "", java, java, java, Optional.empty(), Optional.empty());
        assertEquals(java + ":1: no steps; call steps(this::first, this::second) in main()",
                assertThrows(Fault.class, () -> Listing.of(lesson)).getMessage());
    }

    private static Listing lesson02() {
        return Listing.read(Path.of("test/engine/course/lesson02.java"));
    }

    private Listing listing(String source) throws IOException {
        return Listing.read(Files.writeString(folder.resolve("lesson01.java"), source));
    }
}
