package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebElement;

/// A lesson's page in a reader's hands: opened from a file or over HTTP, with and without scripts.
class ReaderTest {
    private static final String DEPARTURES = Listing.read(Path.of("test/site/course/lesson02.java")).codes()
            .get("departures").text();

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

    @AfterEach
    void nothingIsRemembered() {
        browser.driver.executeScript("localStorage.clear()");
    }

    /// Without the clipboard's API stands for an address where it has no right to be.
    @ParameterizedTest
    @CsvSource({"file, true", "http, true", "file, false", "http, false"})
    void codeIsCopiedExactly(String by, boolean api) {
        open(by, 1280);
        if (!api) browser.driver.executeScript("Object.defineProperty(navigator, 'clipboard', {value: undefined})");
        WebElement copy = browser.find("#cell-departures .copy");
        assertEquals("Copy Cache-aside", copy.getAccessibleName());
        copy.sendKeys(Keys.ENTER);
        await("return document.querySelector('#cell-departures .copy').textContent === 'Copied'");
        assertEquals("Copied Cache-aside", browser.find("body > [role=status]").getText());
        assertEquals(DEPARTURES, pasted());

        browser.find(".command .copy").click();
        await("return document.querySelector('.command .copy').textContent === 'Copied'");
        assertEquals("./jbang course/lesson02.java", pasted());
    }

    @ParameterizedTest
    @CsvSource({"file", "http"})
    void anAnswerIsRememberedUntilItIsForgotten(String by) {
        open(by, 1280);
        browser.find("label[for=predict-1-2]").click();
        browser.driver.navigate().refresh();
        assertTrue(browser.find("#predict-1-2").isSelected());
        assertFalse(browser.find("#predict-2-1").isSelected());
        assertEquals("Now see what it did", browser.find("#cell-penetration .fold summary").getText());

        browser.find(".prediction .forget").sendKeys(Keys.ENTER);
        assertEquals("predict-1-1", browser.driver.switchTo().activeElement().getAttribute("id"));
        assertEquals("Answer first, then look", browser.find("#cell-penetration .fold summary").getText());
        browser.driver.navigate().refresh();
        assertFalse(browser.find("#predict-1-2").isSelected());
    }

    @Test
    void anAnswerToAQuestionThatWasRewrittenIsAskedForAgain() {
        open("file", 1280);
        browser.driver.executeScript("localStorage.setItem('prediction lesson02.html predict-1', 'an answer of old')");
        browser.driver.navigate().refresh();
        assertEquals(List.of(), browser.all(".prediction input:checked"));
    }

    @Test
    void theOutlineSaysWhereTheReaderIs() {
        open("file", 1280);
        browser.find(".outline a[href='#reads-of-nothing']").click();
        awaitPlace("Reads of nothing");
        browser.driver.executeScript("scrollTo(0, document.body.scrollHeight)");
        awaitPlace("What this lesson cost");
        browser.driver.executeScript("scrollTo(0, 0)");
        awaitPlace("What you will see");
    }

    @Test
    void onAPhoneTheOutlineFolds() {
        open("file", 390);
        assertFalse(browser.find(".outline ol").isDisplayed());
        browser.find(".outline summary").sendKeys(Keys.ENTER);
        browser.find(".outline a[href='#a-race-that-leaves-a-lie']").sendKeys(Keys.ENTER);
        assertFalse(browser.find(".outline ol").isDisplayed());
        awaitPlace("A race that leaves a lie");
        int bar = browser.find(".outline").getRect().y + browser.find(".outline").getRect().height;
        assertTrue(browser.find("#a-race-that-leaves-a-lie").getRect().y >= bar, "the bar leaves the heading in sight");
    }

    @ParameterizedTest
    @CsvSource({"1280, false", "1440, true", "1920, true"})
    void outputStandsBesideItsCodeWhereThereIsRoom(int width, boolean beside) {
        open("file", width);
        Rectangle code = browser.find("#cell-firstRead .code").getRect();
        Rectangle said = browser.find("#cell-firstRead .said").getRect();
        assertEquals(beside, said.y == code.y);
        assertEquals(beside, said.x > code.x + code.width - 2); // edges are rounded
        assertTrue(browser.find("article > p").getRect().width <= 43 * 16, "the text keeps its measure");
    }

    @Test
    void aCheckShowsTheLineThatMadeIt() {
        open("file", 1280);
        browser.find("#cell-firstRead-check-1 a").sendKeys(Keys.SHIFT);
        assertEquals("check(\"a miss fills the cache\", valkey().exists(\"departures:ZRH\"));",
                browser.driver.executeScript("return [...CSS.highlights.get('promise')].map(String).join()"));
        browser.find("#cell-firstRead figcaption a").sendKeys(Keys.SHIFT);
        assertEquals("", browser.driver.executeScript("return [...CSS.highlights.get('promise')].map(String).join()"));
    }

    @Test
    void headingsStepsAndBrokenPromisesAreAKeyAway() {
        open("file", 1280);
        browser.find("#reads-of-nothing a").sendKeys(Keys.ENTER);
        assertTrue(browser.driver.getCurrentUrl().endsWith("#reads-of-nothing"));
        browser.find("#cell-penetration figcaption a").sendKeys(Keys.ENTER);
        assertTrue(browser.driver.getCurrentUrl().endsWith("#cell-penetration"));
        assertEquals("6 promises, 1 broken", browser.find(".promises").getText());
        browser.find(".promises a").sendKeys(Keys.ENTER);
        assertTrue(browser.driver.getCurrentUrl().endsWith("#cell-broken-check-1"));
    }

    @Test
    void withoutScriptsNothingDeadIsShown() {
        browser.driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        try {
            open("file", 1280);
            assertTrue(browser.driver.findElements(By.tagName("button")).stream().noneMatch(WebElement::isDisplayed));
            assertEquals(true, browser.driver.executeScript(
                    "return document.querySelector('.outline ol').checkVisibility({contentVisibilityAuto: true})"));
            browser.find("label[for=predict-1-2]").click();
            assertEquals("Now see what it did", browser.find("#cell-penetration .fold summary").getText());
            open("file", 390);
            browser.find(".outline summary").click();
            assertTrue(browser.find(".outline ol").isDisplayed());
        } finally {
            browser.driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        }
    }

    private static void open(String by, int width) {
        browser.open(site.resolve("setup.html"), width, "light"); // at this width
        browser.driver.get(by.equals("file") ? site.resolve("lesson02.html").toUri().toString()
                : server.address("lesson02.html"));
    }

    /// What the clipboard holds, by the reader's own keys.
    private static String pasted() {
        var field = (WebElement) browser.driver.executeScript("""
                document.body.insertAdjacentHTML("beforeend", "<textarea></textarea>");
                return document.body.lastElementChild""");
        field.sendKeys(Keys.chord(Keys.CONTROL, "v"));
        return field.getAttribute("value");
    }

    private static void awaitPlace(String title) {
        await("return (document.querySelector('.outline [aria-current=location]')?.textContent ?? '') === '%s'"
                .formatted(title));
    }

    private static void await(String script) {
        Instant end = Instant.now().plusSeconds(5);
        while (!browser.driver.executeScript(script).equals(true)) assertTrue(Instant.now().isBefore(end), script);
    }
}
