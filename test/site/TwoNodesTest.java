package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import lab.TestProcesses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;

/// The web application of lesson 19, as `--stay` keeps it up: used by keyboard in a browser, while one of its nodes dies.
class TwoNodesTest {
    private static final int PATIENCE_SECONDS = 120;
    @TempDir Path folder;
    private Browser browser;
    private Process lesson;
    private String address;
    private ProcessHandle nodeA;

    @BeforeEach
    void start() throws IOException {
        browser = Browser.start(folder.resolve("profile"));
        var command = new ArrayList<>(Script.command(Home.folder().resolve("lessons/lesson19.java")));
        command.add("--stay");
        lesson = new ProcessBuilder(command).redirectErrorStream(true).start();
        lesson.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).exceptionally(_ -> lesson.destroyForcibly());
        BufferedReader lines = lesson.inputReader();
        for (String line; address == null && (line = lines.readLine()) != null; ) {
            if (line.contains("nodeA is process ")) {
                nodeA = ProcessHandle.of(Long.parseLong(line.replaceAll(".*process ", ""))).orElseThrow();
            }
            if (line.contains("Open ")) address = line.replaceAll(".*Open (\\S+) .*", "$1");
        }
    }

    @AfterEach
    void stop() {
        if (lesson != null) lesson.destroy(); // it ends what it started
        if (browser != null) browser.close();
    }

    @Test
    void whoIsLoggedInStaysSoWhenANodeDiesAndAllEndsWithTheLesson() throws Exception {
        browser.look(320, "dark", "reduce");
        browser.driver.get(address);
        press(Keys.TAB, "P103011", Keys.TAB, "demo", Keys.ENTER);
        browser.await("form[action='/logout']");
        Cookie cookie = browser.driver.manage().getCookieNamed("__Host-session");
        assertTrue(cookie.isHttpOnly() && cookie.isSecure(), cookie.toString());
        assertEquals("Lax", cookie.getSameSite());
        assertEquals(320L, browser.driver.executeScript("return document.documentElement.scrollWidth"));

        press(Keys.TAB, Keys.TAB, Keys.ENTER); // past the button that logs out
        browser.await("form[action='/remove']");
        assertEquals(Set.of("Made by nodeA", "Made by nodeB"), makers());
        assertEquals(List.of(), barriers());

        browser.find("form[action='/book'] button").sendKeys(Keys.ENTER);
        browser.await("body:not(:has(form[action='/book']))");
        assertTrue(main().contains("Booked"), main());

        nodeA.destroyForcibly();
        assertEquals(Set.of("Made by nodeB"), makers());
        assertTrue(main().contains("Booked"), "logged in as before, and what was booked is there");
        browser.find("form[action='/add'] button").sendKeys(Keys.ENTER);
        browser.await("form[action='/remove']");
        browser.find("form[action='/remove'] button").sendKeys(Keys.ENTER);
        browser.await("body:not(:has(form[action='/remove']))");

        browser.find("form[action='/logout'] button").sendKeys(Keys.ENTER);
        browser.await("form[action='/login']");
        browser.driver.navigate().back();
        browser.await("form[action='/login']");
        assertFalse(main().contains("Basket"), "nothing private behind the back button");

        List<Long> all = lesson.descendants().map(ProcessHandle::pid).toList();
        lesson.destroy(); // as Ctrl-C does
        assertTrue(lesson.waitFor(10, TimeUnit.SECONDS));
        assertFalse(all.isEmpty(), "node B runs until the lesson ends");
        for (long pid : all) assertTrue(TestProcesses.endsWithin(Duration.ofSeconds(5), pid), "process " + pid);
    }

    private void press(CharSequence... keys) {
        for (CharSequence key : keys) browser.driver.switchTo().activeElement().sendKeys(key);
    }

    private String main() {
        return browser.find("main").getText();
    }

    /// What axe-core finds that keeps somebody from using the page.
    private Object barriers() throws Exception {
        browser.driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
        browser.driver.executeScript(AxeCore.source());
        Path script = Path.of("test/site/axe.js");
        return ((Map<?, ?>) browser.driver.executeAsyncScript(Files.readString(script), false)).get("violations");
    }

    /// Who makes the page, in four reloads.
    private Set<String> makers() {
        Set<String> makers = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            browser.driver.navigate().refresh();
            makers.add(browser.find("footer").getText());
            browser.find("form[action='/logout']");
        }
        return makers;
    }
}
