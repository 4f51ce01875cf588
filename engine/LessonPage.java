package engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Makes the page of a lesson or a guide of its text, its code and what its run recorded.
final class LessonPage {
    private LessonPage() {}

    /// @param run empty where nothing runs
    static Page.OfLesson of(Page.Frame frame, Course course, Chapter chapter, Text text, Optional<Run> run) {
        List<Chapter> guides = course.guidePages();
        List<? extends Chapter> row = guides.contains(chapter) ? guides : course.lessons();
        PageParts parts = parts(text, run, row != guides);
        int place = row.indexOf(chapter);
        return new Page.OfLesson(frame, file(chapter), row == guides ? "" : gate(chapter),
                text.companion().title(), chapter.module(), text.companion().minutes(),
                run.flatMap(Run::failure), parts.parts(), parts.outline(), run.map(r -> command(r.lesson())),
                run.map(r -> Ran.of(r.transcript())).orElse(List.of()), link(row, place - 1), link(row, place + 1));
    }

    private static PageParts parts(Text text, Optional<Run> run, boolean lesson) {
        PageParts parts = PageParts.of(text, run);
        return run.filter(_ -> lesson).flatMap(r -> Ledger.of(text.companion(), r)).map(ledger -> parts.and(
                new Part.Costs(ledger), new Page.Heading("section", "cost", Html.text("What this lesson cost"))))
                .orElse(parts);
    }

    /// How a reader runs the lesson from the project's folder.
    static String command(Lesson lesson) {
        return command(lesson.source().getParent(), lesson.source());
    }

    /// How a reader runs a script in or below the folder of a lesson.
    static String command(Path lessons, Path script) {
        Path folder = lessons.toAbsolutePath().normalize().getParent();
        return "./jbang " + folder.relativize(script.toAbsolutePath().normalize()).toString().replace('\\', '/');
    }

    static String file(Chapter chapter) {
        return chapter.id() + ".html";
    }

    /// The lesson's number as its gate: `02` of `lesson02`.
    static String gate(Chapter lesson) {
        return lesson.id().replaceAll("\\D", "");
    }

    private static Optional<Page.Link> link(List<? extends Chapter> row, int place) {
        return place < 0 || place >= row.size() ? Optional.empty() : Optional.of(link(row.get(place)));
    }

    static Page.Link link(Chapter chapter) {
        return new Page.Link(file(chapter), chapter.title());
    }
}
