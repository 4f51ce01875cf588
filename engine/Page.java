package engine;

import java.util.List;
import java.util.Optional;

/// What a template sees: one page, as plain records, texts and finished pieces of [Html].
public sealed interface Page {

    /// The page's file within the site, `lesson03.html`.
    String file();

    /// The template that draws it, within `templates/`.
    String template();

    String title();

    /// What frames every page.
    Frame frame();

    /// What every page of a site has around it.
    ///
    /// @param course its title
    /// @param guides of the whole course
    record Frame(String course, List<Link> guides) {
        static Frame of(Course course) {
            return new Frame(course.title(), course.guidePages().stream().map(LessonPage::link).toList());
        }
    }

    /// The front page.
    ///
    /// @param guides  sections of pages beside the lessons
    /// @param figures what the last build ran, in large letters
    /// @param first   where to begin
    /// @param example how a reader runs one lesson
    record Home(Frame frame, Html intro, List<Module> modules, List<Guides> guides, List<Figure> figures,
            Optional<Link> first, String example) implements Page {
        @Override public String file() { return "index.html"; }

        @Override public String title() { return frame.course(); }

        @Override public String template() { return "index.ftlh"; }
    }

    record Module(String id, String title, Html introduction, List<Entry> lessons, int minutes) {}

    record Guides(String id, String title, Html introduction, List<Guide> pages) {}

    /// @param status `passed`, `failed` or `skipped`, or "" where nothing runs
    /// @param note   the status in words
    record Guide(String href, String title, Html about, String status, String note) {}

    /// A line of the departure board.
    ///
    /// @param gate   `02`
    /// @param status `passed`, `failed` or `skipped`
    /// @param note   the status in words
    record Entry(String gate, String href, String title, Html about, int minutes, String status, String note) {}

    /// A figure and what it counts.
    record Figure(String value, String label) {}

    /// A lesson or a guide.
    ///
    /// @param gate    the lesson's number, `02`; "" of a guide
    /// @param failure why the lesson did not come to its end, in the run's own words
    /// @param command how a reader runs it; empty where nothing runs
    /// @param ran     where it was run, as name and value
    record OfLesson(Frame frame, String file, String gate, String title, String module, Optional<Integer> minutes,
            Optional<String> failure, List<Part> parts, List<Heading> outline,
            Optional<String> command, List<Figure> ran, Optional<Link> previous, Optional<Link> next) implements Page {
        @Override public String template() { return "lesson.ftlh"; }
    }

    /// A line of a page's outline.
    ///
    /// @param kind `section`, `subsection` or `step`
    record Heading(String kind, String anchor, Html title) {}

    record Link(String href, String title) {}

    /// All lessons on one page, with the guides as appendices.
    ///
    /// @param figures  what the last build ran; `ran` where, as name and value
    /// @param anchored a directive that makes the anchors of each page its own
    record Print(Frame frame, Html intro, List<Figure> figures, List<Figure> ran, List<Division> divisions,
            Anchored anchored) implements Page {
        @Override public String file() { return "print.html"; }

        @Override public String title() { return "Print edition"; }

        @Override public String template() { return "print.ftlh"; }
    }

    /// The lessons of a module, or guides.
    record Division(String title, List<Sheet> sheets) {}

    /// @param id   its anchor, and what its own anchors begin with: `lesson02`
    /// @param mark the lesson's gate; of a guide, a letter
    record Sheet(String id, String mark, OfLesson page) {}
}
