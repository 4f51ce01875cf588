package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import engine.DaySchedule.Kind;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DayScheduleTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            09:00 | false | 25 35 40    | 09:00 25, 09:25 35, BREAK 10:00, 10:10 40
            09:00 | false | 45 45       | 09:00 45, 09:45 45
            09:00 | false | 45 46       | 09:00 45, BREAK 09:45, 09:55 46
            09:00 | false | 100 20      | 09:00 100, BREAK 10:40, 10:50 20
            10:30 | false | 60 60       | 10:30 60, BREAK 11:30, 11:40 60
            10:30 | true  | 60 60       | 10:30 60, LUNCH 11:30, 12:30 60
            11:00 | true  | 60 25 60    | 11:00 60, 12:00 25, LUNCH 12:25, 13:25 60
            10:40 | true  | 80 25 60    | 10:40 80, LUNCH 12:00, 13:00 25, 13:25 60
            11:00 | true  | 30 60       | 11:00 30, 11:30 60
            11:31 | true  | 40 40       | 11:31 40, 12:11 40
            23:30 | false | 40 40       | 23:30 40, 00:10 40
            """)
    void breaksStandBetweenLessons(String start, boolean lunch, String minutes, String expected) {
        int begin = Integer.parseInt(start.substring(0, 2)) * 60 + Integer.parseInt(start.substring(3));
        String actual = DaySchedule.of(numbers(minutes), begin, lunch).stream()
                .map(span -> span.kind() == Kind.LESSON
                        ? DaySchedule.clock(span.from()) + " " + (span.to() - span.from())
                        : span.kind() + " " + DaySchedule.clock(span.from()))
                .collect(Collectors.joining(", "));
        assertEquals(expected, actual);
    }

    @Test
    void aDayIsAsLongAsItsLessonsAndBreaks() {
        assertEquals(110, DaySchedule.length(numbers("25 35 40"), true));
        assertEquals(0, DaySchedule.length(List.of(), true));
    }

    @Test
    void daysTakeAllLessonsAndNoneIsTooLong() {
        List<Integer> minutes = Collections.nCopies(25, 35);
        List<Integer> days = DaySchedule.days(minutes);
        assertEquals(25, days.stream().mapToInt(n -> n).sum());
        assertEquals(List.of(10, 10, 5), days);
        assertEquals(350 + 4 * 10 + 60, DaySchedule.length(minutes.subList(0, 10), true));
        assertEquals(List.of(1, 1), DaySchedule.days(numbers("500 30")));
    }

    private static List<Integer> numbers(String minutes) {
        return Arrays.stream(minutes.split(" ")).map(Integer::valueOf).toList();
    }
}
