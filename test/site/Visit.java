package engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A browser that looks at pages, one after the other, all in one view.
final class Visit implements AutoCloseable {
    private static final int LONG = 500_000; // bytes of a page that holds all lessons
    private static final int WITHIN = 4; // stops within a field for times: hours, minutes, half of the day, button

    private final Path folder;
    private final Seen.View view;
    private final String axe;
    private final FileServer server;
    private final Browser browser;

    /// @param folder that holds all pages
    /// @param axe    the source of axe-core
    Visit(Path folder, Seen.View view, String axe) throws IOException {
        this.folder = folder;
        this.view = view;
        this.axe = axe;
        server = FileServer.of(folder);
        browser = Browser.start(folder.resolve("profile-" + view.scheme()));
        browser.look(view.width(), view.scheme(), view.motion());
        browser.driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(3)); // a slow machine is no fault
        browser.driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument",
                Map.of("source", source("watch.js")));
    }

    /// The walk by keyboard is made at the desk, but not through all lessons on one page: each has a page of its own.
    /// With all unfolded looks axe-core there; on a narrower screen, without scripts, and with all folded the phone.
    Seen see(Path page) {
        boolean phone = view == Seen.View.PHONE;
        browser.requests();
        browser.console();
        browser.driver.get(address(page));
        Map<String, Object> loaded = ask("look.js");
        List<String> requests = browser.requests();
        boolean walks = !phone && page.toFile().length() < LONG;
        long stops = walks ? tab() : 0;
        List<String> keyboard = !walks ? List.of() : list(browser.driver.executeScript("return tabbed()"));
        browser.unfoldAll();
        List<String> faint = list(run("faint.js"));
        List<String> wide = new ArrayList<>(list(run("wide.js")));
        if (phone) wide.addAll(narrow());
        browser.driver.executeScript(axe);
        Map<String, Object> found = ask("axe.js", phone);
        List<String> console = browser.console();
        List<String> dead = phone ? withoutScripts(page) : List.of();
        return new Seen(folder.relativize(page).toString(), view, console, list(loaded.get("policy")),
                list(loaded.get("inline")), requests, list(loaded.get("shifts")),
                list(loaded.get("moving")), list(found.get("violations")), list(found.get("passed")), faint, wide,
                keyboard, stops, dead, (Long) loaded.get("scripts"));
    }

    /// On the narrowest of screens, which is also how 400 % of zoom are seen at 1,280 pixels (WCAG 2.2, 1.4.10).
    private List<String> narrow() {
        browser.look(320, view.scheme(), view.motion());
        List<String> wide = list(run("wide.js"));
        browser.look(view.width(), view.scheme(), view.motion());
        return wide;
    }

    private String address(Path page) {
        if (!view.served()) return page.toUri().toString();
        return server.address(folder.relativize(page).toString());
    }

    /// From the page's begin to its end.
    ///
    /// @return at how many places the focus must stop
    private long tab() {
        long stops = (Long) run("tab.js");
        for (int i = 0; i <= stops + WITHIN; i++) {
            browser.driver.executeCdpCommand("Input.dispatchKeyEvent",
                    Map.of("type", "rawKeyDown", "key", "Tab", "code", "Tab", "windowsVirtualKeyCode", 9));
        }
        return stops;
    }

    private List<String> withoutScripts(Path page) {
        browser.driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        browser.driver.get(address(page));
        List<String> dead = list(run("unscripted.js"));
        browser.driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        return dead;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> ask(String script, Object... arguments) {
        return (Map<String, Object>) browser.driver.executeAsyncScript(source(script), arguments);
    }

    private Object run(String script) {
        return browser.driver.executeScript(source(script));
    }

    private static String source(String script) {
        try {
            return Files.readString(Path.of("test/site", script));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> list(Object result) {
        return (List<String>) result;
    }

    @Override
    public void close() {
        browser.close();
        server.close();
    }
}
