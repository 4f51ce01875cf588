package engine;

import engine.LearningPath.Day;
import engine.LearningPath.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The course's paths with times, and whether each fits into the time that it promises.
final class Plans {
    private static final String ALL = "all";

    private Plans() {}

    /// A [data.Fault] with a line for each path that is longer than its title says, or has a day that is too long.
    ///
    /// @param texts of all lessons
    static void check(Course course, Map<Chapter, Text> texts) {
        var problems = new Problems(course.folder().resolve(Course.LIST));
        for (LearningPath path : course.paths()) {
            path.limit().ifPresent(limit -> fits("path '%s'".formatted(path.title()), path.line(), limit,
                    path.days().stream().map(day -> minutes(day, texts)).toList(), false, problems));
            if (path.limit().isEmpty()) for (Day day : path.days())
                fits("'%s'".formatted(day.title().isEmpty() ? path.title() : day.title()), day.line(),
                        DaySchedule.LONGEST, List.of(minutes(day, texts)), true, problems);
        }
        problems.throwIfAny();
    }

    private static void fits(String what, int line, int limit, List<List<Integer>> days, boolean lunch,
            Problems problems) {
        int whole = days.stream().mapToInt(day -> DaySchedule.length(day, lunch)).sum();
        int lessons = days.stream().flatMap(List::stream).mapToInt(n -> n).sum();
        if (whole > limit) problems.add(line,
                "%s needs %d minutes, %d of lessons and %d of breaks; it has %d; leave a lesson out"
                        .formatted(what, whole, lessons, whole - lessons, limit));
    }

    private static List<Integer> minutes(Day day, Map<Chapter, Text> texts) {
        return day.stops().stream().map(stop -> texts.get(stop.lesson()).companion().minutes().orElseThrow()).toList();
    }

    /// The paths, as the list has them.
    static List<Page.Plan> of(Course course, Map<Chapter, Text> texts) {
        return course.paths().stream().map(path -> plan(path, texts)).toList();
    }

    /// All lessons, on as many days as they fill.
    static Page.Plan all(Course course, Map<Chapter, Text> texts) {
        List<Stop> stops = course.lessons().stream().map(lesson -> new Stop(lesson, "")).toList();
        List<Integer> days = DaySchedule.days(minutes(new Day("", "", "", stops, 1), texts));
        List<Day> parts = new ArrayList<>();
        int from = 0;
        for (int lessons : days) {
            String title = days.size() == 1 ? "" : "Day " + (parts.size() + 1);
            String id = title.isEmpty() ? "" : ALL + "-" + (parts.size() + 1);
            parts.add(new Day(id, title, "", stops.subList(from, from += lessons), 1));
        }
        return plan(new LearningPath(ALL, "All lessons", "", parts, 1), texts);
    }

    private static Page.Plan plan(LearningPath path, Map<Chapter, Text> texts) {
        boolean lunch = path.limit().isEmpty();
        List<Page.Day> days = path.days().stream().map(day -> day(day, lunch, texts)).toList();
        return new Page.Plan(path.id(), path.title(), new Html(path.introduction()), days,
                days.stream().mapToInt(Page.Day::minutes).sum(), lunch);
    }

    private static Page.Day day(Day day, boolean lunch, Map<Chapter, Text> texts) {
        List<Integer> minutes = minutes(day, texts);
        List<Page.Slot> slots = DaySchedule.of(minutes, DaySchedule.START, lunch).stream()
                .map(span -> slot(span, day.stops().get(span.place()), texts)).toList();
        return new Page.Day(day.id(), day.title(), new Html(day.introduction()), slots,
                minutes.stream().mapToInt(n -> n).sum(), DaySchedule.length(minutes, lunch),
                DaySchedule.clock(DaySchedule.START + DaySchedule.length(minutes, lunch)));
    }

    private static Page.Slot slot(DaySchedule.Span span, Stop stop, Map<Chapter, Text> texts) {
        Optional<Page.Stop> lesson = span.kind() == DaySchedule.Kind.LESSON ? Optional.of(new Page.Stop(
                LessonPage.gate(stop.lesson()), LessonPage.file(stop.lesson()),
                texts.get(stop.lesson()).companion().title(), new Html(stop.note()))) : Optional.empty();
        String rest = switch (span.kind()) { case LESSON -> ""; case BREAK -> "Break"; case LUNCH -> "Lunch"; };
        return new Page.Slot(DaySchedule.clock(span.from()), DaySchedule.clock(span.to()), span.to() - span.from(),
                lesson, rest);
    }
}
