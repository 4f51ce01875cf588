package bench;

import engine.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// JBake, in Java; it leaves code plain.
final class JBake implements Contestant {
    private static final String VERSION = "2.7.0";
    private static final String HEADER = "title=Page %d\ndate=2026-01-01\ntype=page\nstatus=published\n~~~~~~\n";
    private static final String PROPERTIES = """
            site.host=http://localhost
            template.page.file=page.ftl
            render.tags=false
            render.sitemap=false
            render.feed=false
            render.archive=false
            render.index=false
            """;

    private String classPath;

    @Override public String name() {
        return "JBake, code left plain";
    }

    /// JBake declares its libraries as optional: they are named here as its own distribution has them.
    @Override public String version() throws IOException {
        classPath = Tools.classPath(Home.folder().toAbsolutePath(), "org.jbake:jbake-core:" + VERSION,
                "com.vladsch.flexmark:flexmark:0.62.2", "com.vladsch.flexmark:flexmark-profile-pegdown:0.62.2",
                "org.freemarker:freemarker:2.3.31", "info.picocli:picocli:4.6.2",
                "org.eclipse.jetty:jetty-server:9.4.44.v20210927", "org.apache.commons:commons-vfs2:2.9.0");
        return VERSION;
    }

    @Override public Shell.Command prepare(Path folder, int pages) throws IOException {
        Path content = Files.createDirectory(folder.resolve("content"));
        Path templates = Files.createDirectory(folder.resolve("templates"));
        Files.createDirectory(folder.resolve("assets"));
        for (int page = 1; page <= pages; page++)
            Files.writeString(content.resolve("page%d.md".formatted(page)),
                    HEADER.formatted(page) + Pages.markdown(page));
        Files.writeString(templates.resolve("page.ftl"), "<html><body>${content.body}</body></html>\n");
        Files.writeString(folder.resolve("jbake.properties"), PROPERTIES);
        return new Shell.Command(folder, "java", "-cp", classPath, "org.jbake.launcher.Main", "-b", ".", "out");
    }
}
