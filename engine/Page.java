package engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    /// @param nav    what every page leads to, at its top
    /// @param foot   what every page leads to, at its end
    record Frame(String course, List<Link> nav, List<Link> foot) {
        static Frame of(Course course, Map<Chapter, Text> texts) {
            List<Link> nav = new ArrayList<>(List.of(new Link("index.html#lessons", "Lessons"),
                    new Link("schedule.html", "Schedule")));
            GlossaryPage.link(texts).ifPresent(nav::add);
            course.guides().forEach(section -> nav.add(new Link("index.html#" + section.id(), section.title())));
            return new Frame(course.title(), nav, course.guidePages().stream().map(LessonPage::link).toList());
        }
    }

    /// The front page.
    ///
    /// @param radar   what the lessons asked, if they asked anything
    /// @param guides  sections of pages beside the lessons
    /// @param figures what the last build ran, in large letters
    /// @param first   where to begin
    /// @param example how a reader runs one lesson
    record Home(Frame frame, Html intro, Optional<Radar> radar, List<Module> modules, List<Plan> paths,
            List<Guides> guides, List<Figure> figures, Optional<Link> first, String example) implements Page {
        @Override public String file() { return "index.html"; }

        @Override public String title() { return frame.course(); }

        @Override public String template() { return "index.ftlh"; }
    }

    /// When which lesson begins.
    record Schedule(Frame frame, List<Plan> plans, Rules rules) implements Page {
        @Override public String file() { return "schedule.html"; }

        @Override public String title() { return "Schedule"; }

        @Override public String template() { return "schedule.ftlh"; }
    }

    /// How breaks are placed, see [DaySchedule].
    ///
    /// @param start as a clock shows it; the others are minutes
    record Rules(String start, int pause, int sitting, int lunch, int hungry) {}

    /// A way through the lessons.
    ///
    /// @param minutes of its lessons
    /// @param lunch   whether its days have one
    record Plan(String id, String title, Html introduction, List<Day> days, int minutes, boolean lunch) {
        /// With breaks.
        public int whole() {
            return days.stream().mapToInt(Day::whole).sum();
        }
    }

    /// @param title   "" of the only day
    /// @param minutes of its lessons; `whole` with breaks
    /// @param end     as a clock shows it
    record Day(String id, String title, Html introduction, List<Slot> slots, int minutes, int whole, String end) {
        public List<Slot> lessons() {
            return slots.stream().filter(slot -> slot.stop().isPresent()).toList();
        }
    }

    /// A lesson or a break of a day.
    ///
    /// @param from as a clock shows it
    /// @param stop the lesson; empty for a break, which is named by `rest`
    record Slot(String from, String to, int minutes, Optional<Stop> stop, String rest) {}

    /// A lesson on a path.
    record Stop(String gate, String href, String title, Html note) {}

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

        /// What the page's checks promise.
        public Promises promises() { return Promises.of(parts); }
    }

    /// The solution of a lesson's exercise.
    ///
    /// @param exercise where the lesson sets it
    /// @param lesson   the lesson's title
    /// @param changed  the methods and types that differ from the exercise's
    /// @param steps    each with what it did
    /// @param source   the whole file
    /// @param next     the lesson after this one
    record OfSolution(Frame frame, String file, String gate, String title, Link exercise, String lesson,
            Optional<String> failure, List<Part> changed, Changes changes, List<Part> steps, Part.Code source,
            String command, List<Figure> ran, Optional<Link> next) implements Page {
        @Override public String template() { return "solution.ftlh"; }

        public Promises promises() { return Promises.of(steps); }
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
