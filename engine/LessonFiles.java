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

/// Which files belong to a lesson: `lesson02.java`, `.md` and `.out`, `exercises/exercise02.java` and `solution02.java`.
record LessonFiles(Path folder) {
    private static final String EXERCISES = "exercises";
    private static final Pattern SCRIPT = Pattern.compile("(lesson|exercise|solution)(\\d+)\\.(?:java|md)");

    Lesson lesson(String id, String title, String about, String module) {
        return new Lesson(id, title, about, module, folder.resolve(id + ".java"), folder.resolve(id + ".md"), folder.resolve(id + ".out"),
                existing(exercise("exercise", id)), existing(exercise("solution", id)));
    }

    /// What a listed lesson lacks.
    List<String> missing(String id) {
        var missing = new ArrayList<String>();
        for (String name : List.of(id + ".md", id + ".java"))
            if (!Files.isRegularFile(folder.resolve(name))) missing.add("lesson '%s' has no file '%s'".formatted(id, name));
        Path exercise = exercise("exercise", id);
        Path solution = exercise("solution", id);
        if (existing(exercise).isPresent() != existing(solution).isPresent()) missing.add("lesson '%s' has %s, but no %s"
                .formatted(id, relative(existing(exercise).isPresent() ? exercise : solution),
                        relative(existing(exercise).isPresent() ? solution : exercise)));
        return missing;
    }

    /// What belongs to no listed lesson.
    List<String> strays(Set<String> listed) {
        return Stream.of(folder, folder.resolve(EXERCISES)).flatMap(f -> names(f).stream())
                .filter(file -> {
                    Matcher script = SCRIPT.matcher(file.getFileName().toString());
                    return script.matches() && !listed.contains("lesson" + script.group(2));
                })
                .map(file -> "'%s' belongs to no lesson of this list; add - [Title](%s.md)".formatted(relative(file),
                        file.getFileName().toString().replaceFirst("^\\D+(\\d+)\\..*", "lesson$1")))
                .toList();
    }

    private Path exercise(String kind, String id) {
        return folder.resolve(EXERCISES, kind + id.replaceFirst("^lesson", "") + ".java");
    }

    private String relative(Path file) {
        return folder.relativize(file).toString();
    }

    private static Optional<Path> existing(Path file) {
        return Optional.of(file).filter(Files::isRegularFile);
    }

    private static List<Path> names(Path folder) {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
