package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;

/// Search, keys and theme, as a reader with a keyboard meets them: from files, and from a server.
class FindTest {
    @TempDir static Path folder;
    private static Browser browser;
    private static FileServer server;
    private static String files;
    private static String http;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start(folder.resolve("profile"));
        Path site = folder.resolve("site");
        Fixture.site().write(site, Fixture.TEMPLATES);
        Files.writeString(folder.resolve("frame.html"),
                "<iframe sandbox='allow-scripts' src='site/lesson01.html'></iframe>"); // it may store nothing
        server = FileServer.of(folder.toAbsolutePath());
        files = site.toUri().toString();
        http = server.address("site/");
        browser.open(site.resolve("index.html"), 1200, "light");
    }

    @AfterAll
    static void stop() {
        if (browser != null) browser.close();
        if (server != null) server.close();
    }

    @BeforeEach
    void forget() {
        for (String site : List.of(files, http)) {
            open(site + "index.html");
            browser.driver.executeScript("localStorage.clear()");
        }
        browser.console();
        browser.requests();
    }

    static Stream<String> ways() {
        return Stream.of(files, http);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void searchByKeyboardFindsAHeadingBeforeTextAndOpensItsPlace(String site) {
        open(site + "lesson01.html");
        press("/");
        press("race");
        browser.await("[role=option]");
        List<Boolean> inHeading = browser.all("[role=option]").stream()
                .map(option -> !option.findElements(By.cssSelector("b mark")).isEmpty()).toList();
        assertEquals(List.of(true, false), inHeading.subList(0, 2));
        assertFalse(inHeading.subList(1, inHeading.size()).contains(true), inHeading.toString());
        assertEquals("A race that leaves a lie", browser.find("#found-0 b").getText());
        assertEquals("Cache-aside", browser.find("#found-0 .trail").getText());
        assertEquals("02", browser.find("#found-0 .gate").getText());
        press(Keys.ARROW_DOWN);
        assertEquals("found-1", browser.find("[role=combobox]").getDomAttribute("aria-activedescendant"));
        assertEquals("found-1", browser.find("[aria-selected=true]").getDomAttribute("id"));
        press(Keys.ARROW_UP);
        press(Keys.ENTER);
        browser.await("#a-race-that-leaves-a-lie");
        assertEquals(site + "lesson02.html#a-race-that-leaves-a-lie", browser.driver.getCurrentUrl());
        assertEquals(List.of(), browser.console());
        assertEquals(List.of(), browser.requests().stream().filter(url -> !url.startsWith(site)).toList());
    }

    @Test
    void theIndexIsLoadedWhenSearchIsFirstOpened() {
        open(http + "lesson01.html");
        assertFalse(browser.requests().stream().anyMatch(url -> url.contains("search-index.js")));
        press(Keys.chord(Keys.CONTROL, "k"));
        browser.await("[role=option]");
        assertEquals("All pages", browser.find(".finder [role=status]").getText());
        assertEquals(6, browser.all("[role=option]").size());
        browser.closeDialog();
        press("/");
        assertEquals(1, browser.requests().stream().filter(url -> url.contains("search-index.js")).count());
    }

    @Test
    void searchBearsWithAMisspeltWordAndSaysWhatToTryWhereNothingIs() {
        open(files + "lesson01.html");
        press("/");
        browser.await("[role=option]");
        press("penetartion");
        assertEquals("Nothing is spelt “penetartion”. Nearly: 2 places", browser.find(".finder [role=status]").getText());
        assertEquals("Reads of nothing", browser.find("#found-0 b").getText());
        assertEquals("penetration", browser.find("#found-0 mark").getText());
        clear();
        press("zeppelin");
        assertTrue(browser.find(".finder [role=status]").getText().startsWith("Nothing found for “zeppelin”. Try"));
        assertFalse(browser.find("[role=listbox]").isDisplayed());
        assertEquals("false", browser.find("[role=combobox]").getDomAttribute("aria-expanded"));
    }

    @Test
    void whatALessonPrintsIsOnlyTextInTheResultsToo() {
        open(files + "lesson02.html");
        press("/");
        browser.await("[role=option]");
        press("only text");
        assertEquals("What a lesson prints is only text: </script>", browser.find("#found-0 b").getText());
        press(Keys.ENTER);
        assertFalse(browser.find(".finder").isDisplayed(), "a place on the same page");
        assertTrue(browser.driver.getCurrentUrl().endsWith("lesson02.html#cell-hostile"));
        assertEquals(List.of(), browser.console());
    }

    @Test
    void escapeClosesAndGivesTheFocusBack() {
        open(files + "lesson01.html");
        focus(".turn a");
        press("/");
        browser.await(".finder:modal");
        press("t");
        assertEquals("auto", theme(), "typed, not obeyed");
        browser.closeDialog();
        assertFalse(browser.find(".finder").isDisplayed());
        assertEquals(browser.find(".turn a"), browser.driver.switchTo().activeElement());
    }

    @Test
    void arrowsTurnLessonsUnlessWhatHasTheFocusUsesThem() {
        open(files + "lesson02.html");
        browser.find("#predict-1-2").sendKeys(Keys.SPACE, Keys.ARROW_LEFT);
        assertTrue(browser.find("#predict-1-1").isSelected());
        browser.find(".code").sendKeys(Keys.ARROW_LEFT);
        browser.find("article > .scroll").sendKeys(Keys.ARROW_LEFT);
        browser.driver.executeScript(
                "addEventListener('keydown', event => event.preventDefault(), { capture: true, once: true })");
        focus("main");
        press(Keys.ARROW_LEFT);
        press(Keys.chord(Keys.SHIFT, Keys.ARROW_LEFT));
        assertEquals(files + "lesson02.html", browser.driver.getCurrentUrl());
        press(Keys.ARROW_LEFT);
        browser.await(".turn [href='lesson02.html']");
        press(Keys.ARROW_LEFT);
        press(Keys.ARROW_RIGHT);
        browser.await(".turn [href='lesson01.html']");
    }

    @Test
    void aThemeIsRememberedAndReachesOtherPages() {
        open(http + "lesson01.html");
        String first = browser.driver.getWindowHandle();
        browser.driver.switchTo().newWindow(WindowType.TAB);
        try {
            open(http + "lesson02.html");
            press("t");
            press("t");
            assertEquals("dark", theme());
            assertEquals("Theme: dark", browser.find(".tools [role=status]").getDomProperty("textContent"));
            browser.driver.navigate().refresh();
            assertEquals("dark", theme());
            assertEquals("Theme: dark", browser.find(".tools .theme").getAccessibleName());
            assertEquals("dark", browser.find("meta[name=color-scheme]").getDomAttribute("content"));
            browser.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
            assertEquals("light", colours());
            browser.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
            assertEquals("dark", colours());
        } finally {
            browser.driver.close();
            browser.driver.switchTo().window(first);
        }
        browser.await("[data-theme=dark]");
        assertEquals("dark", colours());
    }

    @Test
    void whereNothingCanBeStoredAThemeHoldsForThePage() {
        open(http.replace("site/", "frame.html"));
        browser.driver.switchTo().frame(0);
        browser.await("[data-theme=auto] .tools");
        browser.find(".tools .theme").click();
        assertEquals("light", theme());
        assertEquals(List.of(), browser.console());
        browser.driver.switchTo().defaultContent();
    }

    @Test
    void singleKeysCanBeSwitchedOffForGood() {
        open(files + "lesson01.html");
        press("?");
        assertTrue(browser.find(".sheet.help").getText().contains("Previous and next lesson"));
        browser.find(".help input").click();
        browser.closeDialog();
        open(files + "lesson02.html");
        press("t");
        press("/");
        press("?");
        press(Keys.ARROW_LEFT);
        assertEquals("auto", theme());
        assertEquals(0, browser.all("dialog").size());
        assertEquals(files + "lesson02.html", browser.driver.getCurrentUrl());
        press(Keys.chord(Keys.CONTROL, "k"));
        browser.await(".finder:modal");
        browser.closeDialog();
        browser.find(".tools .help").click();
        browser.find(".help input").click();
        browser.closeDialog();
        press("t");
        assertEquals("light", theme());
    }

    @Test
    void nothingJumpsAndEverythingFitsANarrowScreen() {
        browser.open(folder.resolve("site/lesson02.html"), 320, "dark");
        assertEquals(0L, browser.driver.executeAsyncScript("""
                const [done] = arguments;
                let shifts = 0;
                new PerformanceObserver(list => shifts += list.getEntries().length)
                    .observe({ type: 'layout-shift', buffered: true });
                setTimeout(() => done(shifts), 100);"""));
        press("/");
        browser.await("[role=option]");
        press("cache");
        assertFits(".finder");
        browser.closeDialog();
        press("?");
        assertFits(".sheet.help");
        browser.open(folder.resolve("site/index.html"), 1200, "light");
    }

    private static void assertFits(String dialog) {
        assertEquals(true, browser.driver.executeScript("""
                const { left, right, top, bottom } = arguments[0].getBoundingClientRect();
                const inner = [...arguments[0].querySelectorAll('header, dl, [role=listbox]')];
                return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
                    && inner.every(element => element.scrollWidth <= element.clientWidth)""", browser.find(dialog)), dialog);
    }

    private static void open(String url) {
        browser.driver.get(url);
    }

    private static void press(CharSequence keys) {
        browser.driver.switchTo().activeElement().sendKeys(keys);
    }

    private static void clear() {
        press(Keys.chord(Keys.CONTROL, "a"));
        press(Keys.BACK_SPACE);
    }

    private static void focus(String selector) {
        browser.driver.executeScript("arguments[0].focus()", browser.find(selector));
    }

    private static String theme() {
        return browser.find(":root").getDomAttribute("data-theme");
    }

    private static String colours() {
        return (String) browser.driver.executeScript("return getComputedStyle(document.documentElement).colorScheme");
    }
}
