package engine;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lab.Event;

/// Makes the front page of the course and what its last build ran.
public final class HomePage {
    private HomePage() {}

    /// @param texts each lesson's companion, by the lesson's id
    /// @param runs  of the same lessons
    public static Page.Home of(Course course, Map<String, Companion> texts, List<Run> runs) {
        Map<String, Run> byId = runs.stream().collect(Collectors.toMap(run -> run.lesson().id(), Function.identity()));
        List<Page.Module> modules = course.modules().stream()
                .map(module -> module(module, texts, byId)).filter(module -> !module.lessons().isEmpty()).toList();
        String example = runs.isEmpty() ? "" : LessonPage.command(runs.getFirst().lesson());
        return new Page.Home(course.title(), new Html(course.introduction()), modules, figures(runs), example);
    }

    private static Page.Module module(Course.Module module, Map<String, Companion> texts, Map<String, Run> runs) {
        List<Page.Entry> lessons = module.lessons().stream().filter(lesson -> runs.containsKey(lesson.id()))
                .map(lesson -> entry(lesson, texts.get(lesson.id()), runs.get(lesson.id()))).toList();
        return new Page.Module(module.title(), new Html(module.introduction()), lessons, lessons.stream().mapToInt(Page.Entry::minutes).sum());
    }

    private static Page.Entry entry(Lesson lesson, Companion text, Run run) {
        long held = run.transcript().all(Event.Checked.class).filter(Event.Checked::holds).count();
        long skipped = run.transcript().steps().stream().filter(step -> step.skipped().isPresent()).count();
        String status = run.failure().isPresent() ? "failed" : skipped > 0 ? "skipped" : "passed";
        String note = switch (status) {
            case "failed" -> "failed";
            case "skipped" -> "%s, %s skipped".formatted(Units.count(held, "check"), Units.count(skipped, "step"));
            default -> Units.count(held, "check") + (held == 1 ? " holds" : " hold");
        };
        return new Page.Entry(LessonPage.gate(lesson), LessonPage.file(lesson), text.title(), new Html(lesson.about()), text.minutes(), status, note);
    }

    private static List<Page.Figure> figures(List<Run> runs) {
        long checks = runs.stream().flatMap(run -> run.transcript().all(Event.Checked.class)).filter(Event.Checked::holds).count();
        return List.of(new Page.Figure(versions(runs, Ran::valkey), "Valkey"),
                new Page.Figure(versions(runs, run -> run.began().stream().map(Event.Began::jdk)), "JDK"),
                new Page.Figure(Units.count(runs.size()), runs.size() == 1 ? "lesson" : "lessons"),
                new Page.Figure(Units.count(checks), "checks held"),
                new Page.Figure(Units.count(runs.stream().mapToLong(run -> run.transcript().commands()).sum()), "commands"),
                new Page.Figure(Units.count(runs.stream().mapToLong(run -> run.transcript().statements()).sum()), "SQL statements"));
    }

    private static String versions(List<Run> runs, Function<Transcript, Stream<String>> version) {
        String versions = runs.stream().map(Run::transcript).flatMap(version).distinct().sorted().collect(Collectors.joining(", "));
        return versions.isEmpty() ? "none" : versions.replaceAll("\\+.*", ""); // the build number of a JDK is noise here
    }
}
