package engine;

import java.util.List;
import java.util.Optional;

/// Makes a lesson's page of its text, its code and what its run recorded.
final class LessonPage {
    private LessonPage() {}

    static Page.OfLesson of(Course course, Text text, Run run) {
        Lesson lesson = run.lesson();
        PageParts parts = PageParts.of(text, run);
        List<Lesson> all = course.lessons();
        int place = all.indexOf(lesson);
        return new Page.OfLesson(file(lesson), gate(lesson), text.companion().title(), lesson.module(),
                text.companion().minutes(), course.title(), run.failure(), parts.parts(), parts.outline(),
                command(lesson), Ran.of(run.transcript()), link(all, place - 1), link(all, place + 1));
    }

    /// How a reader runs the lesson from the project's folder.
    static String command(Lesson lesson) {
        String folder = lesson.source().toAbsolutePath().getParent().getFileName().toString();
        return "./jbang %s/%s".formatted(folder, lesson.source().getFileName());
    }

    static String file(Lesson lesson) {
        return lesson.id() + ".html";
    }

    /// The lesson's number as its gate: `02` of `lesson02`.
    static String gate(Lesson lesson) {
        return lesson.id().replaceAll("\\D", "");
    }

    private static Optional<Page.Link> link(List<Lesson> all, int place) {
        if (place < 0 || place >= all.size()) return Optional.empty();
        return Optional.of(new Page.Link(file(all.get(place)), all.get(place).title()));
    }
}
