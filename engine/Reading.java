package engine;

import java.nio.file.Path;

/// A guide without a script: nothing runs, its page is its text.
///
/// @param text `setup.md`
public record Reading(String id, String title, String about, String module, Path text) implements Chapter {}
