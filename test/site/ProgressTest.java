package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WebElement;

/// What a browser remembers of a reader's lessons, and what it makes of a schedule.
class ProgressTest {
    @TempDir static Path folder;
    private static Browser browser;
    private static FileServer server;
    private static Path site;

    @BeforeAll
    static void start() {
        browser = Browser.start(folder.resolve("profile"));
        site = folder.resolve("site").toAbsolutePath();
        Fixture.site().write(site, Fixture.TEMPLATES);
        server = FileServer.of(site);
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
        if (browser != null) browser.close();
    }

    @BeforeEach
    void nothingIsDone() {
        browser.open(site.resolve("index.html"), 1200, "light");
        browser.driver.executeScript("localStorage.clear()");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "http"})
    void aLessonWhoseEndWasSeenIsDone(String scheme) {
        go(scheme, "index.html");
        assertEquals("", browser.find(".progress").getText());
        assertEquals("Begin with Meet the airport", browser.find(".sign").getText());
        go(scheme, "lesson02.html");
        assertFalse(browser.find("#read").isSelected());
        browser.driver.executeScript("document.getElementById('read').scrollIntoView()");
        browser.await("#read:checked");

        go(scheme, "index.html");
        assertEquals("1 of 2 done, about 15 min left Start over", browser.find(".progress").getText());
        assertEquals("done", browser.find(".board a[href='lesson02.html'] .stamp").getText());
        assertEquals(List.of("done", "done"), stamps(".path"));
        go(scheme, "lesson01.html");
        browser.driver.executeScript("document.getElementById('read').scrollIntoView()");
        browser.await("#read:checked");
        go(scheme, "index.html");
        assertEquals("2 of 2 done Start over", browser.find(".progress").getText());
        go(scheme, "lesson01.html");
        browser.find("#read").click();
        go(scheme, "index.html");
        assertEquals(List.of("done"), stamps(".board"));
        assertEquals("Begin with Meet the airport", browser.find(".sign").getText());

        browser.find(".progress button").click();
        assertEquals("", browser.find(".progress").getText());
        assertEquals(0, stamps("body").size());
        browser.driver.navigate().refresh();
        assertEquals(0, stamps("body").size());
    }

    @Test
    void aTickIsEnoughAndShowsWhereToGoOn() {
        go("file", "lesson01.html");
        tick();
        go("file", "index.html");
        assertEquals("Continue with Cache-aside", browser.find(".sign").getText());
        assertEquals("lesson02.html", browser.find(".sign").getDomAttribute("href"));
    }

    @Test
    void aBrowserThatRemembersNothingStillShowsAll() {
        Object id = browser.driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
                Object.defineProperty(window, "localStorage", {
                  get() { throw new DOMException("no", "SecurityError"); }
                })""")).get("identifier");
        try {
            browser.console();
            go("file", "lesson01.html");
            tick();
            assertTrue(browser.find("#read").isSelected());
            go("file", "index.html");
            assertEquals("", browser.find(".progress").getText());
            assertEquals(List.of(), browser.console().stream().filter(line -> line.contains("progress.js")).toList());
        } finally {
            browser.driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", id));
        }
    }

    @Test
    void withoutScriptsNothingOfItIsShown() {
        browser.driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        try {
            go("file", "lesson01.html");
            assertFalse(browser.find(".read").isDisplayed());
            go("file", "schedule.html");
            assertFalse(browser.find(".start").isDisplayed());
            assertTrue(browser.find(".day").isDisplayed());
        } finally {
            browser.driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        }
    }

    @Test
    void aScheduleMovesToAnotherStart() {
        go("file", "schedule.html");
        List<String> built = rows();
        startAt("09:00");
        assertEquals(built, rows());
        startAt("11:15");
        assertEquals(List.of("11:15–11:30 01 Meet the airport in no hurry. 15", "11:30–12:10 02 Cache-aside 40",
                "12:10 The end: 55 minutes of lessons 55"), rows().subList(0, 3));
        assertEquals(List.of("11:15–11:30 01 Meet the airport 15", "11:30–12:10 02 Cache-aside 40",
                "12:10 The end: 55 minutes of lessons 55"), rows().subList(7, 10));
        startAt("11:29");
        assertMoved();
        go("file", "index.html");
        browser.driver.navigate().back();
        assertMoved();
    }

    private static void assertMoved() {
        assertEquals("11:29", browser.find("#start").getDomProperty("value"));
        assertEquals(List.of("11:29–11:44 01 Meet the airport 15", "11:44–12:24 02 Cache-aside 40",
                "12:24 The end: 55 minutes of lessons 55"), rows().subList(7, 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "schedule.html"})
    void itFitsTheNarrowestScreen(String page) {
        browser.open(site.resolve(page), 320, "dark");
        browser.unfoldAll();
        assertEquals(320L, browser.driver.executeScript("return document.documentElement.scrollWidth"));
    }

    private static void go(String scheme, String page) {
        browser.driver.get(scheme.equals("file") ? site.resolve(page).toUri().toString()
                : server.address(page));
    }

    /// Not as a mouse does: that scrolls to the box, and there a lesson is done.
    private static void tick() {
        browser.driver.executeScript("document.getElementById('read').click()");
    }

    private static void startAt(String time) {
        browser.driver.executeScript("""
                const start = document.getElementById("start");
                start.value = arguments[0];
                start.dispatchEvent(new Event("input"))""", time);
    }

    private static List<String> rows() {
        return browser.all(".day :is(tbody, tfoot) tr").stream()
                .map(row -> row.getText().replaceAll("\\s+", " ")).toList();
    }

    private static List<String> stamps(String within) {
        return browser.all(within + " .stamp").stream().map(WebElement::getText)
                .toList();
    }
}
