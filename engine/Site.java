package engine;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The finished workshop: its pages, and the files that they link to.
///
/// @param descriptions of the pages, by file; its title describes any other
/// @param markdown     the lessons and guides once more, for programs
/// @param texts        further files for programs, by name: `course.json`, `llms.txt`
/// @param files        by their path within the site
public record Site(List<Page> pages, Map<String, String> descriptions, List<MarkdownEdition> markdown,
        Map<String, String> texts, Map<String, Path> files) {

    /// The front page and the schedule, a page per lesson, per guide and per solution of an exercise, the glossary, all
    /// lessons on one page to print, and the page for what is not there.
    ///
    /// @param runs of all scripts, or of those that a site is to show
    public static Site of(Course course, Map<Chapter, Text> texts, List<Run> runs, Bench bench) {
        var frame = Page.Frame.of(course, texts);
        Page.Home home = HomePage.of(frame, course, texts, runs);
        Map<Chapter, Page.OfLesson> chapters = chapters(frame, course, texts, runs);
        List<Page> pages = new ArrayList<>(List.of(home, SchedulePage.of(frame, course, texts)));
        pages.addAll(chapters.values());
        runs.forEach(run -> SolutionPage.of(frame, course, texts.get(run.lesson()), run).ifPresent(pages::add));
        GlossaryPage.of(frame, texts).ifPresent(pages::add);
        pages.add(PrintPage.of(home, List.copyOf(chapters.values())));
        pages.add(NotFoundPage.of(frame, course, texts));
        Map<String, String> descriptions = Descriptions.of(course, chapters);
        Map<String, Path> files = new TreeMap<>(course.files());
        texts.values().forEach(text -> files.putAll(text.companion().files()));
        List<MarkdownEdition> markdown = new ArrayList<>();
        chapters.forEach((chapter, page) -> markdown.add(new MarkdownEdition(page, texts.get(chapter))));
        return new Site(pages, descriptions, markdown, Map.of(
                "course.json", Built.of(course, texts, runs, bench).json(),
                Llms.LIST, Llms.list(course, descriptions)), files);
    }

    /// The page of each lesson and guide, in the order of the course.
    private static Map<Chapter, Page.OfLesson> chapters(Page.Frame frame, Course course, Map<Chapter, Text> texts,
            List<Run> runs) {
        Map<Chapter, Run> byLesson = new HashMap<>();
        runs.forEach(run -> byLesson.put(run.lesson(), run));
        Map<Chapter, Page.OfLesson> chapters = new LinkedHashMap<>();
        for (Chapter chapter : course.chapters()) {
            Optional<Run> run = Optional.ofNullable(byLesson.get(chapter));
            if (run.isPresent() || chapter instanceof Reading)
                chapters.put(chapter, LessonPage.of(frame, course, chapter, texts.get(chapter), run));
        }
        return chapters;
    }

    /// Writes a site that may go anywhere.
    public void write(Path output, Path templates) {
        write(output, templates, Publication.ANYWHERE);
    }

    /// Writes the site in the place of what was there, see [SiteFolder].
    ///
    /// @param templates the folder of the templates; what is no template there comes along: style, scripts, images
    /// @throws data.Fault if the folder cannot be written (usage), or if a page or a link is broken (failed)
    public void write(Path output, Path templates, Publication publication) {
        Function<Page, Head> heads = page ->
                Head.of(page, descriptions.getOrDefault(page.file(), page.title()), publication);
        new SiteFolder(output).replace(folder -> fill(folder, new Templates(templates, heads), publication));
    }

    private void fill(Path folder, Templates templates, Publication publication) throws IOException {
        for (Page page : pages) {
            try (Writer html = Files.newBufferedWriter(folder.resolve(page.file()))) {
                templates.render(page, html);
            }
        }
        writeMarkdown(folder);
        Files.writeString(folder.resolve(SearchIndex.FILE), SearchIndex.of(pages).script());
        for (Map.Entry<String, String> text : texts.entrySet())
            Files.writeString(folder.resolve(text.getKey()), text.getValue());
        if (publication.base().isPresent())
            Files.writeString(folder.resolve("sitemap.xml"), Sitemap.of(pages, publication.base().get()));
        templates.writeAssets(folder);
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.copy(file.getValue(), target);
        }
        publication.print(folder);
        LinkCheck.check(folder);
    }

    /// Each text in a file of its own, and all in one.
    private void writeMarkdown(Path folder) throws IOException {
        try (Writer all = Files.newBufferedWriter(folder.resolve(Llms.FULL))) {
            for (MarkdownEdition edition : markdown) {
                String text = edition.markdown();
                Files.writeString(folder.resolve(edition.file()), text);
                all.append(text).append('\n');
            }
        }
    }
}
