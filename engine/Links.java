package engine;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the texts of a course may link to.
///
/// @param folder the course's folder, in which the texts are
/// @param pages  the anchors of each text's page, by the text's name, `lesson02.md`; found when a link asks for them
public record Links(Path folder, Map<String, Supplier<Set<String>>> pages) {

    /// The introduction of a course and its lessons.
    public static Links within(Course course) {
        return within(course.folder(), course.lessons().stream().map(Lesson::id).toList());
    }

    static Links within(Path folder, List<String> lessons) {
        Map<Path, Set<String>> found = new ConcurrentHashMap<>();
        Function<String, Supplier<Set<String>>> anchors =
                text -> () -> found.computeIfAbsent(folder.resolve(text), Companion::anchors);
        var pages = new LinkedHashMap<String, Supplier<Set<String>>>();
        pages.put(Course.LIST, anchors.apply(Course.LIST));
        lessons.forEach(id -> pages.put(id + ".md", anchors.apply(id + ".md")));
        return new Links(folder, pages);
    }

    /// The page of a text: `lesson02.html` of `lesson02.md`, `index.html` of the course's list.
    static String page(String text) {
        return text.equals(Course.LIST) ? "index.html" : text.replaceFirst("\\.md$", ".html");
    }
}
