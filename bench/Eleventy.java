package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Eleventy, in JavaScript, with its own plugin for highlighting or without.
record Eleventy(boolean highlights) implements Contestant {
    private static final String FOLDER = "eleventy";
    private static final String HIGHLIGHTING = """
            import highlight from '@11ty/eleventy-plugin-syntaxhighlight';
            export default function (config) { config.addPlugin(highlight); }
            """;

    @Override public String name() {
        return highlights ? "Eleventy" : "Eleventy, code left plain";
    }

    @Override public String version() throws IOException {
        return Tools.npm(FOLDER, "@11ty/eleventy@3.1.2", "@11ty/eleventy-plugin-syntaxhighlight@5.0.2");
    }

    @Override public Shell.Command prepare(Path folder, int pages) throws IOException {
        Path tools = Tools.folder(FOLDER).resolve("node_modules");
        Path sources = Files.createDirectory(folder.resolve("src"));
        for (int page = 1; page <= pages; page++)
            Files.writeString(sources.resolve("page%d.md".formatted(page)), Pages.markdown(page));
        Files.writeString(folder.resolve("package.json"), "{\"type\": \"module\"}");
        if (highlights) Files.writeString(folder.resolve("eleventy.config.js"), HIGHLIGHTING);
        Files.createSymbolicLink(folder.resolve("node_modules"), tools);
        return new Shell.Command(folder, tools.resolve(".bin/eleventy").toString(),
                "--quiet", "--input=src", "--output=out");
    }
}
