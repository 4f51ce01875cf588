package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/// Observable Framework: a data loader of each page runs in a process of its own, here a shell's.
final class Framework implements Contestant {
    private static final String FOLDER = "observable";
    private static final String CONFIG = "export default {root: 'src', title: 'Bench', search: false};";
    private static final String PAGE = """
            # Page %1$d

            ```js
            display(await FileAttachment("said%1$d.txt").text())
            ```
            """;

    @Override public String name() {
        return "Observable Framework";
    }

    @Override public String version() throws IOException {
        return Tools.npm(FOLDER, "@observablehq/framework@1.13.4");
    }

    @Override public Shell.Command prepare(Path folder, int pages) throws IOException {
        Path tools = Tools.folder(FOLDER).resolve("node_modules");
        Path sources = Files.createDirectory(folder.resolve("src"));
        for (int page = 1; page <= pages; page++) {
            Files.writeString(sources.resolve("page%d.md".formatted(page)), PAGE.formatted(page));
            Path loader = sources.resolve("said%d.txt.sh".formatted(page));
            Files.writeString(loader, "#!/bin/sh\necho hello $((%s))\n".formatted(Pages.sum(page)));
            Files.setPosixFilePermissions(loader, PosixFilePermissions.fromString("rwx------"));
        }
        Files.writeString(folder.resolve("package.json"), "{\"type\": \"module\"}");
        Files.writeString(folder.resolve("observablehq.config.js"), CONFIG);
        Files.createSymbolicLink(folder.resolve("node_modules"), tools);
        return new Shell.Command(folder, tools.resolve(".bin/observable").toString(), "build")
                .with(Map.of("OBSERVABLE_TELEMETRY_DISABLE", "true"));
    }
}
