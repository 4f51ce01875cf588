package engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The one style sheet of a site, put together from its parts: a browser asks once, and an author finds a part by name.
final class StyleSheet {
    private static final Pattern IMPORT = Pattern.compile("(?m)^@import \"([^\"]+)\";$");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");

    private StyleSheet() {}

    /// The file with each part in the place of its `@import`, without comments, indentation and empty lines, which only
    /// authors need.
    ///
    /// @throws IOException if a part cannot be read
    static String of(Path file) throws IOException {
        var whole = new StringBuilder();
        String text = Files.readString(file);
        int read = 0;
        for (MatchResult part : IMPORT.matcher(text).results().toList()) {
            whole.append(text, read, part.start()).append(Files.readString(file.resolveSibling(part.group(1))));
            read = part.end();
        }
        whole.append(text, read, text.length());
        return COMMENT.matcher(whole).replaceAll("").lines().map(String::strip).filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
