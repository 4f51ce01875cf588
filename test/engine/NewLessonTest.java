package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewLessonTest {
    private static final Path HOME = Home.folder().toAbsolutePath();

    @TempDir Path folder;

    @BeforeEach
    void aCourse() throws IOException {
        write("lessons/README.md", """
                # A small course

                ## Start

                - [Greetings](lesson01.md): a word
                  or two.

                ## End

                - [Farewells](lesson08.md)
                """);
        for (String id : List.of("lesson01", "lesson08")) {
            write("lessons/" + id + ".java", "void main() { steps(this::one); }\nvoid one() {}\n");
            write("lessons/" + id + ".md", "---\ntitle: A\nminutes: 5\n---\n\n[One](" + id + ".java#one)\n");
        }
        write("jbang-catalog.json", """
                {
                  "aliases": {
                    "build": {
                      "script-ref": "build.java"
                    }
                  }
                }
                """);
    }

    @Test
    void itPassesAfterAccept() {
        create("4", "Write-behind: \"later\" & [more]");

        Course course = course();
        Text.read(course); // throws if the text shows what is not there
        Lesson lesson = course.named(List.of("lesson04"), List.of()).getFirst();
        assertEquals("Write-behind: \"later\" & [more]", lesson.title());
        assertEquals("Start", lesson.module());
        Bench bench = Bench.find(null, null);
        Run run = new Runner(bench, List.of(lesson)).run(lesson);
        assertEquals(Optional.empty(), run.failure()); // its exercise starts unsolved, its solution holds
        assertTrue(Golden.accept(run));
        assertEquals(Optional.empty(), Golden.hold(run).failure());
    }

    @Test
    void itStandsInItsPlaceInListAndCatalog() throws IOException {
        create("04", "Write-behind");
        create("00", "Before all");

        String list = Files.readString(folder.resolve("lessons/README.md"));
        assertTrue(list.contains("- [Before all](lesson00.md)\n- [Greetings](lesson01.md): a word\n  or two.\n"
                + "- [Write-behind](lesson04.md)\n\n## End"), list);
        String catalog = Files.readString(folder.resolve("jbang-catalog.json"));
        assertTrue(catalog.startsWith("""
                {
                  "aliases": {
                    "build": {
                      "script-ref": "build.java"
                    },
                    "lesson04": {
                      "script-ref": "lessons/lesson04.java",
                      "description": "Write-behind"
                    },
                """), catalog);
    }

    @Test
    void whatExistsIsRefusedAndNothingIsHalfWritten() throws IOException {
        write("lessons/exercises/solution04.java", "mine");
        Map<Path, String> before = files();

        assertUsage("solution04.java: is there already", "04", "Write-behind");
        assertUsage("lesson01.java: is there already", "1", "Greetings");
        assertUsage("'four' is no lesson's number", "four", "Write-behind");
        assertUsage("needs a title", "05", " ");
        write("jbang-catalog.json", "{ this is no JSON");
        before.put(folder.resolve("jbang-catalog.json"), "{ this is no JSON");
        assertUsage("jbang-catalog.json", "05", "Write-behind");
        assertEquals(before, files());
    }

    private void assertUsage(String message, String number, String title) {
        Fault fault = assertThrows(Fault.class, () -> create(number, title));
        assertTrue(fault.getMessage().contains(message), fault.getMessage());
        assertEquals(Fault.USAGE, fault.exitCode());
    }

    private void create(String number, String title) {
        NewLesson.of(unread(), HOME, number, title).write();
    }

    /// Not read: a solution that stands alone would be refused before.
    private Course unread() {
        return new Course("A small course", "", folder.resolve("lessons"), List.of(), List.of(), List.of(), Map.of());
    }

    private Course course() {
        return Course.read(folder.resolve("lessons"));
    }

    private Map<Path, String> files() throws IOException {
        Map<Path, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) files.put(file, Files.readString(file));
        }
        return files;
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }
}
