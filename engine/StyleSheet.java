package engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The one style sheet of a site, put together from its parts: a browser asks once, and an author finds a part by name.
final class StyleSheet {
    private static final Pattern IMPORT = Pattern.compile("(?m)^@import \"([^\"]+)\";$");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
    /// A text, which stays as it is, or a mark with the blanks around it that mean nothing. A colon is one only before
    /// a blank: else it may begin a pseudo-class, and the blank before it is a combinator.
    private static final Pattern MARK = Pattern.compile("(\"[^\"]*\")|\\s*([{};,])\\s*|(:)\\s+");

    private StyleSheet() {}

    /// The file with each part in the place of its `@import`, without comments and blanks, which only authors need.
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
        String style = COMMENT.matcher(whole).replaceAll("");
        return MARK.matcher(style).replaceAll("$1$2$3").replace(";}", "}").strip() + "\n";
    }
}
