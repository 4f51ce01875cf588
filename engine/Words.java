package engine;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.parser.Parser;

/// The words of a piece of [Html], for a search. It is the engine's own HTML, well-formed and escaped, so that one
/// pass over its text is enough.
final class Words {
    private static final Pattern WITHIN_A_WORD = Pattern.compile("</?(?:a|b|code|del|em|i|span|strong)(?: [^>]*)?>");
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern KEYWORD = Pattern.compile("<span class=\"[km]\">[^<]*</span>");
    private static final Pattern COMMENT = Pattern.compile("<span class=\"c\">[^<]*</span>");
    private static final Pattern REMARK = Pattern.compile("(?m)^ *<span class=\"c\">([^<]*)</span>");
    private static final Pattern NO_WORD = Pattern.compile("^\\s*(?:///?|/?\\*+/?|--|#)|\\*/$|`");
    private static final Pattern NAME = Pattern.compile("(?<!\\\\)\\p{L}[\\p{L}\\p{N}_]{2,}"); // \nab holds no `nab`

    private Words() {}

    /// Its text on one line, without markup.
    static String of(Html html) {
        String apart = TAG.matcher(WITHIN_A_WORD.matcher(html.markup()).replaceAll("")).replaceAll(" ");
        return SPACE.matcher(Parser.unescapeEntities(apart, false)).replaceAll(" ").strip();
    }

    /// What the comments of highlighted code say that have a line of their own: the others make no sentence.
    static String remarks(Html code) {
        return REMARK.matcher(code.markup()).results()
                .map(comment -> NO_WORD.matcher(of(new Html(comment.group(1)))).replaceAll("").strip())
                .filter(comment -> !comment.isEmpty()).collect(Collectors.joining(" "));
    }

    /// The words of highlighted code, each once, in order: keywords, comments and what is shorter than three letters
    /// left out.
    static List<String> names(Html code) {
        String rest = COMMENT.matcher(KEYWORD.matcher(code.markup()).replaceAll(" ")).replaceAll(" ");
        return NAME.matcher(of(new Html(rest))).results().map(MatchResult::group).distinct().toList();
    }
}
