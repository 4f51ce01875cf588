package engine;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lab.Event;

/// Makes the front page of the course and what its last build ran.
final class HomePage {
    private HomePage() {}

    static Page.Home of(Page.Frame frame, Course course, Map<Chapter, Text> texts, List<Run> runs) {
        Map<Chapter, Run> byLesson = runs.stream().collect(Collectors.toMap(Run::lesson, Function.identity()));
        List<Page.Module> modules = course.modules().stream()
                .map(module -> module(module, texts, byLesson)).filter(module -> !module.lessons().isEmpty()).toList();
        Optional<Page.Link> first = modules.stream().flatMap(module -> module.lessons().stream()).findFirst()
                .map(lesson -> new Page.Link(lesson.href(), lesson.title()));
        List<Page.Guides> guides = course.guides().stream().map(section -> guides(section, texts, byLesson)).toList();
        List<Run> ran = course.lessons().stream().map(byLesson::get).filter(Objects::nonNull).toList();
        return new Page.Home(frame, new Html(course.introduction()), Radar.of(ran, texts), modules,
                Plans.of(course, texts), guides, figures(ran.size(), runs), first,
                LessonPage.command(course.lessons().getFirst()));
    }

    private static Page.Module module(Course.Module module, Map<Chapter, Text> texts, Map<Chapter, Run> runs) {
        List<Page.Entry> lessons = module.lessons().stream().filter(runs::containsKey)
                .map(lesson -> entry(lesson, texts.get(lesson).companion(), runs.get(lesson))).toList();
        return new Page.Module(module.id(), module.title(), new Html(module.introduction()), lessons,
                lessons.stream().mapToInt(Page.Entry::minutes).sum());
    }

    private static Page.Entry entry(Lesson lesson, Companion text, Run run) {
        return new Page.Entry(LessonPage.gate(lesson), LessonPage.file(lesson), text.title(), new Html(lesson.about()),
                text.minutes().orElseThrow(), status(run), note(run));
    }

    private static Page.Guides guides(Course.Guides section, Map<Chapter, Text> texts, Map<Chapter, Run> runs) {
        List<Page.Guide> pages = section.pages().stream().map(guide -> {
            Optional<Run> run = Optional.ofNullable(runs.get(guide));
            return new Page.Guide(LessonPage.file(guide), texts.get(guide).companion().title(), new Html(guide.about()),
                    run.map(HomePage::status).orElse(""), run.map(HomePage::note).orElse(""));
        }).toList();
        return new Page.Guides(section.id(), section.title(), new Html(section.introduction()), pages);
    }

    private static String status(Run run) {
        return run.failure().isPresent() ? "failed" : skipped(run) > 0 ? "skipped" : "passed";
    }

    private static String note(Run run) {
        String kept = Units.count(held(run), "promise") + " kept";
        return switch (status(run)) {
            case "failed" -> "failed";
            case "skipped" -> "%s, %s skipped".formatted(kept, Units.count(skipped(run), "step"));
            default -> kept;
        };
    }

    private static long skipped(Run run) {
        return run.transcript().steps().stream().filter(step -> step.skipped().isPresent()).count();
    }

    private static List<Page.Figure> figures(long lessons, List<Run> runs) {
        return List.of(new Page.Figure(versions(runs, Ran::valkey), "Valkey"),
                new Page.Figure(versions(runs, Ran::jdk), "JDK"),
                new Page.Figure(Units.count(lessons), lessons == 1 ? "lesson" : "lessons"),
                new Page.Figure(Units.count(runs.stream().mapToLong(HomePage::held).sum()), "promises kept"));
    }

    private static long held(Run run) {
        return run.transcript().all(Event.Checked.class).filter(Event.Checked::holds).count();
    }

    private static String versions(List<Run> runs, Function<Transcript, Stream<String>> version) {
        String all = runs.stream().map(Run::transcript).flatMap(version).distinct().collect(Collectors.joining(", "));
        return all.isEmpty() ? "none" : all;
    }
}
