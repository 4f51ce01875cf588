package engine;

// Drives Debian's Chromium. The other browsers' drivers, which selenium-java brings, are not needed.
//DEPS org.seleniumhq.selenium:selenium-chrome-driver:4.52.0

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/// The site as a reader meets it: opened from a file, in a browser.
class BrowserTest {
    private static final List<String> PAGES = List.of("index.html", "lesson01.html", "lesson02.html", "setup.html");
    @TempDir static Path folder;
    private static Browser browser;
    private static Path site;

    @BeforeAll
    static void start() {
        browser = Browser.start(folder.resolve("profile"));
        site = folder.resolve("site");
        Fixture.site().write(site, Fixture.TEMPLATES);
    }

    @AfterAll
    static void stop() {
        if (browser != null) browser.close();
    }

    @Test
    void aPredictionKeepsOutputAndCodeFoldedUntilTheReaderAnswers() {
        browser.open(site.resolve("lesson02.html"), 1200, "light");
        WebElement fold = find("#cell-penetration .fold");
        assertTrue(find("#cell-penetration figcaption").isDisplayed());
        assertFalse(find("#cell-penetration .code").isDisplayed());
        assertFalse(find("#cell-penetration .checks").isDisplayed());
        assertEquals("Answer first, then look", fold.findElement(By.tagName("summary")).getText());
        assertFalse(find(".prediction .why").isDisplayed());

        find("label[for=predict-1-2]").click();
        assertTrue(find("#predict-1-2 ~ .verdict").isDisplayed());
        assertFalse(find("#predict-1-3 ~ .verdict").isDisplayed());
        assertTrue(find(".prediction .why").isDisplayed());
        assertEquals("Now see what it did", fold.findElement(By.tagName("summary")).getText());

        fold.findElement(By.tagName("summary")).click();
        assertTrue(find("#cell-penetration .code").isDisplayed());
        assertTrue(find("#cell-penetration .code ~ .checks").isDisplayed(), "the code first, as in any cell");
    }

    @Test
    void anAnswerToOnePredictionLeavesTheOthersOpen() {
        browser.open(site.resolve("lesson02.html"), 1200, "light");
        find("label[for=predict-1-2]").click();
        assertEquals("Answer first, then look", find("#cell-race .fold summary").getText());
        find("label[for=predict-2-1]").click();
        assertEquals("Now see what it did", find("#cell-race .fold summary").getText());
    }

    @Test
    void theKeyboardIsEnough() {
        browser.open(site.resolve("lesson02.html"), 1200, "light");
        find("#predict-1-1").sendKeys(Keys.SPACE);
        find("#predict-1-1").sendKeys(Keys.ARROW_DOWN, Keys.ARROW_DOWN);
        assertTrue(find("#predict-1-3").isSelected());
        find("#cell-firstRead .hood summary").sendKeys(Keys.ENTER);
        assertTrue(find("#cell-firstRead .sequence").isDisplayed());
        assertEquals("miss", find("#cell-firstRead .miss .found").getText());
    }

    @Test
    void aLinkLeadsToItsCheck() {
        browser.open(site.resolve("lesson02.html"), 1200, "light");
        find("#cell-firstRead .checks a").click();
        assertTrue(browser.driver.getCurrentUrl().endsWith("#cell-firstRead-check-1"));
    }

    @Test
    void aCommandInATableStaysOnOneLine() {
        browser.open(site.resolve("lesson02.html"), 390, "light");
        assertTrue(find("article > .scroll td code").getSize().height < 30);
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390, 820, 1400})
    void nothingIsWiderThanTheScreen(int width) {
        for (String page : PAGES) {
            browser.open(site.resolve(page), width, "light");
            browser.unfoldAll();
            Object needed = browser.driver.executeScript("return document.documentElement.scrollWidth");
            assertEquals((long) width, needed, page);
        }
    }

    private static WebElement find(String selector) {
        return browser.driver.findElement(By.cssSelector(selector));
    }
}
