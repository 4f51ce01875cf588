package engine;

import java.nio.file.Path;
import java.util.Optional;

/// One lesson of the course, or a guide with a script: its files, by name.
///
/// @param id     `lesson03`, the name of its files
/// @param title  as the course's list has it
/// @param about  what the list says of it beside the title: HTML, or ""
/// @param module the heading it stands under
/// @param source `lesson03.java`; `text` `lesson03.md`; `golden` `lesson03.out`, which need not exist yet
public record Lesson(String id, String title, String about, String module, Path source, Path text, Path golden,
        Optional<Path> exercise, Optional<Path> solution) implements Chapter {}
