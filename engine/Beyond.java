package engine;

import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the pages of a course are made of beyond its folder: its guides, what lies beside those, and what any of its
/// texts links to, such as the SQL of a diagram. Found without parsing: rather a file too many than one too few.
final class Beyond {
    /// The target of a link, or of the line that defines it.
    private static final Pattern TARGET = Pattern.compile("\\](?:\\(|: *)<?([^\\s)>#]+)");

    private Beyond() {}

    /// @param course its folder
    static SortedSet<Path> of(Path course) {
        Path list = course.resolve(Course.LIST).normalize();
        SortedSet<Path> beyond = new TreeSet<>();
        var texts = new ArrayDeque<>(files(course).stream().filter(file -> file.toString().endsWith(".md")).toList());
        while (!texts.isEmpty()) {
            Path text = texts.remove();
            for (Path file : targets(text)) {
                if (file.startsWith(course.normalize()) || !Files.isRegularFile(file)) continue;
                beyond.add(file);
                if (!text.equals(list)) continue;
                beyond.addAll(files(file.getParent()));
                texts.add(file); // a guide
            }
        }
        return beyond;
    }

    private static List<Path> targets(Path text) {
        return TARGET.matcher(SourceFile.text(text)).results().map((MatchResult link) -> link.group(1))
                .filter(target -> !target.contains(":"))
                .map(target -> text.resolveSibling(target).normalize()).toList();
    }

    private static Collection<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).map(Path::normalize).toList();
        } catch (IOException e) {
            throw new Fault(Fault.USAGE, "cannot read %s: %s".formatted(folder, e.getMessage()), e);
        }
    }
}
