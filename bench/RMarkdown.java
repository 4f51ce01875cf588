package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// R Markdown: all pages are run in one process.
final class RMarkdown implements Contestant {
    private static final String PAGE = """
            ---
            title: Page %d
            ---

            ```{r}
            cat("hello", %s)
            ```
            """;

    @Override public String name() {
        return "rmarkdown";
    }

    @Override public String version() throws IOException {
        return Tools.apt(List.of("Rscript", "-e", "cat(format(packageVersion('rmarkdown')))"),
                "r-cran-rmarkdown", "pandoc");
    }

    @Override public Shell.Command prepare(Path folder, int pages) throws IOException {
        for (int page = 1; page <= pages; page++)
            Files.writeString(folder.resolve("page%d.Rmd".formatted(page)), PAGE.formatted(page, Pages.sum(page)));
        return new Shell.Command(folder, "Rscript", "-e",
                "for (f in list.files(pattern = 'Rmd$')) rmarkdown::render(f, quiet = TRUE)");
    }
}
