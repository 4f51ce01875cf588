package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidHtmlTest {
    @TempDir Path folder;

    /// And a page that is wrong is told to be so, by the same checker.
    @Test
    void everyPageIsValidHtml() throws IOException {
        List<Path> pages = Sites.write(folder);
        Path wrong = Files.writeString(folder.resolve("wrong.html"), """
                <!DOCTYPE html><html lang="en"><head><title>Wrong</title></head>
                <body><p id="a">once</p>
                <p id="a">twice</p></body></html>
                """);
        assertEquals("""
                wrong.html:3: Duplicate ID “a”.
                wrong.html:2: The first occurrence of ID “a” was here.
                """, complaints(pages, wrong));
        IO.println("Nu: %d pages, 0 errors, 0 warnings".formatted(pages.size()));
    }

    private static String complaints(List<Path> pages, Path wrong) throws IOException {
        List<String> command = new ArrayList<>(Script.command(Path.of("test/site/html/check.java")));
        pages.forEach(page -> command.add(page.toString()));
        command.add(wrong.toString());
        Process check = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        return new String(check.getInputStream().readAllBytes());
    }
}
