package engine;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class SiteTest {
    private static final Path EXPECTED = Path.of("test/site/expected");

    @TempDir Path folder;

    @Test
    void pagesAreAsExpected() throws IOException {
        Path site = write(Fixture.site());
        assertAll(List.of("index.html", "schedule.html", "lesson01.html", "queries.html", "setup.html").stream().map(page -> () -> {
            String actual = Files.readString(site.resolve(page));
            String expected = Files.readString(EXPECTED.resolve(page));
            if (actual.equals(expected)) return;
            Path kept = Files.writeString(Files.createTempFile("actual-", "-" + page), actual);
            assertEquals(expected, actual, "if it is right, copy " + kept + " to " + EXPECTED.resolve(page));
        }));
    }

    @Test
    void aPageStaysSmall() throws IOException {
        Path site = write(Fixture.site());
        assertTrue(Files.size(site.resolve("lesson02.html")) + Files.size(site.resolve("style.css")) < 150_000);
    }

    @Test
    void theKnobsStandWhereTheTextTurnsThem() throws IOException {
        Document page = Jsoup.parse(Files.readString(write(Fixture.site()).resolve("lesson02.html")));
        assertEquals("--ttl 60 seconds", page.select("#something-to-turn + .scroll tbody tr").getFirst().text());
        assertEquals(1, page.select(".knobs").size());
        assertEquals(1, page.select(".outline a[href=#something-to-turn]").size());
        assertEquals(0, page.select("#knobs, .outline a[href=#knobs]").size());
    }

    @Test
    void anOldSiteIsReplacedWholeAndNothingElseIsLeft() throws IOException {
        Path site = write(Fixture.site());
        Files.writeString(site.resolve("lesson99.html"), "a lesson of old");
        write(Fixture.site());
        assertFalse(Files.exists(site.resolve("lesson99.html")));
        assertEquals("*\n!.gitignore\n", Files.readString(site.resolve(".gitignore")));
        assertEquals(List.of(site), beside());
    }

    @Test
    void furtherFilesComeAlong() throws IOException {
        Path picture = Files.writeString(folder.resolve("picture.svg"), "<svg/>");
        Path site = folder.resolve("site");
        Site of = Fixture.site();
        new Site(of.pages(), of.descriptions(), of.markdown(), of.texts(), Map.of("images/picture.svg", picture))
                .write(site, Fixture.TEMPLATES);
        assertEquals("<svg/>", Files.readString(site.resolve("images/picture.svg")));
    }

    @Test
    void toolsAreToldWhatWasBuilt() throws IOException {
        var built = new JsonMapper().readTree(Files.readString(write(Fixture.site()).resolve("course.json")));
        assertEquals("9.1.2", built.at("/valkey").stringValue());
        assertEquals("0.1", built.at("/scale").stringValue());
        assertEquals(Runtime.version().toString().replaceFirst("\\+.*", ""), built.at("/jdk").stringValue());
        assertEquals(List.of("id", "title", "module", "minutes", "status", "skipped", "checks", "ms", "commands", "sql"),
                List.copyOf(built.at("/lessons/1").propertyNames()));
        assertEquals("lesson02", built.at("/lessons/1/id").stringValue());
        assertEquals("passed", built.at("/lessons/1/status").stringValue());
        assertTrue(built.at("/lessons/1/checks/failed").intValue() > 0, "the recording has a check that fails");
        assertEquals(2, built.at("/lessons").size());
        assertEquals(1, built.at("/guides").size());
        assertEquals(List.of("id", "title", "module", "status", "skipped", "checks", "ms", "commands", "sql"),
                List.copyOf(built.at("/guides/0").propertyNames()));
        assertEquals("queries", built.at("/guides/0/id").stringValue());
    }

    @Test
    void aDeadLinkIsNamedAndTheOldSiteStays() throws IOException {
        Path site = write(Fixture.site());
        Fault fault = assertThrows(Fault.class, () -> write(home("""
                <a href="lesson77.html">a</a> <a href="#nowhere">b</a>
                <img src="https://example.org/x.png" alt=""> <a href="https://example.org">c</a>""")));
        assertEquals("""
                index.html: link 'lesson77.html' leads to no file of the site
                index.html: link '#nowhere' leads to no anchor of index.html
                index.html: 'https://example.org/x.png' is loaded from another host""", fault.getMessage());
        assertEquals(Fault.FAILED, fault.exitCode());
        assertTrue(Files.exists(site.resolve("lesson02.html")));
        assertEquals(List.of(site), beside());
    }

    @Test
    void aFolderOfSomebodyElseIsLeftAlone() throws IOException {
        Path site = Files.createDirectory(folder.resolve("site"));
        Files.writeString(site.resolve("thesis.txt"), "years of work");
        Fault fault = assertThrows(Fault.class, () -> write(Fixture.site()));
        assertEquals(Fault.USAGE, fault.exitCode());
        assertTrue(fault.getMessage().contains("holds files that are not a site"), fault.getMessage());
        assertEquals("years of work", Files.readString(site.resolve("thesis.txt")));
    }

    @Test
    void aSiteThatCannotBeWrittenIsAFaultOfTheSetUp() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        Fault fault = assertThrows(Fault.class, () -> Fixture.site().write(file.resolve("site"), Fixture.TEMPLATES));
        assertEquals(Fault.USAGE, fault.exitCode());
        assertTrue(fault.getMessage().contains("--output"), fault.getMessage());
    }

    private Path write(Site pages) {
        Path site = folder.resolve("site");
        pages.write(site, Fixture.TEMPLATES);
        return site;
    }

    private List<Path> beside() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    /// The tiny course's site, with another front page.
    private static Site home(String intro) {
        var guides = new Page.Guides("guides", "Guides", new Html(""), List.of()); // every page leads there
        Page home = new Page.Home(new Page.Frame("Course", List.of(), List.of()), new Html(intro), Optional.empty(), List.of(),
                List.of(), List.of(guides), List.of(), Optional.empty(), "./jbang x.java");
        Site site = Fixture.site();
        return new Site(Stream.concat(Stream.of(home), site.pages().stream().skip(1)).toList(), site.descriptions(),
                site.markdown(), site.texts(), site.files());
    }
}
