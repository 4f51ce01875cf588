package engine;

import data.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// The course: its list of modules and lessons, and what it says before them.
///
/// @param introduction HTML
/// @param folder       where its texts and sources are
/// @param files        what its list links to beside the lessons, relative to the folder: the site carries it too
public record Course(String title, String introduction, Path folder, List<Module> modules, Set<String> files) {
    static final String LIST = "README.md";

    /// A part of the course, in the order of the list; `introduction` is HTML, or "".
    public record Module(String title, String introduction, List<Lesson> lessons) {}

    /// Reads the list of a course, `README.md` in its folder.
    ///
    /// @throws Fault with a line for everything that is wrong: no list, no lessons, files missing or not listed
    public static Course read(Path folder) {
        return new CourseReader(folder).read();
    }

    public List<Lesson> lessons() {
        return modules.stream().flatMap(m -> m.lessons().stream()).toList();
    }
}
