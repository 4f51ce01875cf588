package engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lab.Event;

/// The site of a tiny course, whose runs are recorded by hand and hold every kind of event.
final class Fixture {
    static final Path TEMPLATES = Path.of("templates");

    private Fixture() {}

    static Site site() {
        Course course = Course.read(Path.of("test/site/course"));
        Map<Chapter, Text> texts = Text.read(course);
        return Site.of(course, texts, course.scripts().stream().map(Fixture::run).toList(),
                new Bench("9.1.2", "9.1.2", "scale 0.1", "0.1", Map.of()));
    }

    static Run run(Lesson lesson) {
        Stream<Recording> steps = lesson.id().equals("lesson02")
                ? Stream.of(Recordings.firstRead(), Recordings.penetration(), Recordings.race(), Recordings.hostile(),
                        Recordings.fields(), Recordings.broken())
                : Stream.of(Recordings.look());
        var began = new Event.Began(lesson.id(), "25.0.3+9-LTS", "Linux", "AMD EPYC 9B14", List.of());
        var uses = new Event.Entry(1, "main", "main", Recording.START, new Event.Uses("Valkey", "9.1.2", "private"));
        var transcript = new Transcript(Optional.of(began), steps.map(Recording::step).toList(), List.of(uses),
                Optional.of(new Event.Ended(5, 0, 412_000)));
        var outcome = new Outcome("never ran here", transcript, true, 412, Optional.empty());
        return new Run(lesson, outcome, Optional.empty(), Optional.empty());
    }
}
