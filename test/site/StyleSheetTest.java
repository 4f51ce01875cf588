package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StyleSheetTest {
    @TempDir Path folder;

    @Test
    void partsStandInTheirPlacesWithoutBlanksThatMeanNothing() throws IOException {
        Files.writeString(folder.resolve("part.css"), """
                /* what
                   this is */
                .a :is(b, i) > c, .d:hover {
                  margin: 0 calc(1px + 2px) ;
                  content: "a, b; c: {d}"; /* not cut */
                }
                """);
        Files.writeString(folder.resolve("all.css"), """
                @import "part.css";

                @media (min-width: 1px) and (print) { p { color: red; } }
                """);
        assertEquals(".a :is(b,i) > c,.d:hover{margin:0 calc(1px + 2px);content:\"a, b; c: {d}\"}@media (min-width:1px) and (print){p{color:red}}\n",
                StyleSheet.of(folder.resolve("all.css")));
    }
}
