package engine;

import data.Fault;
import data.Folders;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A browser without a window: it prints a page, or takes a picture of it. Each time it starts anew, with an empty
/// profile and no way to the network; it ends with us.
///
/// Why a browser: flexmark's PDF converter (openhtmltopdf) knows CSS 2.1 and no SVG, so that colours, grids, charts and
/// drawings are lost, and it writes no tags.
///
/// @param limit how long a page may take
public record Chromium(Path program, Duration limit) {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome",
            "google-chrome-stable", "chrome");
    private static final List<Path> MACOS = Stream.of("Chromium", "Google Chrome")
            .map(name -> Path.of("/Applications/%s.app/Contents/MacOS/%s".formatted(name, name))).toList();
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final List<String> OPTIONS = List.of("--headless", "--disable-gpu", "--no-first-run",
            "--no-sandbox", // root has none, and what it reads is ours
            "--disable-extensions", "--disable-sync", "--disable-component-update", "--disable-background-networking",
            "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND", "--hide-scrollbars");

    /// The first on PATH, else among macOS' applications.
    ///
    /// @throws Fault (usage) if there is none
    public static Chromium find() {
        return find(System.getenv("PATH"));
    }

    static Chromium find(String path) {
        Stream<Path> onPath = Stream.of(path.split(File.pathSeparator)).filter(folder -> !folder.isEmpty())
                .map(Path::of).flatMap(folder -> NAMES.stream().map(folder::resolve));
        return Stream.concat(onPath, MACOS.stream()).filter(Files::isExecutable).findFirst()
                .map(program -> new Chromium(program, LIMIT))
                .orElseThrow(() -> new Fault(Fault.USAGE, "no Chromium or Chrome to print with; install one "
                        + "(apt install chromium, brew install --cask chromium)"));
    }

    /// Prints a page, with bookmarks and tags.
    ///
    /// @throws Fault (usage) if it cannot
    void pdf(Path page, Path target) {
        run(page, target, "--print-to-pdf=", "--no-pdf-header-footer", "--generate-pdf-document-outline",
                "--export-tagged-pdf");
    }

    /// A picture of a page's head, as large as previews of links want it.
    ///
    /// @throws Fault (usage) if it cannot
    void picture(Path page, Path target) {
        run(page, target, "--screenshot=", "--window-size=1200,630");
    }

    private void run(Path page, Path target, String does, String... further) {
        try {
            Path folder = Files.createTempDirectory("print-");
            try {
                List<String> command = new ArrayList<>(List.of(program.toString()));
                command.addAll(OPTIONS);
                command.addAll(List.of(further));
                command.addAll(List.of("--user-data-dir=" + folder.resolve("profile"), does + target.toAbsolutePath(),
                        page.toUri().toString()));
                Execution ended = Execution.of(command, folder, Map.of(), limit);
                if (ended.exit().isEmpty()) throw failed("did not end within %d s".formatted(limit.toSeconds()));
                if (ended.exit().getAsInt() != 0 || !Files.exists(target)) throw failed(lastLine(ended.stderr()));
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw failed(e.getMessage());
        }
    }

    private static String lastLine(String said) {
        return said.lines().filter(line -> !line.isBlank()).reduce("said nothing", (_, last) -> last);
    }

    private Fault failed(String why) {
        return new Fault(Fault.USAGE, "%s cannot print the site: %s".formatted(program, why));
    }
}
