package engine;

// Drives Debian's Chromium. The other browsers' drivers, which selenium-java brings, are not needed.
//DEPS org.seleniumhq.selenium:selenium-chrome-driver:4.52.0

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
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
    private static final List<String> PAGES = List.of("index.html", "lesson01.html", "lesson02.html", "setup.html",
            "print.html");
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

    @AfterEach
    void nothingIsRemembered() {
        browser.driver.executeScript("localStorage.clear()");
    }

    @Test
    void aPredictionKeepsOutputAndCodeFoldedUntilTheReaderAnswers() {
        browser.open(site.resolve("lesson02.html"), 1200, "light");
        WebElement fold = browser.find("#cell-penetration .fold");
        assertTrue(browser.find("#cell-penetration figcaption").isDisplayed());
        assertFalse(browser.find("#cell-penetration .code").isDisplayed());
        assertFalse(browser.find("#cell-penetration .checks").isDisplayed());
        assertEquals("Answer first, then look", fold.findElement(By.tagName("summary")).getText());
        assertFalse(browser.find(".prediction .why").isDisplayed());

        browser.find("label[for=predict-1-2]").click();
        assertTrue(browser.find("#predict-1-2 ~ .verdict").isDisplayed());
        assertFalse(browser.find("#predict-1-3 ~ .verdict").isDisplayed());
        assertTrue(browser.find(".prediction .why").isDisplayed());
        assertEquals("Now see what it did", fold.findElement(By.tagName("summary")).getText());

        fold.findElement(By.tagName("summary")).click();
        assertTrue(browser.find("#cell-penetration .code").isDisplayed());
        assertTrue(browser.find("#cell-penetration .code + .said .checks").isDisplayed(), "the code first, as in any cell");
    }

    @Test
    void anAnswerToOnePredictionLeavesTheOthersOpen() {
        browser.open(site.resolve("lesson02.html"), 1200, "light");
        browser.find("label[for=predict-1-2]").click();
        assertEquals("Answer first, then look", browser.find("#cell-race .fold summary").getText());
        browser.find("label[for=predict-2-1]").click();
        assertEquals("Now see what it did", browser.find("#cell-race .fold summary").getText());
    }

    @Test
    void theKeyboardIsEnough() {
        browser.open(site.resolve("lesson02.html"), 1200, "light");
        browser.find("#predict-1-1").sendKeys(Keys.SPACE);
        browser.find("#predict-1-1").sendKeys(Keys.ARROW_DOWN, Keys.ARROW_DOWN);
        assertTrue(browser.find("#predict-1-3").isSelected());
        browser.find("#cell-firstRead .hood summary").sendKeys(Keys.ENTER);
        assertTrue(browser.find("#cell-firstRead .sequence").isDisplayed());
        assertEquals("miss", browser.find("#cell-firstRead .miss p b").getText());
    }

    @Test
    void aLinkLeadsToItsCheck() {
        browser.open(site.resolve("lesson02.html"), 1200, "light");
        browser.find("#cell-firstRead .checks a").click();
        assertTrue(browser.driver.getCurrentUrl().endsWith("#cell-firstRead-check-1"));
    }

    @Test
    void aCommandInATableStaysOnOneLine() {
        browser.open(site.resolve("lesson02.html"), 390, "light");
        assertTrue(browser.find("article > .scroll td code").getSize().height < 30);
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
}
