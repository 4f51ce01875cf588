package engine;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A way through the course for a room with so much time: some of its lessons, in an order of its own.
///
/// @param id           the anchor of its heading
/// @param introduction HTML, or ""
/// @param days         one without a title where the list names none
/// @param line         of its heading in the course's list
public record LearningPath(String id, String title, String introduction, List<Day> days, int line) {
    private static final Pattern MINUTES = Pattern.compile("(?i)(\\d+)[- ]min(?:ute)?s?\\b");
    private static final Pattern DAYS = Pattern.compile("(?i)\\b(\\d+|one|two|three|four|five)[- ]days?\\b");
    private static final List<String> NUMBERS = List.of("one", "two", "three", "four", "five");

    /// @param id           the anchor of its heading, or ""
    /// @param introduction HTML, or ""
    public record Day(String id, String title, String introduction, List<Stop> stops, int line) {}

    /// @param note what the path says of the lesson: HTML, or ""
    public record Stop(Lesson lesson, String note) {}

    /// The minutes that its title names: its lessons and breaks must fit.
    OptionalInt limit() {
        Matcher minutes = MINUTES.matcher(title);
        return minutes.find() ? OptionalInt.of(Integer.parseInt(minutes.group(1))) : OptionalInt.empty();
    }

    /// The number of days that a title names, `Two days`.
    static OptionalInt days(String title) {
        Matcher days = DAYS.matcher(title);
        if (!days.find()) return OptionalInt.empty();
        int number = NUMBERS.indexOf(days.group(1).toLowerCase(Locale.ROOT));
        return OptionalInt.of(number < 0 ? Integer.parseInt(days.group(1)) : number + 1);
    }
}
