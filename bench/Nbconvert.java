package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Jupyter's notebooks: one is run by a kernel in a process of its own.
final class Nbconvert implements Contestant {
    // not the first on PATH: another Python there lacks its modules
    private static final String PROGRAM = "/usr/bin/jupyter-nbconvert";
    private static final String NOTEBOOK = """
            {"nbformat": 4, "nbformat_minor": 5,
             "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
             "cells": [
              {"id": "title", "cell_type": "markdown", "metadata": {}, "source": "# Page %1$d"},
              {"id": "code", "cell_type": "code", "metadata": {}, "execution_count": null, "outputs": [],
               "source": "print('hello', %2$s)"}]}
            """;

    @Override public String name() {
        return "nbconvert";
    }

    @Override public String version() throws IOException {
        return Tools.apt(List.of(PROGRAM, "--version"), "jupyter-nbconvert", "python3-ipykernel");
    }

    @Override public Shell.Command prepare(Path folder, int pages) throws IOException {
        for (int page = 1; page <= pages; page++)
            Files.writeString(folder.resolve("page%d.ipynb".formatted(page)),
                    NOTEBOOK.formatted(page, Pages.sum(page)));
        return new Shell.Command(folder, "sh", "-c", PROGRAM + " --execute --to html *.ipynb")
                .with(Map.of("PATH", "/usr/bin:" + System.getenv("PATH")));
    }
}
