package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CourseTest {
    @TempDir Path folder;

    @BeforeEach
    void twoLessons() throws IOException {
        Files.createDirectories(folder.resolve("exercises"));
        for (String name : List.of("lesson01.java", "lesson01.md", "lesson02.java", "lesson02.md",
                "exercises/exercise02.java", "exercises/solution02.java")) Files.createFile(folder.resolve(name));
    }

    @Test
    void theListIsTheCourse() {
        Path path = Path.of("test/engine/course");
        Course course = Course.read(path);
        assertEquals("A tiny course", course.title());
        assertEquals("<p>Two lessons with everything a lesson can have. Start with <a href=\"lesson01.html\">the first</a>.</p>\n",
                course.introduction());
        assertEquals(List.of("Start here", "Caching"), course.modules().stream().map(Course.Module::title).toList());
        assertEquals(List.of("start-here", "caching"), course.modules().stream().map(Course.Module::id).toList());
        assertEquals("<p>What is asked twice is worth remembering.</p>\n", course.modules().getLast().introduction());
        assertEquals(List.of(
                new Lesson("lesson01", "Meet the bench", "what a lesson prints, draws and checks.", "Start here",
                        path.resolve("lesson01.java"), path.resolve("lesson01.md"), path.resolve("lesson01.out"),
                        Optional.empty(), Optional.empty()),
                new Lesson("lesson02", "Cache-aside", "", "Caching",
                        path.resolve("lesson02.java"), path.resolve("lesson02.md"), path.resolve("lesson02.out"),
                        Optional.of(path.resolve("exercises/exercise02.java")), Optional.of(path.resolve("exercises/solution02.java")))),
                course.lessons());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', commentCharacter = '%', textBlock = """
            ## M~- [One](lesson01.md)~- [Two](lesson02.md)                | 1: no title; begin with # Title
            # T~nothing else                                              | 1: no lessons; list them under a heading ## Module as - [Title](lesson01.md)
            # T~- [One](lesson01.md)~- [Two](lesson02.md)                 | 2: lesson 'lesson01' stands in no module; put ## Module above its list
            # T~## M~- [One](lesson01.md)~- [Two](lesson02.md)~- [X](lesson03.md) | 5: lesson 'lesson03' has no file 'lesson03.md'
            # T~## M~- [One](lesson01.md)~- [Two](lesson02.md)~- [Again](lesson01.md) | 5: lesson 'lesson01' is listed in line 3 already
            # T~## M~- [One](lesson01.md)~- [Two](lesson02.md)~- Three    | 5: no lesson; begin the item with [Title](lesson02.md)
            # T~## M~- [One](lesson01.md)                                 | 1: 'lesson02.java' belongs to no lesson of this list; add - [Title](lesson02.md)
            # T~## M~- [One](lesson01.md)~- [Two](lesson02.md)~~[x](no.png) | 6: no file 'no.png'
            """)
    void whatIsWrongIsSaidAtItsLine(String list, String message) {
        String said = faultOf(list.replace('~', '\n'));
        assertEquals("README.md:" + message, said.lines().findFirst().orElse(""));
    }

    @Test
    void anExerciseNeedsItsSolution() throws IOException {
        Files.delete(folder.resolve("exercises/solution02.java"));
        assertEquals("README.md:4: 'exercises/exercise02.java' has no 'exercises/solution02.java' beside it; an exercise needs its solution",
                faultOf("# T\n## M\n- [One](lesson01.md)\n- [Two](lesson02.md)\n"));
    }

    @Test
    void aFolderWithoutAListIsAMistakeOfTheCommand() {
        var fault = assertThrows(Fault.class, () -> Course.read(folder));
        assertEquals(Fault.USAGE, fault.exitCode());
    }

    private String faultOf(String list) {
        return assertThrows(Fault.class, () -> Course.read(Files.writeString(folder.resolve("README.md"), list).getParent()))
                .getMessage().replace(folder + "/", "");
    }
}
