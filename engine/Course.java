package engine;

import data.Fault;
import data.Suggest;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The course: its list of modules and lessons, and what it says before them.
///
/// @param introduction HTML
/// @param folder       where its texts and sources are
/// @param files        what its list links to beside the lessons, relative to the folder: the site carries it too
public record Course(String title, String introduction, Path folder, List<Module> modules, Set<String> files) {
    static final String LIST = "README.md";

    /// A part of the course, in the order of the list.
    ///
    /// @param id           the anchor of its heading, to which `README.md#caching` leads
    /// @param introduction HTML, or ""
    public record Module(String id, String title, String introduction, List<Lesson> lessons) {}

    /// Reads the list of a course, `README.md` in its folder.
    ///
    /// @throws Fault with a line for everything that is wrong: no list, no lessons, files missing or not listed
    public static Course read(Path folder) {
        return new CourseReader(folder).read();
    }

    public List<Lesson> lessons() {
        return modules.stream().flatMap(m -> m.lessons().stream()).toList();
    }

    /// The lessons with these ids, in the order of the course; all of them if no id is given.
    ///
    /// @param words what else the user may have meant
    /// @throws Fault (usage) for an id that no lesson has
    public List<Lesson> named(List<String> ids, Collection<String> words) {
        if (ids == null || ids.isEmpty()) return lessons();
        List<String> known = lessons().stream().map(Lesson::id).toList();
        for (String id : ids) {
            if (known.contains(id)) continue;
            List<String> meant = Stream.concat(known.stream(), words.stream()).toList();
            throw new Fault(Fault.USAGE, "there is no lesson '%s'%s".formatted(id, Suggest.didYouMean(id, meant)));
        }
        return lessons().stream().filter(lesson -> ids.contains(lesson.id())).toList();
    }
}
