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

    /// All terms, in the order of the alphabet.
    record Glossary(Frame frame, String file, String title, List<Letter> letters) implements Page {
        @Override public String template() { return "glossary.ftlh"; }
    }

    /// The terms that begin with a letter, `S`.
    record Letter(String letter, List<Term> terms) {}

    /// @param id        its anchor
    /// @param others    what else it is called
    /// @param explained the section that explains it, in the text that defines it
    /// @param used      the sections of other texts that first use it
    record Term(String id, String name, List<String> others, Html definition, Link explained, List<Link> used) {}

    /// What a server shows in the place of a page that is not there.
    ///
    /// @param others pages beside the lessons
    record NotFound(Frame frame, String file, List<Link> lessons, List<Link> others) implements Page {
        @Override public String title() { return "Not found"; }

        @Override public String template() { return "404.ftlh"; }
    }
}
