package engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which files belong to a lesson: `lesson02.java`, `.md`, `.out`, `exercises/exercise02.java` and `solution02.java`.
record LessonFiles(Path folder) {
    private static final Pattern NUMBERED = Pattern.compile("(?:lesson|exercise|solution)(\\d+)\\.(?:java|md)");

    Lesson lesson(String id, String title, String about, String module) {
        return new Lesson(id, title, about, module,
                folder.resolve(id + ".java"), folder.resolve(id + ".md"), folder.resolve(id + ".out"),
                existing(exercise(id, "exercise")), existing(exercise(id, "solution")));
    }

    /// A guide and, if one lies beside its text, its script.
    static Chapter guide(Path text, String id, String title, String about, String module) {
        Path script = text.resolveSibling(id + ".java");
        if (existing(script).isEmpty()) return new Reading(id, title, about, module, text);
        return new Lesson(id, title, about, module, script, text, text.resolveSibling(id + ".out"),
                Optional.empty(), Optional.empty());
    }

    /// What a listed lesson lacks, a line each.
    List<String> missing(String id) {
        var missing = new ArrayList<String>();
        for (Path needed : List.of(folder.resolve(id + ".md"), folder.resolve(id + ".java")))
            if (existing(needed).isEmpty()) missing.add("lesson '%s' has no file '%s'".formatted(id, relative(needed)));
        Path exercise = exercise(id, "exercise");
        Path solution = exercise(id, "solution");
        if (Files.exists(exercise) && !Files.exists(solution)) missing.add(lonely(exercise, solution));
        if (Files.exists(solution) && !Files.exists(exercise)) missing.add(lonely(solution, exercise));
        return missing;
    }

    /// The files that look like a lesson's but belong to none that is listed, a line each.
    List<String> strays(Set<String> listed) {
        return Stream.of(folder, folder.resolve("exercises")).flatMap(f -> files(f).stream()).flatMap(file -> {
            Matcher numbered = NUMBERED.matcher(file.getFileName().toString());
            if (!numbered.matches() || listed.contains("lesson" + numbered.group(1))) return Stream.empty();
            return Stream.of("'%s' belongs to no lesson of this list; add - [Title](lesson%s.md)"
                    .formatted(relative(file), numbered.group(1)));
        }).toList();
    }

    private String lonely(Path there, Path missing) {
        return "'%s' has no '%s' beside it; an exercise needs its solution"
                .formatted(relative(there), relative(missing));
    }

    private Path exercise(String id, String kind) {
        return folder.resolve("exercises", kind + id.replaceFirst("^lesson", "") + ".java");
    }

    private String relative(Path file) {
        return folder.relativize(file).toString();
    }

    private static Optional<Path> existing(Path file) {
        return Optional.of(file).filter(Files::isRegularFile);
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
