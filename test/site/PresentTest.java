package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/// The instructor's view, by keyboard, in a browser.
class PresentTest {
    @TempDir static Path folder;
    private static Browser browser;
    private static FileServer server;
    private static Path site;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start(folder.resolve("profile"));
        site = folder.resolve("site");
        Fixture.site().write(site, Fixture.TEMPLATES);
        server = FileServer.of(site.toRealPath());
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
        if (browser != null) browser.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "http"})
    void stepsGoForthAndBackAndEscapeReturnsToTheSamePlace(String scheme) {
        String page = scheme.equals("file") ? site.resolve("lesson02.html").toUri().toString()
                : server.address("lesson02.html");
        open(page);
        press("p");
        assertEquals(1, step());
        assertEquals(page + "?present", browser.driver.getCurrentUrl());
        assertTrue(browser.find("h1").isDisplayed());
        assertFalse(browser.find(".masthead").isDisplayed());
        press(Keys.PAGE_DOWN);
        assertEquals(2, step());
        for (int i = 0; i < 5 && step() == 2; i++) press(Keys.ARROW_RIGHT); // first what is below the edge
        assertEquals(3, step());
        assertTrue(browser.find("#cell-firstRead").isDisplayed());
        assertEquals(1, number("document.querySelector('.title').offsetWidth"), "the title is for screen readers");
        press(Keys.ARROW_LEFT);
        assertTrue(browser.find("#cell-departures").isDisplayed(), "a cell without output is no step");
        press(Keys.END, Keys.HOME, " ", Keys.PAGE_UP);
        assertEquals(1, step());
        openAt(page + "?present#a-race-that-leaves-a-lie", 7);
        press(Keys.ESCAPE);
        assertEquals(page + "#a-race-that-leaves-a-lie", browser.driver.getCurrentUrl());
        assertTrue(browser.find(".masthead").isDisplayed());
        assertTrue(number("document.querySelector('#a-race-that-leaves-a-lie').getBoundingClientRect().top") < 60);
        assertEquals(List.of(), browser.console());
    }

    @Test
    void aPredictionIsAnsweredAndItsCellUnfoldsBeforeTheNextStep() {
        openAt("lesson02.html?present#predict-1", 5);
        press("2");
        assertTrue(browser.find("#predict-1-2").isSelected());
        assertTrue(browser.find("#predict-1-2 ~ .verdict").isDisplayed());
        openAt("lesson02.html?present#cell-penetration", 6);
        press(" ");
        assertEquals(6, step());
        assertTrue(browser.find("#cell-penetration .code").isDisplayed());
    }

    @Test
    void aNoteIsShownOnPurposeAndOnlyForItsStep() {
        openAt("lesson02.html?present#cell-race", 9);
        assertFalse(browser.find("article .note").isDisplayed());
        assertFalse(browser.find(".notes").isDisplayed());
        press("n");
        assertEquals("Ask the room who has seen this in production.", browser.find(".notes").getText());
        double note = number("parseFloat(getComputedStyle(document.querySelector('.notes p')).fontSize)");
        assertTrue(note < number("parseFloat(getComputedStyle(document.querySelector('article')).fontSize)") * 0.75);
        press(Keys.ARROW_LEFT, Keys.HOME);
        assertFalse(browser.find(".notes").isDisplayed());
    }

    @Test
    void theClockBeginsWithTheFirstStepAndSaysHowFarOneIsBehindOrAhead() {
        openAt("lesson02.html?present", 1);
        browser.driver.executeScript("sessionStorage.clear()");
        browser.driver.navigate().refresh();
        assertEquals("0:00 of 40 min · on time", browser.find(".clock").getText());
        press(" ");
        later(30);
        press(Keys.HOME);
        assertClock("30:\\d\\d of 40 min · 30 min behind");
        press(Keys.END);
        assertClock("30:\\d\\d of 40 min · 10 min ahead");
        browser.driver.navigate().refresh(); // does not stop it
        later(30);
        press(Keys.END);
        assertClock("30:\\d\\d of 40 min · 10 min ahead");
        browser.find(".clock").click();
        assertEquals("0:00 of 40 min · on time", browser.find(".clock").getText());
        press(" ", Keys.HOME);
        assertEquals(1, step(), "what was clicked has not kept the keys");
    }

    @ParameterizedTest
    @CsvSource({"1280, 720", "1920, 1080"})
    void codeIsLargeAndWhole(int width, int height) {
        size(width, height);
        openAt("lesson02.html?present#cell-firstRead", 3);
        double letter = number("parseFloat(getComputedStyle(document.querySelector('.cell .code')).fontSize)");
        assertTrue(letter > width / 65.0, "letters of " + letter);
        assertTrue(76 * 0.602 * letter < number("document.querySelector('#cell-firstRead .code').clientWidth - 2.4 * "
                + "parseFloat(getComputedStyle(document.documentElement).fontSize)"), "76 columns fit");
        press("h");
        assertTrue(browser.find("#cell-firstRead .sequence").isDisplayed());
        assertEquals(width, (int) number("document.documentElement.scrollWidth"));
    }

    @Test
    void keysThatItUsesAreNotForOthers() {
        openAt("lesson02.html?present", 1);
        browser.driver.executeScript("addEventListener('keydown', e => document.title = e.key + e.defaultPrevented)");
        press(Keys.ARROW_RIGHT);
        assertEquals("ArrowRighttrue", browser.driver.getTitle());
        press("x");
        assertEquals("xfalse", browser.driver.getTitle());
    }

    @Test
    void aDialogHasTheKeysAndClicksToItself() {
        size(1280, 720);
        openAt("lesson02.html?present", 1);
        browser.find("[data-do=forward]").click();
        browser.driver.switchTo().activeElement().sendKeys(Keys.chord(Keys.CONTROL, "k"));
        assertEquals(browser.find(".finder input"), browser.driver.switchTo().activeElement());
        browser.find(".finder input").click();
        assertEquals(browser.find(".finder input"), browser.driver.switchTo().activeElement());
        browser.closeDialog();
        press("?");
        browser.await(".sheet.help");
        String keys = browser.find(".sheet.help").getText();
        assertTrue(number("innerHeight - document.querySelector('.sheet.help').getBoundingClientRect().bottom") >= 0);
        assertTrue(keys.contains("Answer a prediction") && !keys.contains("next lesson"), keys);
        browser.find(".help label").click();
        browser.find(".help label").click();
        browser.closeDialog();
        assertEquals(2, step(), "still presenting");
    }

    @Test
    void whereSingleKeysAreOffTheOthersPresent() {
        openAt("lesson02.html?present#predict-1", 5);
        browser.driver.executeScript("document.documentElement.dataset.keys = 'off'");
        press("2", "p");
        assertEquals(0, browser.all(".prediction :checked").size());
        press(Keys.ARROW_LEFT);
        assertEquals(4, step());
    }

    @Test
    void aSequenceThatIsSteppedThroughHasItsKeys() {
        size(1280, 2400);
        openAt("lesson02.html?present#cell-firstRead", 3);
        press("h");
        replay("Step through").click();
        press(Keys.ARROW_RIGHT);
        replay("Next").click();
        press(Keys.ARROW_LEFT);
        assertEquals("2 of 8", browser.find("#cell-firstRead .place").getText());
        press(Keys.ESCAPE);
        assertFalse(browser.find("#cell-firstRead .place").isDisplayed());
        assertEquals(3, step(), "still presenting");
        press(Keys.ARROW_LEFT);
        assertEquals(2, step());
    }

    @Test
    void forwardAtTheEndStaysThere() {
        size(1280, 300);
        openAt("lesson02.html?present", 1);
        press(Keys.END);
        for (int i = 0; i < 9; i++) press(" ");
        assertEquals(number("document.documentElement.scrollHeight - innerHeight"), number("scrollY"), 1);
    }

    private static WebElement replay(String button) {
        return browser.find("#cell-firstRead .replay").findElement(By.xpath("button[.='%s']".formatted(button)));
    }

    private static void assertClock(String pattern) {
        String clock = browser.find(".clock").getText();
        assertTrue(clock.matches(pattern), clock);
    }

    /// Lets the page believe that it is so many minutes later.
    private static void later(int minutes) {
        browser.driver.executeScript("const now = Date.now() + %d; Date.now = () => now".formatted(minutes * 60_000));
    }

    private static void openAt(String page, int step) {
        open(page.contains(":") ? page : site.toUri() + page);
        assertEquals(step, step());
    }

    private static int step() {
        return Integer.parseInt(browser.find("output").getText().replaceFirst(" / \\d+", ""));
    }

    private static void open(String page) {
        browser.driver.get("about:blank"); // else another anchor of the same page is no new page
        browser.driver.get(page);
    }

    private static void size(int width, int height) {
        browser.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    private static void press(CharSequence... keys) {
        new Actions(browser.driver).sendKeys(keys).perform();
    }

    private static double number(String script) {
        return ((Number) browser.driver.executeScript("return " + script)).doubleValue();
    }
}
