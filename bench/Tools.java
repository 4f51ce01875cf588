package bench;

import data.UserCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Gets the peers by name: from the distribution's packages, from npm, from Maven's repositories.
final class Tools {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+(\\.\\d+)*");

    private Tools() {}

    /// The folder in the user's cache where a peer is kept.
    static Path folder(String name) throws IOException {
        return Files.createDirectories(UserCache.folder("peers").resolve(name));
    }

    /// A program of the distribution, installed if it is not there and we may.
    ///
    /// @param version the command that says its version
    /// @return the version
    static String apt(List<String> version, String... packages) throws IOException {
        if (isMissing(version.getFirst())) {
            if (!System.getProperty("user.name").equals("root"))
                throw new IOException("apt-get install %s needs root".formatted(String.join(" ", packages)));
            List<String> words = Stream.concat(Stream.of("apt-get", "install", "-y", "-q", "--no-install-recommends"),
                    Stream.of(packages)).toList();
            Shell.run(new Shell.Command(Path.of("/"), Map.of("DEBIAN_FRONTEND", "noninteractive"), words), LIMIT);
        }
        return firstVersion(Shell.run(new Shell.Command(Path.of("/"), Map.of(), version), LIMIT));
    }

    /// Packages of npm, in a folder of the user's cache that then holds `node_modules`.
    ///
    /// @param packages each with its version; the first is the peer
    /// @return the peer's version
    static String npm(String folder, String... packages) throws IOException {
        Path home = folder(folder);
        List<String> words = Stream.concat(
                Stream.of("npm", "install", "--ignore-scripts=false", "--prefix", home.toString()),
                Stream.of(packages)).toList();
        if (!Files.exists(home.resolve("installed"))) {
            Shell.run(new Shell.Command(home, Map.of(), words), LIMIT);
            Files.createFile(home.resolve("installed"));
        }
        return packages[0].substring(packages[0].lastIndexOf('@') + 1);
    }

    /// The class path of Maven coordinates, the peer first, with all they need; JBang resolves and keeps them.
    static String classPath(Path home, String... coordinates) throws IOException {
        String more = String.join(",", List.of(coordinates).subList(1, coordinates.length));
        String said = Shell.run(new Shell.Command(home, home.resolve("jbang").toString(), "--quiet",
                "info", "classpath", "--deps", more, coordinates[0]), LIMIT);
        return said.lines().reduce("", (_, last) -> last);
    }

    private static boolean isMissing(String program) {
        return Pattern.compile(":").splitAsStream(System.getenv("PATH"))
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String firstVersion(String said) {
        Matcher version = VERSION.matcher(said);
        return version.find() ? version.group() : said;
    }
}
