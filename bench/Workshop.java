package bench;

import data.UserCache;
import dev.jbang.util.Util;
import engine.Bench;
import engine.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// This project's own command, `./jbang build.java`: it compiles and runs each lesson in a process of its own.
final class Workshop implements Contestant {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Path home = Home.folder().toAbsolutePath();

    @Override public String name() {
        return "this project";
    }

    /// Installed when it is compiled and Valkey and the database are there: then a build of nothing new says so.
    @Override public String version() throws IOException {
        Shell.run(build(home, "--help"), LIMIT);
        Bench.find(null, null);
        return "JDK " + Runtime.version().feature();
    }

    @Override public Shell.Command prepare(Path folder, int pages) throws IOException {
        Path course = folder.resolve("course");
        ScratchCourse.write(course, pages, ScratchCourse::cell);
        return build(home, "--course", course.toString(), "--output", folder.resolve("site").toString())
                .with(coldCaches(folder));
    }

    private static Shell.Command build(Path home, String... arguments) {
        List<String> words = Stream.concat(Stream.of(home.resolve("jbang").toString(), "build.java"),
                Stream.of(arguments)).toList();
        return new Shell.Command(home, Map.of(), words);
    }

    /// The user's caches without the runs and the compiled lessons in them; what this build adds goes with `folder`.
    /// A lock of its own: what others on this machine compile does not hold it up.
    private static Map<String, String> coldCaches(Path folder) throws IOException {
        Path ours = Files.createDirectories(folder.resolve("caches/cache-me-if-you-can"));
        Path root = UserCache.folder("runs").getParent();
        String wrapper = "jbang-" + Util.getJBangVersion();
        link(root, ours, "runs", "sites", wrapper);
        link(root.resolve(wrapper), Files.createDirectory(ours.resolve(wrapper)), "lock");
        Path jbangs = Files.createDirectories(folder.resolve("caches/jbang"));
        link(jbangCache(), jbangs, "jars");
        link(jbangCache().resolve("jars"), Files.createDirectory(jbangs.resolve("jars")));
        return Map.of("XDG_CACHE_HOME", ours.getParent().toString(), "JBANG_CACHE_DIR", jbangs.toString());
    }

    private static void link(Path from, Path to, String... but) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.filter(e -> !List.of(but).contains(e.getFileName().toString())).toList())
                Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
        }
    }

    private static Path jbangCache() {
        return Optional.ofNullable(System.getenv("JBANG_CACHE_DIR")).map(Path::of)
                .or(() -> Optional.ofNullable(System.getenv("JBANG_DIR")).map(dir -> Path.of(dir, "cache")))
                .orElse(Path.of(System.getProperty("user.home"), ".jbang/cache"));
    }
}
