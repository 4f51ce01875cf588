package engine;

import java.nio.file.Path;

/// What has a page of its own: a lesson, or a guide. A guide with a script is run, and is a [Lesson] too.
public sealed interface Chapter permits Lesson, Reading {
    /// The name of its files, and of its page.
    String id();

    /// As the course's list has it.
    String title();

    /// What the list says of it beside the title: HTML, or "".
    String about();

    /// The heading it stands under.
    String module();

    /// Its Markdown.
    Path text();
}
