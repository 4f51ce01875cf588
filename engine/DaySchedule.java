package engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A day's lessons one after another, with breaks between them. Times are minutes since midnight.
/// `script/schedule.js` computes the same for another start.
final class DaySchedule {
    /// When a day begins, unless a reader says otherwise.
    static final int START = 9 * 60;
    /// A day ends so many minutes after it began, at the latest.
    static final int LONGEST = 8 * 60;
    static final int PAUSE = 10;
    /// So long may people sit without a break, where a lesson is not longer by itself.
    static final int SITTING = 90;
    static final int LUNCH = 60;
    /// Lunch comes before the lesson that would end later than this, on a day that began before it.
    static final int HUNGRY = 12 * 60 + 30;

    enum Kind { LESSON, BREAK, LUNCH }

    /// @param place of the lesson in the day, from 0; of a break that of the lesson after it
    record Span(Kind kind, int from, int to, int place) {}

    private DaySchedule() {}

    /// @param minutes of each lesson
    /// @param lunch   whether the day has one
    static List<Span> of(List<Integer> minutes, int start, boolean lunch) {
        List<Span> spans = new ArrayList<>();
        boolean hungry = lunch && start < HUNGRY - LUNCH;
        int now = start;
        int rested = start; // the end of the last break
        for (int place = 0; place < minutes.size(); place++) {
            int needs = minutes.get(place);
            if (place > 0) {
                int pause = now + needs - rested > SITTING ? PAUSE : 0;
                boolean eats = hungry && now + pause + needs > HUNGRY;
                int rest = eats ? LUNCH : pause;
                if (rest > 0) {
                    spans.add(new Span(eats ? Kind.LUNCH : Kind.BREAK, now, now += rest, place));
                    rested = now;
                }
                if (eats) hungry = false;
            }
            spans.add(new Span(Kind.LESSON, now, now += needs, place));
        }
        return spans;
    }

    /// How long such a day is, breaks included, if it begins at [#START].
    static int length(List<Integer> minutes, boolean lunch) {
        return minutes.isEmpty() ? 0 : of(minutes, START, lunch).getLast().to() - START;
    }

    /// The days that lessons fill in their order, none longer than [#LONGEST] if no lesson is: how many on each.
    static List<Integer> days(List<Integer> minutes) {
        List<Integer> days = new ArrayList<>();
        for (int from = 0, to = 1; from < minutes.size(); from = to++) {
            while (to < minutes.size() && length(minutes.subList(from, to + 1), true) <= LONGEST) to++;
            days.add(to - from);
        }
        return days;
    }

    /// `09:35`.
    static String clock(int minutes) {
        return String.format(Locale.ROOT, "%02d:%02d", minutes / 60 % 24, minutes % 60);
    }
}
