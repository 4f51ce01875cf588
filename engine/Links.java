package engine;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What the texts of a course may link to. All paths are absolute and normalized.
///
/// @param folder the course's folder
/// @param pages  the anchors of each text's page, by the text; found when a link asks for them
public record Links(Path folder, Map<Path, Supplier<Set<String>>> pages) {

    /// The introduction of a course, its lessons and its guides.
    public static Links within(Course course) {
        return within(course.folder(), course.chapters().stream().map(Chapter::text).toList());
    }

    static Links within(Path folder, Collection<Path> texts) {
        Map<Path, Set<String>> found = new ConcurrentHashMap<>();
        var pages = new LinkedHashMap<Path, Supplier<Set<String>>>();
        Stream.concat(Stream.of(folder.resolve(Course.LIST)), texts.stream()).map(Links::whole)
                .forEach(text -> pages.put(text, () -> found.computeIfAbsent(text, Companion::anchors)));
        return new Links(whole(folder), pages);
    }

    static Path whole(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /// The page of a text: `lesson02.html` of `lesson02.md`, `index.html` of the course's list.
    String page(Path text) {
        return text.equals(folder.resolve(Course.LIST)) ? "index.html"
                : text.getFileName().toString().replaceFirst("\\.md$", ".html");
    }

    /// Where the site has a file that a text links to: as within the course, else below the name of the folder in which
    /// guides are, `docs/img/bench.png`. Empty for a file that lies elsewhere.
    Optional<String> place(Path file) {
        if (file.startsWith(folder)) return Optional.of(folder.relativize(file).toString());
        return pages.keySet().stream().map(Path::getParent).filter(file::startsWith).findFirst()
                .map(guides -> guides.getParent().relativize(file).toString());
    }

    /// The texts, as they are linked to from one of them.
    List<String> names(Path from) {
        return pages.keySet().stream().map(text -> from.getParent().relativize(text).toString()).toList();
    }
}
