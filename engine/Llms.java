package engine;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The site for language models, see llmstxt.org: `llms.txt` lists its texts, `llms-full.txt` holds them all.
final class Llms {
    static final String LIST = "llms.txt";
    static final String FULL = "llms-full.txt";

    private Llms() {}

    /// Title, summary, and a section for each module and each kind of guide, with a link and a note for each text.
    ///
    /// @param descriptions of the pages, by file
    static String list(Course course, Map<String, String> descriptions) {
        var list = new StringBuilder("# %s\n\n> %s\n".formatted(MarkdownText.line(course.title()),
                MarkdownText.line(descriptions.get("index.html"))));
        list.append("""

                Each text is followed by what its code printed, measured and checked when the site was built.
                """);
        course.modules().forEach(module -> section(list, module.title(), module.lessons(), descriptions));
        course.guides().forEach(guides -> section(list, guides.title(), guides.pages(), descriptions));
        return list.append("""

                ## Optional

                - [All in one](%s): every text above, one after the other
                - [What was built](course.json): versions, checks and counts of each lesson, as JSON
                """.formatted(FULL)).toString();
    }

    private static void section(StringBuilder list, String title, List<? extends Chapter> chapters,
            Map<String, String> descriptions) {
        String items = chapters.stream().filter(chapter -> descriptions.containsKey(LessonPage.file(chapter)))
                .map(chapter -> "- [%s](%s): %s\n".formatted(MarkdownText.line(chapter.title()),
                        MarkdownEdition.file(chapter.id()),
                        MarkdownText.line(descriptions.get(LessonPage.file(chapter)))))
                .collect(Collectors.joining());
        if (!items.isEmpty()) list.append("\n## ").append(MarkdownText.line(title)).append("\n\n").append(items);
    }
}
