package engine;

import data.Fault;
import data.Suggest;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The course: its list of modules and lessons, and what it says before them.
///
/// @param introduction HTML
/// @param folder       where its texts and sources are
/// @param paths        ways through the lessons
/// @param guides       what stands beside the lessons, mostly one section
/// @param files        what its list links to beside its pages, by its path within the site, which carries it too
public record Course(String title, String introduction, Path folder, List<Module> modules,
        List<LearningPath> paths, List<Guides> guides, Map<String, Path> files) {
    static final String LIST = "README.md";

    /// A part of the course, in the order of the list.
    ///
    /// @param id           the anchor of its heading, to which `README.md#caching` leads
    /// @param introduction HTML, or ""
    public record Module(String id, String title, String introduction, List<Lesson> lessons) {}

    /// A section of pages that belong to no lesson: how to set up, what to look up.
    ///
    /// @param id           the anchor of its heading
    /// @param introduction HTML, or ""
    public record Guides(String id, String title, String introduction, List<Chapter> pages) {}

    /// Reads the list of a course, `README.md` in its folder.
    ///
    /// @throws Fault with a line for everything that is wrong: no list, no lessons, files missing or not listed
    public static Course read(Path folder) {
        return new CourseReader(folder).read();
    }

    /// The lessons of all modules, in the order of the course.
    public List<Lesson> lessons() {
        return modules.stream().flatMap(m -> m.lessons().stream()).toList();
    }

    /// The pages of all sections of guides.
    public List<Chapter> guidePages() {
        return guides.stream().flatMap(g -> g.pages().stream()).toList();
    }

    /// All that has a page: the lessons, then the guides.
    List<Chapter> chapters() {
        return Stream.concat(lessons().stream(), guidePages().stream()).toList();
    }

    /// All that runs: the lessons, then the guides that have a script.
    public List<Lesson> scripts() {
        return chapters().stream().filter(Lesson.class::isInstance).map(Lesson.class::cast).toList();
    }

    /// The scripts with these ids, in the order of the course; all of them if no id is given.
    ///
    /// @param words what else the user may have meant
    /// @throws Fault (usage) for an id that none has
    public List<Lesson> named(List<String> ids, Collection<String> words) {
        if (ids == null || ids.isEmpty()) return scripts();
        List<String> known = scripts().stream().map(Lesson::id).toList();
        for (String id : ids) {
            if (known.contains(id)) continue;
            if (chapters().stream().anyMatch(chapter -> chapter.id().equals(id)))
                throw new Fault(Fault.USAGE, "guide '%s' has no script, so nothing of it runs".formatted(id));
            List<String> meant = Stream.concat(known.stream(), words.stream()).toList();
            throw new Fault(Fault.USAGE, "there is no lesson '%s'%s".formatted(id, Suggest.didYouMean(id, meant)));
        }
        return scripts().stream().filter(lesson -> ids.contains(lesson.id())).toList();
    }
}
