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
    @TempDir Path home;

    private Path folder;

    @BeforeEach
    void twoLessonsAndTwoGuides() throws IOException {
        folder = Files.createDirectory(home.resolve("lessons"));
        Files.createDirectory(home.resolve("docs"));
        for (String name : List.of("setup.md", "queries.md", "queries.java", "index.md", "lesson02.md"))
            Files.writeString(home.resolve("docs").resolve(name), "---\ntitle: T\n---\n");
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
            # T~## G~- [S](../docs/setup.md)                            | 1: no lessons; list them under a heading ## Module as - [Title](lesson01.md)
            # T~- [S](../docs/setup.md)~## M~- [One](lesson01.md)~- [Two](lesson02.md) | 2: guide 'setup' stands in no section; put ## Guides above its list
            # T~## M~- [One](lesson01.md)~- [S](../docs/setup.md)~- [Two](lesson02.md) | 3: lesson 'lesson01' stands among guides; give those a heading of their own
            # T~## M~- [One](lesson01.md)~- [Two](lesson02.md)~## G~- [S](../docs/setpu.md) | 6: guide 'setpu' has no file '../docs/setpu.md'
            # T~## M~- [One](lesson01.md)~- [Two](lesson02.md)~## G~- [S](../docs/lesson02.md) | 6: guide 'lesson02' is listed in line 4 already
            # T~## M~- [One](lesson01.md)~- [Two](lesson02.md)~## G~- [S](../docs/index.md) | 6: 'index' is the front page's name; give the guide another
            # T~## M~- [One](lesson01.md)~- [Two](lesson02.md)~~[x](no.png) | 6: no file 'no.png'
            """)
    void whatIsWrongIsSaidAtItsLine(String list, String message) {
        String said = faultOf(list.replace('~', '\n'));
        assertEquals("README.md:" + message, said.lines().findFirst().orElse(""));
    }

    @Test
    void guidesStandBesideTheLessons() throws IOException {
        Files.writeString(folder.resolve("README.md"), """
                # T
                ## Guides
                To look *up*.
                - [Setup](../docs/setup.md): before [one](lesson01.md)
                - [Queries](../docs/queries.md)
                ## M
                - [One](lesson01.md)
                - [Two](lesson02.md)
                """);
        Course course = Course.read(folder);
        Path docs = home.resolve("docs");
        Lesson queries = new Lesson("queries", "Queries", "", "Guides", docs.resolve("queries.java"), docs.resolve("queries.md"),
                docs.resolve("queries.out"), Optional.empty(), Optional.empty());
        assertEquals(List.of(new Course.Guides("guides", "Guides", "<p>To look <em>up</em>.</p>\n", List.of(
                new Reading("setup", "Setup", "before <a href=\"lesson01.html\">one</a>", "Guides", docs.resolve("setup.md")),
                queries))), course.guides());
        assertEquals(List.of("lesson01", "lesson02"), course.lessons().stream().map(Lesson::id).toList());
        assertEquals(List.of("lesson01", "lesson02", "queries"), course.scripts().stream().map(Lesson::id).toList());
        assertEquals(List.of(queries), course.named(List.of("queries"), List.of()));
        assertEquals("guide 'setup' has no script, so nothing of it runs",
                assertThrows(Fault.class, () -> course.named(List.of("setup"), List.of())).getMessage());
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
