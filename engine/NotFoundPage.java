package engine;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Makes the page that a server shows where there is none. Its address may be any, so it alone says in a `<base>` where
/// the site begins: at the server's root. Where a site begins elsewhere, whoever publishes it puts that there.
final class NotFoundPage {
    static final String FILE = "404.html";

    private NotFoundPage() {}

    static Page of(Page.Frame frame, Course course, Map<Chapter, Text> texts) {
        List<Page.Link> lessons = course.lessons().stream().map(LessonPage::link).toList();
        Stream<Page.Link> others = course.guidePages().stream().map(LessonPage::link);
        return new Page.NotFound(frame, FILE, lessons,
                Stream.concat(GlossaryPage.link(texts).stream(), others).toList());
    }
}
