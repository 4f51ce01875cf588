package engine;

import com.vladsch.flexmark.util.ast.Document;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// A text that is parsed and not yet read: reading it takes the terms of the whole course.
///
/// @param source   the whole file; `body` without its front matter
/// @param document without the section that defines terms
/// @param terms    those that it defines
/// @param problems what is wrong in it so far
record Draft(Path text, String source, FrontMatter front, String body, Document document, List<Term> terms,
        Problems problems) {
    private static final Pattern TERMS = Pattern.compile("(?m)^## +" + TermReader.HEADING);

    /// @param timed whether it must say how many minutes it takes
    static Draft of(Path text, boolean timed) {
        var problems = new Problems(text);
        String source = SourceFile.text(text);
        FrontMatter.Split split = FrontMatter.split(source, problems, timed);
        Document document = Markdown.parse(split.body());
        return new Draft(text, source, split.front(), split.body(), document, TermReader.take(document, problems),
                problems);
    }

    /// Whether a text may define terms, found without parsing it.
    static boolean mayDefine(Path text) {
        return TERMS.matcher(SourceFile.text(text)).find();
    }
}
