package engine;

import data.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Where this project is.
public final class Home {
    private Home() {}

    /// The project's folder: as the wrapper `jbang` says, else the nearest one at or above the working directory
    /// that holds `build.java`. Relative if it is at or below the working directory, so that messages are short.
    public static Path folder() {
        String told = System.getenv("CACHE_ME_HOME");
        Path here = Path.of("").toAbsolutePath();
        Path home = told != null ? Path.of(told) : Stream.iterate(here, folder -> folder != null, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("build.java")))
                .findFirst()
                .orElseThrow(() -> new Fault(Fault.USAGE,
                        "there is no build.java at or above %s; go to the project's folder".formatted(here)));
        return home.startsWith(here) ? here.relativize(home) : home;
    }
}
