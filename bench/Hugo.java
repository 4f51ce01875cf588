package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Hugo, in Go; it highlights code.
final class Hugo implements Contestant {
    private static final String TEMPLATE = "<html><body>{{ .Content }}</body></html>\n";

    @Override public String name() {
        return "Hugo";
    }

    @Override public String version() throws IOException {
        return Tools.apt(List.of("hugo", "version"), "hugo");
    }

    @Override public Shell.Command prepare(Path folder, int pages) throws IOException {
        Path content = Files.createDirectory(folder.resolve("content"));
        Path layouts = Files.createDirectories(folder.resolve("layouts/_default"));
        for (int page = 1; page <= pages; page++)
            Files.writeString(content.resolve("page%d.md".formatted(page)),
                    "---\ntitle: Page %d\n---\n%s".formatted(page, Pages.markdown(page)));
        for (String kind : List.of("single.html", "list.html")) Files.writeString(layouts.resolve(kind), TEMPLATE);
        Files.writeString(folder.resolve("config.toml"), "baseURL = \"http://localhost/\"\n");
        return new Shell.Command(folder, "hugo", "--quiet");
    }
}
