package engine;

import java.util.Map;
import java.util.stream.Stream;

/// Makes the page that tells an instructor when which lesson begins.
final class SchedulePage {
    private SchedulePage() {}

    static Page.Schedule of(Page.Frame frame, Course course, Map<Chapter, Text> texts) {
        var plans = Stream.concat(Plans.of(course, texts).stream(), Stream.of(Plans.all(course, texts))).toList();
        return new Page.Schedule(frame, plans, new Page.Rules(DaySchedule.clock(DaySchedule.START),
                DaySchedule.PAUSE, DaySchedule.SITTING, DaySchedule.LUNCH, DaySchedule.HUNGRY));
    }
}
