package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptTest {
    @TempDir Path folder;

    @Test
    void theCommandRunsTheScript() throws Exception {
        Path script = write("hello.java", """
                //JAVA 25+
                //RUNTIME_OPTIONS -Dwhom=world
                void main() { IO.println("hello " + System.getProperty("whom")); }
                """);

        List<String> command = Script.command(script);

        assertEquals("hello world\n", new String(new ProcessBuilder(command).start().getInputStream().readAllBytes()));
        assertEquals(command, Script.command(script), "once it is built it is known");
    }

    @Test
    void whatDoesNotCompileIsToldWithItsLine() throws IOException {
        Path script = write("broken.java", "//JAVA 25+\nvoid main() {\n    IO.println(nobody);\n    String s = 1;\n}\n");

        String message = assertThrows(Fault.class, () -> Script.command(script)).getMessage();

        assertEquals(script + ":3: cannot find symbol; symbol: variable nobody; location: class broken\n"
                + script + ":4: incompatible types: int cannot be converted to java.lang.String", message);
    }

    @Test
    void aLibraryThatDoesNotExistIsNamed() throws IOException {
        Path script = write("lost.java", "//JAVA 25+\n//DEPS org.example:nowhere:1\nvoid main() {}\n");

        String message = assertThrows(Fault.class, () -> Script.command(script)).getMessage();

        assertTrue(message.startsWith(script + ": JBang cannot build it: "), message);
        assertTrue(message.contains("org.example:nowhere"), message);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
