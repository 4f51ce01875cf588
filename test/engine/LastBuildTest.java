package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A course with guides: what of it a build must notice.
class LastBuildTest {
    private static final List<String> SUMMARY = List.of("all well");

    @TempDir Path home;

    @BeforeEach
    void aBuild() throws IOException {
        write("course/README.md", "# T\n## M\n- [L](lesson01.md)\n## Guides\n- [Schema](../docs/schema.md)\n");
        write("course/lesson01.md", "");
        write("docs/schema.md", "[Tables](../data/schema.sql \"diagram\") ![p][p]\n\n[p]: img/p.svg\n");
        write("docs/schema.java", "//SOURCES ../lab/Lab.java\n");
        write("docs/schema.out", "");
        write("docs/img/p.svg", "");
        write("data/schema.sql", "");
        write("lab/Lab.java", "");
        write("elsewhere.md", "");
        last().remember(SUMMARY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"course/README.md", "course/lesson01.md", "docs/schema.md", "docs/schema.java", "docs/schema.out",
        "docs/img/p.svg", "data/schema.sql", "lab/Lab.java", "docs/new.java"})
    void whatAPageIsMadeOfIsNoticed(String file) throws IOException {
        assertEquals(Optional.of(SUMMARY), last().summary());
        write(file, "changed");
        assertEquals(Optional.empty(), last().summary());
    }

    @Test
    void whatIsNoPartOfItIsNot() throws IOException {
        write("elsewhere.md", "changed");
        assertEquals(Optional.of(SUMMARY), last().summary());
    }

    @Test
    void anotherAddressIsAnotherSite() {
        assertEquals(Optional.empty(), last(Optional.of(BaseUrl.parse("https://example.org/"))).summary());
    }

    private LastBuild last() {
        return last(Optional.empty());
    }

    private LastBuild last(Optional<BaseUrl> base) {
        var bench = new Bench("none", "none", "none", "none", Map.of());
        return new LastBuild(bench, home.resolve("course"), home.resolve("templates"), home.resolve("site"), base);
    }

    private void write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
