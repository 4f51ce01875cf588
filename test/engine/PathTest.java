package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The ways through a course that its list names.
class PathTest {
    private static final String MODULE = "# T\n## M\n- [One](lesson01.md)\n- [Two](lesson02.md)\n## Paths\n"; // 5 lines

    @TempDir Path folder;

    @BeforeEach
    void twoLessonsOf50And70Minutes() throws IOException {
        for (String lesson : List.of("lesson01 50", "lesson02 70")) {
            String id = lesson.substring(0, 8);
            Files.writeString(folder.resolve(id + ".java"),
                    "import static lab.Lab.*;\nvoid main() { steps(this::a); }\nvoid a() {}\n");
            text(id, lesson.substring(9));
        }
    }

    @Test
    void aPathIsAChoiceOfLessonsInAnOrderOfItsOwn() throws IOException {
        Course course = course("""
                ### One hour and more
                *Quick*.
                - [Two](lesson02.md): first, then [one](lesson01.md).
                - [One](lesson01.md)
                ### Two days
                #### Day 1
                - [One](lesson01.md)
                #### Day 2
                Late.
                - [Two](lesson02.md)
                """);
        Lesson one = course.lessons().getFirst();
        Lesson two = course.lessons().getLast();
        assertEquals(List.of(
                new LearningPath("one-hour-and-more", "One hour and more", "<p><em>Quick</em>.</p>\n", List.of(
                        new LearningPath.Day("", "", "", List.of(
                                new LearningPath.Stop(two, "first, then <a href=\"lesson01.html\">one</a>."),
                                new LearningPath.Stop(one, "")), 6)), 6),
                new LearningPath("two-days", "Two days", "", List.of(
                        new LearningPath.Day("day-1", "Day 1", "", List.of(new LearningPath.Stop(one, "")), 11),
                        new LearningPath.Day("day-2", "Day 2", "<p>Late.</p>\n", List.of(new LearningPath.Stop(two, "")), 13)), 10)),
                course.paths());
        assertEquals(List.of("M"), course.modules().stream().map(Course.Module::title).toList());
    }

    @Test
    void minutesAddUp() throws IOException {
        Course course = course("### 130 minutes\n- [Two](lesson02.md)\n- [One](lesson01.md)\n");
        Page.Plan plan = Plans.of(course, Text.read(course)).getFirst();
        assertEquals(120, plan.minutes());
        assertEquals(130, plan.whole());
        assertEquals(List.of("09:00–10:10 The lesson02", "10:10–10:20 Break", "10:20–11:10 The lesson01"),
                plan.days().getFirst().slots().stream().map(slot -> slot.from() + "–" + slot.to() + " "
                        + slot.stop().map(Page.Stop::title).orElse(slot.rest())).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            ### A~- [One](lesson03.md)                        | 7: lesson 'lesson03' is in no module of the course; did you mean 'lesson02'?
            ### A~- [One](lesson01.md)~- [X](lesson01.md)     | 8: lesson 'lesson01' is in this path already, in line 7
            ### A~- [One](lesson01.md)~- later                | 8: no lesson; begin the item with [Title](lesson02.md)
            ### A~- [S](../docs/setup.md)                     | 7: 'setup' is a guide; a path leads through lessons
            ### A~text                                        | 6: 'A' has no lessons; list them as - [Title](lesson01.md)
            - [One](lesson01.md)                              | 6: lesson 'lesson01' stands in no path; put ### 120 minutes above its list
            text                                              | 6: this text stands in no path; put ### 120 minutes above it
            ### Two days~- [One](lesson01.md)                 | 6: path 'Two days' has 1 day; put #### Day 1 and so on above their lessons
            ### A~#### Day 1~- [One](lesson01.md)~#### Day 2  | 9: 'Day 2' has no lessons; list them as - [Title](lesson01.md)
            ### A~- [One](lesson01.md)~#### D~- [X](lesson02.md) | 7: lesson 'lesson01' stands above the first day; move it below
            ### A 129-minute room~- [One](lesson01.md)~- [X](lesson02.md) | 6: path 'A 129-minute room' needs 130 minutes, 120 of lessons and 10 of breaks; it has 129; leave a lesson out
            """)
    void whatIsWrongIsSaidAtItsLine(String paths, String message) {
        Fault fault = assertThrows(Fault.class, () -> Text.read(course(paths.replace('~', '\n') + "\n")));
        String said = fault.getMessage().replace(folder + "/", "").lines().findFirst().orElse("");
        assertEquals("README.md:" + message, said);
        assertEquals(Fault.FAILED, fault.exitCode());
    }

    @Test
    void aDayHasAnEnd() throws IOException {
        text("lesson02", "400");
        Course course = course("### All\n#### Day 1\n- [One](lesson01.md)\n- [Two](lesson02.md)\n");
        Fault fault = assertThrows(Fault.class, () -> Text.read(course));
        assertEquals(folder + "/README.md:7: 'Day 1' needs 510 minutes, 450 of lessons and 60 of breaks; it has 480; "
                + "leave a lesson out", fault.getMessage());
    }

    @Test
    void aNewLessonGoesToItsModuleAndToNoPath() {
        String list = MODULE + "### A\n- [One](lesson01.md)\n- [Two](lesson02.md)\n## N\n";
        assertEquals(list.replace("(lesson02.md)\n## P", "(lesson02.md)\n- [Three](lesson03.md)\n## P"),
                CourseList.with(list, "03", "Three"));
    }

    private void text(String id, String minutes) throws IOException {
        Files.writeString(folder.resolve(id + ".md"), "---\ntitle: The %s\nminutes: %s\n---\n[A](%1$s.java#a)\n"
                .formatted(id, minutes));
    }

    private Course course(String paths) throws IOException {
        Files.writeString(folder.resolve("README.md"), MODULE + paths);
        return Course.read(folder);
    }
}
