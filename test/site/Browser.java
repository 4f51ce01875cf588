package engine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LoggingPreferences;

/// A headless Chromium, as Debian's packages `chromium` and `chromium-driver` install it.
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /// Skips the test where there is no browser.
    static Browser start(Path profile) {
        assumeTrue(Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER), "no chromium in /usr/bin");
        SELENIUM.setLevel(Level.SEVERE); // it warns of every Chromium that is newer than itself
        var logs = new LoggingPreferences();
        logs.enable("browser", Level.ALL);
        logs.enable("performance", Level.ALL);
        var options = new ChromeOptions().setBinary(CHROMIUM.toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
                "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", logs);
        var service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
        return new Browser(new ChromeDriver(service, options));
    }

    /// Opens a page, `scheme` being `light` or `dark`.
    void open(Path page, int width, String scheme) {
        look(width, scheme, "reduce"); // a page that scrolls cannot be clicked
        driver.get(page.toUri().toString());
    }

    /// How pages are looked at from now on, `motion` being `no-preference` or `reduce`.
    void look(int width, String scheme, String motion) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", motion))));
    }

    /// @throws org.openqa.selenium.NoSuchElementException if there is none
    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /// Waits until there is such an element.
    ///
    /// @throws org.openqa.selenium.NoSuchElementException if there is none within ten seconds
    void await(String selector) {
        driver.manage().timeouts().implicitlyWait(Duration.ofSeconds(10));
        find(selector);
        driver.manage().timeouts().implicitlyWait(Duration.ZERO);
    }

    /// Presses Escape; the browser closes a dialog some time after the key was handled.
    void closeDialog() {
        driver.switchTo().activeElement().sendKeys(Keys.ESCAPE);
        await(":root:not(:has(dialog:modal))");
    }

    void unfoldAll() {
        driver.executeScript("document.querySelectorAll('details').forEach(d => d.open = true)");
    }

    /// What the console said since it was last asked.
    List<String> console() {
        return driver.manage().logs().get("browser").getAll().stream().map(LogEntry::getMessage).toList();
    }

    /// What was asked for over the network since it was last asked, as addresses.
    List<String> requests() {
        return driver.manage().logs().get("performance").getAll().stream().map(LogEntry::getMessage)
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .map(message -> message.replaceAll("(?s).*\"request\":\\{.*?\"url\":\"([^\"]*)\".*", "$1")).toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
