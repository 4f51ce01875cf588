package engine;

import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// A lesson to start from: its source, text, exercise and solution, its place in the list, its aliases.
///
/// @param number `04`, as in the names of its files
public record NewLesson(Course course, Path lab, Path templates, String number, String title) {
    private static final List<String> FILES = List.of("lessonNN.java", "lessonNN.md", "exercises/exerciseNN.java",
            "exercises/solutionNN.java");

    /// @param home the project's folder
    /// @throws Fault (usage) if the number or the title will not do
    public static NewLesson of(Course course, Path home, String number, String title) {
        if (!number.matches("\\d{1,3}"))
            throw new Fault(Fault.USAGE, "'%s' is no lesson's number; want one such as 04".formatted(number));
        if (!title.strip().matches("[^\\p{Cntrl}]+"))
            throw new Fault(Fault.USAGE, "a lesson needs a title, on one line");
        String two = "%02d".formatted(Integer.parseInt(number));
        return new NewLesson(course, home.resolve("lessons/lab/Lab.java"), home.resolve("templates/new"), two,
                title.strip());
    }

    /// Writes all of it, or nothing.
    ///
    /// @return the files that are new
    /// @throws Fault (usage) if one of them is there already, or cannot be written
    public List<Path> write() {
        SequencedMap<Path, String> fresh = new LinkedHashMap<>();
        for (String file : FILES) {
            Path target = course.folder().resolve(file.replace("NN", number));
            if (Files.exists(target)) throw new Fault(Fault.USAGE, target + ": is there already; take another number");
            fresh.put(target, filled(file, target));
        }
        SequencedMap<Path, String> all = new LinkedHashMap<>(fresh);
        Path list = course.folder().resolve(Course.LIST);
        all.put(list, CourseList.with(SourceFile.text(list), number, title));
        Path catalog = course.folder().resolveSibling("jbang-catalog.json");
        String folder = course.folder().getFileName().toString();
        if (Files.exists(catalog)) all.put(catalog, Catalog.with(catalog, folder, number, title));
        replace(all, fresh);
        return List.copyOf(fresh.keySet());
    }

    private String filled(String file, Path target) {
        Path folder = target.toAbsolutePath().normalize().getParent();
        return SourceFile.text(templates.resolve(Path.of(file).getFileName()))
                .replace("NN", number)
                .replace("LAB", folder.relativize(lab.toAbsolutePath().normalize()).toString())
                .replace("TITLE", quoted(title));
    }

    /// A plain word is a text in YAML as it stands; anything else is quoted, as in JSON.
    private static String quoted(String title) {
        boolean plain = title.matches("\\p{L}[\\p{L}\\d ,()-]*") && title.contains(" ");
        return plain ? title : "\"" + title.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /// Each text is written beside its file first; only when all are there do they take their places.
    private static void replace(Map<Path, String> texts, Map<Path, String> fresh) {
        List<Path> placed = new ArrayList<>();
        try {
            for (var text : texts.entrySet()) {
                Files.createDirectories(text.getKey().toAbsolutePath().getParent());
                Files.writeString(next(text.getKey()), text.getValue());
            }
            for (Path file : texts.keySet()) {
                Files.move(next(file), file, StandardCopyOption.ATOMIC_MOVE);
                placed.add(file);
            }
        } catch (IOException e) {
            placed.stream().filter(fresh::containsKey).forEach(NewLesson::delete);
            throw new Fault(Fault.USAGE, "cannot write the lesson: " + e, e);
        } finally {
            texts.keySet().forEach(file -> delete(next(file)));
        }
    }

    private static Path next(Path file) {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            System.err.println("cannot delete " + file);
        }
    }
}
