package bench;

import engine.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Writes a course of lessons with one step, `hello`, which prints one line.
final class ScratchCourse {
    private static final String LIST = "# Bench\n\n## All\n\n%s\n";
    private static final String ITEM = "- [Page %d](%s.md)";
    private static final String CODE = """
            ///usr/bin/env jbang "$0" "$@" ; exit $?
            //JAVA 25+
            //SOURCES %s
            import static lab.Lab.*;

            void main() { steps(this::hello); }

            void hello() {
                IO.println("hello " + (%s));
            }
            """;
    private static final String TEXT = """
            ---
            title: Page %d
            minutes: 1
            ---

            %s
            """;

    private ScratchCourse() {}

    /// @param body a lesson's text, by its number; it shows the [#cell]
    static void write(Path folder, int lessons, IntFunction<String> body) throws IOException {
        Path lab = Home.folder().toAbsolutePath().resolve("lessons/lab/Lab.java");
        Files.createDirectory(folder);
        Files.writeString(folder.resolve("README.md"), LIST.formatted(IntStream.rangeClosed(1, lessons)
                .mapToObj(n -> ITEM.formatted(n, id(n))).collect(Collectors.joining("\n"))));
        for (int n = 1; n <= lessons; n++) {
            Files.writeString(folder.resolve(id(n) + ".java"), CODE.formatted(lab, Pages.sum(n)));
            Files.writeString(folder.resolve(id(n) + ".md"), TEXT.formatted(n, body.apply(n)));
        }
    }

    /// A cell with the lesson's step: its code and what it said.
    static String cell(int lesson) {
        return "[Hello](%s.java#hello)".formatted(id(lesson));
    }

    /// A cell with what the lesson's step said.
    static String output(int lesson) {
        return "[Hello](%s.java#hello \"output\")".formatted(id(lesson));
    }

    private static String id(int lesson) {
        return "lesson%05d".formatted(lesson);
    }
}
