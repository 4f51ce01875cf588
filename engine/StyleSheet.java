package engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The one style sheet of a site, put together from its parts: a browser asks once, and an author finds a part by name.
final class StyleSheet {
    private static final Pattern IMPORT = Pattern.compile("(?m)^@import \"([^\"]+)\";$");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
    /// A text, which keeps its space, or space with the sign it stands beside.
    private static final Pattern SPACE = Pattern.compile("(\"[^\"]*\")|\\s*([{};,])\\s*|(:)\\s+|\\s+");

    private StyleSheet() {}

    /// The file with each part in the place of its `@import`, without the comments and the space that only authors
    /// need.
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
        String bare = COMMENT.matcher(whole).replaceAll("");
        return SPACE.matcher(bare).replaceAll(StyleSheet::kept).replace(";}", "}").strip();
    }

    private static String kept(MatchResult found) {
        return Stream.of(found.group(1), found.group(2), found.group(3)).filter(Objects::nonNull).findFirst()
                .map(Matcher::quoteReplacement).orElse(" ");
    }
}
