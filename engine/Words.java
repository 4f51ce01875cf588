package engine;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.parser.Parser;

/// The words of a piece of [Html], for a search and wherever there is no markup. It is the engine's own HTML,
/// well-formed and escaped: one pass over it is enough, and a parser would take longer than the templates do.
final class Words {
    private static final Set<String> WITHIN_A_WORD = Set.of("a", "b", "c", "code", "del", "em", "i", "span", "strong");
    private static final String MARK = "<c-"; // of highlighted code, and then its kind
    private static final String COMMENT = MARK + "c>";
    private static final String END = "</c-";
    private static final int SHORTEST = 3; // letters of a name

    private Words() {}

    /// Its text on one line, without markup.
    static String of(Html html) {
        String markup = html.markup();
        var text = new StringBuilder(markup.length());
        boolean gap = false;
        for (int i = 0; i < markup.length(); i++) {
            char c = markup.charAt(i);
            if (c == '<') {
                gap |= !WITHIN_A_WORD.contains(tag(markup, i));
                i = markup.indexOf('>', i);
            } else if (Character.isWhitespace(c)) {
                gap = true;
            } else {
                if (gap && !text.isEmpty()) text.append(' ');
                gap = false;
                text.append(c);
            }
        }
        return unescaped(text.toString());
    }

    private static String tag(String markup, int open) {
        int start = markup.charAt(open + 1) == '/' ? open + 2 : open + 1;
        int end = start;
        while (Character.isLetterOrDigit(markup.charAt(end))) end++;
        return markup.substring(start, end);
    }

    private static String unescaped(String text) {
        return text.indexOf('&') < 0 ? text : Parser.unescapeEntities(text, false);
    }

    /// What the comments of highlighted code say that have a line of their own: the others make no sentence.
    static String remarks(Html code) {
        return code.markup().lines().map(String::strip).filter(line -> line.startsWith(COMMENT))
                .map(line -> remark(of(new Html(line)))).filter(remark -> !remark.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String remark(String comment) {
        int start = 0;
        while (start < comment.length() && "/*-# ".indexOf(comment.charAt(start)) >= 0) start++;
        return comment.substring(start).replace("*/", "").replace("`", "").strip();
    }

    /// The names and the other words of highlighted code, each once, in order: keywords and comments left out.
    static Set<String> names(Html code) {
        String markup = code.markup();
        var names = new LinkedHashSet<String>();
        int read = 0;
        for (int mark = markup.indexOf(MARK); mark >= 0; mark = markup.indexOf(MARK, read)) {
            addNames(markup.substring(read, mark), names);
            int start = markup.indexOf('>', mark) + 1;
            int end = markup.indexOf(END, start);
            boolean skipped = "kmc".indexOf(markup.charAt(mark + MARK.length())) >= 0;
            if (!skipped) addNames(markup.substring(start, end), names);
            read = markup.indexOf('>', end) + 1;
        }
        addNames(markup.substring(read), names);
        return names;
    }

    private static void addNames(String markup, Set<String> names) {
        String text = unescaped(markup);
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isLetter(text.charAt(i))) continue;
            int start = i > 0 && text.charAt(i - 1) == '\\' ? i + 1 : i; // `\nab` holds no `nab`
            while (i < text.length() && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '_')) i++;
            if (i - start >= SHORTEST) names.add(text.substring(start, i));
        }
    }
}
