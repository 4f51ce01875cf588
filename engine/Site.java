package engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The finished workshop: its pages, and the files that they link to.
///
/// @param course what was built, for tools: JSON
/// @param files by their path within the site
public record Site(List<Page> pages, Map<String, Path> files, String course) {

    /// The front page, a page per lesson and guide, the glossary, and the page for what is not there.
    ///
    /// @param runs of all scripts, or of those that a site is to show
    public static Site of(Course course, Map<Chapter, Text> texts, List<Run> runs, Bench bench) {
        List<Page> pages = new ArrayList<>(List.of(HomePage.of(course, texts, runs)));
        for (Run run : runs) pages.add(LessonPage.of(course, run.lesson(), texts.get(run.lesson()), Optional.of(run)));
        for (Chapter guide : course.guidePages())
            if (guide instanceof Reading) pages.add(LessonPage.of(course, guide, texts.get(guide), Optional.empty()));
        GlossaryPage.of(course, texts).ifPresent(pages::add);
        pages.add(NotFoundPage.of(course, texts));
        Map<String, Path> files = new TreeMap<>(course.files());
        texts.values().forEach(text -> files.putAll(text.companion().files()));
        return new Site(pages, files, Built.of(course, texts, runs, bench).json());
    }

    /// Writes the site in the place of what was there, see [SiteFolder].
    ///
    /// @param templates the folder of the templates; what is no template there comes along: style sheet, scripts, images
    /// @throws data.Fault if the folder cannot be written (usage), or if a page or a link is broken (failed)
    public void write(Path output, Path templates) {
        new SiteFolder(output).replace(folder -> fill(folder, new Templates(templates)));
    }

    private void fill(Path folder, Templates templates) throws IOException {
        for (Page page : pages) Files.writeString(folder.resolve(page.file()), templates.render(page));
        Files.writeString(folder.resolve("course.json"), course);
        templates.writeAssets(folder);
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.copy(file.getValue(), target);
        }
        LinkCheck.check(folder);
    }
}
