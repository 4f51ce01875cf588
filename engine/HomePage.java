package engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lab.Event;

/// Makes the front page of the course and what its last build ran.
final class HomePage {
    private HomePage() {}

    static Page.Home of(Course course, Map<Lesson, Text> texts, List<Run> runs) {
        Map<Lesson, Run> byLesson = runs.stream().collect(Collectors.toMap(Run::lesson, Function.identity()));
        List<Page.Module> modules = course.modules().stream()
                .map(module -> module(module, texts, byLesson)).filter(module -> !module.lessons().isEmpty()).toList();
        Optional<Page.Link> first = modules.stream().flatMap(module -> module.lessons().stream()).findFirst()
                .map(lesson -> new Page.Link(lesson.href(), lesson.title()));
        return new Page.Home(course.title(), new Html(course.introduction()), modules, figures(runs), first,
                LessonPage.command(course.lessons().getFirst()));
    }

    private static Page.Module module(Course.Module module, Map<Lesson, Text> texts, Map<Lesson, Run> runs) {
        List<Page.Entry> lessons = module.lessons().stream().filter(runs::containsKey)
                .map(lesson -> entry(lesson, texts.get(lesson).companion(), runs.get(lesson))).toList();
        return new Page.Module(module.id(), module.title(), new Html(module.introduction()), lessons,
                lessons.stream().mapToInt(Page.Entry::minutes).sum());
    }

    private static Page.Entry entry(Lesson lesson, Companion text, Run run) {
        long checks = held(run);
        long skipped = run.transcript().steps().stream().filter(step -> step.skipped().isPresent()).count();
        String status = run.failure().isPresent() ? "failed" : skipped > 0 ? "skipped" : "passed";
        String note = switch (status) {
            case "failed" -> "failed";
            case "skipped" -> "%s, %s skipped".formatted(Units.count(checks, "check"), Units.count(skipped, "step"));
            default -> Units.count(checks, "check") + (checks == 1 ? " holds" : " hold");
        };
        return new Page.Entry(LessonPage.gate(lesson), LessonPage.file(lesson), text.title(), new Html(lesson.about()),
                text.minutes(), status, note);
    }

    private static List<Page.Figure> figures(List<Run> runs) {
        long commands = runs.stream().mapToLong(run -> run.transcript().commands()).sum();
        long statements = runs.stream().mapToLong(run -> run.transcript().statements()).sum();
        return List.of(new Page.Figure(versions(runs, Ran::valkey), "Valkey"),
                new Page.Figure(versions(runs, Ran::jdk), "JDK"),
                new Page.Figure(Units.count(runs.size()), runs.size() == 1 ? "lesson" : "lessons"),
                new Page.Figure(Units.count(runs.stream().mapToLong(HomePage::held).sum()), "checks that hold"),
                new Page.Figure(Units.count(commands), "commands"),
                new Page.Figure(Units.count(statements), "SQL statements"));
    }

    private static long held(Run run) {
        return run.transcript().all(Event.Checked.class).filter(Event.Checked::holds).count();
    }

    private static String versions(List<Run> runs, Function<Transcript, Stream<String>> version) {
        String all = runs.stream().map(Run::transcript).flatMap(version).distinct().collect(Collectors.joining(", "));
        return all.isEmpty() ? "none" : all;
    }
}
