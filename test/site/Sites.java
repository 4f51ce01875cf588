package engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The two sites whose pages tests look at: the tiny course's, which has a bit of everything, and the real one.
final class Sites {
    private Sites() {}

    /// Writes both within a folder. Of the real course it runs what no run is remembered of, as a build does.
    ///
    /// @return every page of both, whatever pages there are
    static List<Path> write(Path folder) throws IOException {
        Fixture.site().write(folder.resolve("fixture"), Fixture.TEMPLATES);
        Bench bench = Bench.find(null, null);
        Course course = Course.read(Home.folder().resolve("lessons"));
        var runner = new Runner(bench, List.of());
        List<Run> runs = course.scripts().stream().map(runner::run).toList();
        Site.of(course, Text.read(course), runs, bench).write(folder.resolve("course"), Fixture.TEMPLATES);
        List<Path> pages = new ArrayList<>();
        for (String site : List.of("fixture", "course")) {
            try (Stream<Path> files = Files.list(folder.resolve(site))) {
                tellWhereItBegins(folder.resolve(site));
                pages.addAll(files.filter(file -> file.toString().endsWith(".html")).sorted().toList());
            }
        }
        return pages;
    }

    /// As whoever publishes a site below a server's root does.
    private static void tellWhereItBegins(Path site) throws IOException {
        Path page = site.resolve(NotFoundPage.FILE);
        Files.writeString(page, Files.readString(page).replace("<base href=\"/\">", "<base href=\"/%s/\">".formatted(site.getFileName())));
    }
}
