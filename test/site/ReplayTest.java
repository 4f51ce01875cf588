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
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/// A sequence, stepped through by keyboard.
class ReplayTest {
    private static final String DIAGRAM = "#cell-firstRead .sequence";
    @TempDir static Path folder;
    private static Browser browser;
    private static Path page;

    @BeforeAll
    static void start() {
        browser = Browser.start(folder.resolve("profile"));
        Fixture.site().write(folder.resolve("site"), Fixture.TEMPLATES);
        page = folder.resolve("site/lesson02.html");
    }

    @AfterAll
    static void stop() {
        if (browser != null) browser.close();
    }

    @Test
    void theArrowKeysStepThroughASequence() {
        browser.open(page, 1200, "light");
        browser.find("#cell-firstRead .hood summary").sendKeys(Keys.ENTER);
        browser.find(DIAGRAM + " button").sendKeys(Keys.ENTER);
        WebElement diagram = browser.driver.switchTo().activeElement();
        assertEquals(browser.find(DIAGRAM), diagram);
        assertAt(1, "GET departures:ZRH");
        assertEquals("○ departures:ZRH", held());
        String said = browser.find(DIAGRAM + " [role=status]").getDomProperty("textContent");
        assertEquals("1 of 8: +0 µs GET departures:ZRH miss (nil) 96 µs", said);

        diagram.sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        assertAt(3, "SET departures:ZRH");
        assertEquals("● departures:ZRH", held());
        diagram.sendKeys(Keys.ARROW_LEFT);
        assertAt(2, "SELECT f.flightno");
        assertEquals("○ departures:ZRH", held());

        diagram.sendKeys(Keys.ESCAPE);
        assertEquals(0, count(" [inert], " + DIAGRAM + " [aria-current]"));
        assertEquals("Step through", browser.driver.switchTo().activeElement().getText());
        for (int i = 0; i < 8; i++) diagram.sendKeys(Keys.ARROW_RIGHT);
        assertAt(8, "✓ a hit returns");
        diagram.sendKeys(Keys.ARROW_RIGHT);
        assertEquals(0, count(" [aria-current]"), "after the last comes the end");
        assertEquals(List.of(), browser.console());
    }

    @Test
    void theButtonsStepToo() {
        browser.open(page, 320, "dark");
        browser.unfoldAll();
        WebElement bar = browser.find("#cell-race .replay");
        bar.findElement(By.xpath("button[.='Step through']")).click();
        bar.findElement(By.xpath("button[.='Next']")).click();
        assertTrue(bar.getText().contains("2 of "));
        assertEquals(320L, browser.driver.executeScript("return document.documentElement.scrollWidth"));
        bar.findElement(By.xpath("button[.='Leave']")).click();
        assertFalse(bar.getText().contains(" of "));
    }

    @Test
    void backAtTheFirstTheKeysStayWithTheDiagram() {
        browser.open(page, 1200, "light");
        browser.unfoldAll();
        WebElement bar = browser.find(DIAGRAM + " .replay");
        bar.findElement(By.xpath("button[.='Step through']")).click();
        bar.findElement(By.xpath("button[.='Next']")).sendKeys(Keys.ENTER, Keys.ARROW_LEFT, Keys.ARROW_LEFT);
        assertAt(1, "GET departures:ZRH");
        bar.findElement(By.xpath("button[.='Next']")).sendKeys(Keys.ENTER);
        bar.findElement(By.xpath("button[.='Back']")).sendKeys(Keys.ENTER);
        assertEquals(browser.find(DIAGRAM), browser.driver.switchTo().activeElement());
    }

    @Test
    void withoutAScriptTheDiagramStands() {
        browser.driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        try {
            browser.open(page, 1200, "light");
            browser.find("#cell-firstRead .hood summary").click();
            assertEquals(8, browser.all(DIAGRAM + " .play > ol > li").size());
            assertTrue(browser.find(DIAGRAM).isDisplayed());
            assertEquals(0, count(" button"));
        } finally {
            browser.driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        }
    }

    private static void assertAt(int row, String text) {
        assertEquals(row + " of 8", browser.find(DIAGRAM + " .place").getText());
        assertTrue(browser.find(DIAGRAM + " [aria-current=step]").getText().contains(text), text);
        assertEquals(8 - row, count(" .play [inert]"));
    }

    /// What the line says of keys, with the marks before them.
    private static String held() {
        return (String) browser.driver.executeScript("return [...document.querySelectorAll('" + DIAGRAM + " .held span')]"
                + ".map(s => getComputedStyle(s, '::before').content.replaceAll('\"', '') + s.textContent).join(', ')");
    }

    private static int count(String within) {
        return browser.all(DIAGRAM + within).size();
    }
}
