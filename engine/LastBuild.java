package engine;

import data.Fault;
import data.UserCache;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What a site was built from. As long as nothing of that changes, and nobody touches the site, there is nothing to do.
public final class LastBuild {
    private final Path output;
    private final Path note;
    private final Bench bench;
    private final String inputs;

    /// Reads what a build depends on, before it begins: what is saved while it runs is for the next.
    ///
    /// @param base where the site is to be published
    public LastBuild(Bench bench, Path course, Path templates, Path output, Optional<BaseUrl> base) {
        this.bench = bench;
        this.output = output.toAbsolutePath().normalize();
        this.note = UserCache.folder("sites").resolve(Digests.of(this.output.toString()));
        this.inputs = inputs(course, templates) + base.map(BaseUrl::url).orElse("");
    }

    /// The summary of the last build, if this one would make the same.
    public Optional<List<String>> summary() {
        try {
            if (!Files.exists(note)) return Optional.empty();
            List<String> lines = Files.readAllLines(note);
            return lines.getFirst().equals(state()) ? Optional.of(lines.subList(1, lines.size())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // then it is built again
        }
    }

    /// Remembers a build that went well.
    public void remember(List<String> summary) {
        List<String> lines = new ArrayList<>(summary);
        lines.addFirst(state());
        try {
            Path next = Files.createTempFile(note.getParent(), "next-", "");
            Files.write(next, lines);
            Files.move(next, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Fault(Fault.USAGE, "cannot write %s: %s".formatted(note, e.getMessage()), e);
        }
    }

    private String state() {
        return Digests.of(inputs + new TreeMap<>(bench.identity()) + site());
    }

    /// All files of the course and those beyond it that its texts and scripts name, the templates, and this program.
    private static String inputs(Path course, Path templates) {
        SortedSet<Path> files = new TreeSet<>(files(course));
        List<Path> scripts = new ArrayList<>(files);
        scripts.removeIf(file -> !isScript(course.normalize(), file));
        try {
            SortedSet<Path> beyond = Beyond.of(course);
            scripts.addAll(beyond.stream().filter(file -> file.toString().endsWith(".java")).toList());
            files.addAll(beyond);
            scripts.forEach(script -> files.addAll(Sources.of(script)));
        } catch (Fault missing) {
            return missing.getMessage(); // such a build is never remembered
        }
        files.addAll(files(templates));
        var digests = new Digests();
        // JBang names this program's jar by its content.
        URL program = LastBuild.class.getProtectionDomain().getCodeSource().getLocation();
        var all = new StringBuilder(Runtime.version() + "\n" + program);
        files.forEach(file -> all.append("\n%s %s".formatted(file, digests.of(file))));
        return Digests.of(all.toString());
    }

    private static boolean isScript(Path course, Path file) {
        Path name = course.relativize(file);
        return name.toString().endsWith(".java") && (name.getNameCount() == 1 || name.startsWith("exercises"));
    }

    private String site() {
        var all = new StringBuilder();
        for (Path file : files(output)) {
            try {
                all.append("\n%s %d %s".formatted(file, Files.size(file), Files.getLastModifiedTime(file)));
            } catch (IOException e) {
                all.append('\n').append(file).append(" is gone");
            }
        }
        return all.toString();
    }

    private static SortedSet<Path> files(Path folder) {
        var files = new TreeSet<Path>();
        if (!Files.isDirectory(folder)) return files;
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).map(Path::normalize).forEach(files::add);
            return files;
        } catch (IOException e) {
            throw new Fault(Fault.USAGE, "cannot read %s: %s".formatted(folder, e.getMessage()), e);
        }
    }
}
