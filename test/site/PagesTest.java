package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every page is held to, by a reader in daylight at a desk and by one in the dark with a phone. Two browsers look
/// at once; the tests read what they saw. One page, `wrong.html`, breaks every rule: a test that does not notice fails.
class PagesTest {
    private static final List<String> WRONG = List.of("wrong.html", "wrong.css", "wrong.js");
    private static final long SCRIPTS = 40_000; // bytes that a page may load of them

    @TempDir static Path folder;
    private static List<Path> pages;
    private static List<Seen> seen;

    @BeforeAll
    static void look() throws Exception {
        pages = Sites.write(folder);
        for (String file : WRONG) Files.copy(Path.of("test/site/wrong", file), folder.resolve(file));
        String axe = AxeCore.source();
        var phone = CompletableFuture.supplyAsync(() -> look(Seen.View.PHONE, axe));
        seen = Stream.concat(look(Seen.View.DESKTOP, axe), phone.join()).toList();
    }

    private static Stream<Seen> look(Seen.View view, String axe) {
        try (var visit = new Visit(folder, view, axe)) {
            return Stream.concat(pages.stream(), Stream.of(folder.resolve(WRONG.getFirst()))).filter(view::shows).map(visit::see)
                    .toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void axeFindsNothing() {
        assertNone(Seen::axe);
        long rules = seen.stream().filter(PagesTest::isOurs).flatMap(s -> s.passed().stream()).distinct().count();
        IO.println("axe: %d pages, 2 themes, 2 widths, folded and unfolded: 0 violations, %d rules passed"
                .formatted(pages.size(), rules));
    }

    @Test
    void lettersStandOutFromWhatIsBehindThem() {
        assertNone(Seen::faint);
    }

    @Test
    void nothingIsWiderThanTheScreen() {
        assertNone(Seen::wide);
    }

    @Test
    void theConsoleIsSilent() {
        assertNone(Seen::console);
    }

    @Test
    void thePolicyRefusesNothing() {
        assertNone(Seen::policy);
    }

    @Test
    void noScriptOrStyleIsInline() {
        assertNone(Seen::inline);
    }

    @Test
    void nothingIsAskedOfAnotherHost() {
        assertNone(s -> s.requests().stream() // data: is a picture of the browser's own, such as a clock for times
                .filter(url -> !url.matches("(file://|http://localhost:|data:).*")).toList());
        assertTrue(seen.stream().filter(PagesTest::isOurs)
                .allMatch(s -> s.requests().stream().anyMatch(url -> url.endsWith("style.css"))), "requests are seen");
    }

    @Test
    void nothingJumpsWhileAPageLoads() {
        assertNone(Seen::shifts);
    }

    @Test
    void nothingMovesForReadersWhoWantNoMotion() {
        assertNone(Seen::moving);
    }

    @Test
    void theTabKeyReachesAllInOrderAndShowsWhereItIs() {
        assertNone(Seen::keyboard);
        long stops = seen.stream().filter(PagesTest::isOurs).mapToLong(Seen::stops).sum();
        IO.println("keyboard: %,d stops, each reached in order and marked".formatted(stops));
    }

    @Test
    void noScriptIsNeeded() {
        assertNone(Seen::dead);
    }

    @Test
    void scriptsAreSmall() {
        Seen most = seen.stream().max(Comparator.comparing(Seen::scripts)).orElseThrow();
        assertTrue(most.scripts() < SCRIPTS, "%s loads %,d bytes of scripts".formatted(most.page(), most.scripts()));
        IO.println("scripts: at most %,d bytes on a page, %s".formatted(most.scripts(), most.page()));
    }

    /// Asserts that no page has this fault but the one that is to have it.
    private static void assertNone(Function<Seen, List<String>> fault) {
        assertEquals("", seen.stream().filter(PagesTest::isOurs).flatMap(s -> fault.apply(s).stream()
                .map(what -> "%s, %s: %s".formatted(s.page(), s.view().scheme(), what)))
                .collect(Collectors.joining("\n")));
        assertFalse(seen.stream().filter(Predicate.not(PagesTest::isOurs)).allMatch(s -> fault.apply(s).isEmpty()),
                "nothing was noticed of wrong.html");
    }

    private static boolean isOurs(Seen page) {
        return !page.page().equals("wrong.html");
    }
}
