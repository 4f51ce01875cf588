package engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The pages of a whole course.
public final class Pages {
    private Pages() {}

    /// The front page, and a page per lesson.
    public static List<Page> of(Course course, Map<Lesson, Text> texts, List<Run> runs) {
        Map<String, Companion> companions = texts.entrySet().stream()
                .collect(Collectors.toMap(text -> text.getKey().id(), text -> text.getValue().companion()));
        List<Page> pages = new ArrayList<>();
        pages.add(HomePage.of(course, companions, runs));
        for (Run run : runs) {
            Text text = texts.get(run.lesson());
            pages.add(LessonPage.of(course, text.companion(), text.sources(), run));
        }
        return pages;
    }

    /// The files that pages link to, by their path within the site: it is the one within the course's folder.
    public static Map<String, Path> files(Course course, Map<Lesson, Text> texts) {
        Map<String, Path> files = new TreeMap<>();
        Stream.concat(course.files().stream(), texts.values().stream().flatMap(text -> text.companion().files().stream()))
                .forEach(file -> files.put(file, course.folder().resolve(file)));
        return files;
    }
}
