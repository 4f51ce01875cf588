package engine;

// Tokenises Java with text blocks, SQL, shell, JSON, XML and YAML in microseconds, without a script in the page.
//DEPS com.fifesoft:rsyntaxtextarea:4.0.1

import java.util.Locale;
import java.util.Map;
import javax.swing.text.Segment;
import org.fife.ui.rsyntaxtextarea.SyntaxConstants;
import org.fife.ui.rsyntaxtextarea.Token;
import org.fife.ui.rsyntaxtextarea.TokenMaker;
import org.fife.ui.rsyntaxtextarea.TokenMakerFactory;
import org.fife.ui.rsyntaxtextarea.TokenTypes;

/// Code as HTML: `<c-k>return</c-k>`. A custom element takes half the bytes of a span with a class, and highlighting is
/// a tenth of a page. The style sheet gives each its colour.
public final class Highlighter {
    private static final Map<String, String> STYLES = Map.ofEntries(
            Map.entry("java", SyntaxConstants.SYNTAX_STYLE_JAVA),
            Map.entry("sql", SyntaxConstants.SYNTAX_STYLE_SQL),
            Map.entry("sh", SyntaxConstants.SYNTAX_STYLE_UNIX_SHELL),
            Map.entry("shell", SyntaxConstants.SYNTAX_STYLE_UNIX_SHELL),
            Map.entry("bash", SyntaxConstants.SYNTAX_STYLE_UNIX_SHELL),
            Map.entry("json", SyntaxConstants.SYNTAX_STYLE_JSON),
            Map.entry("xml", SyntaxConstants.SYNTAX_STYLE_XML),
            Map.entry("html", SyntaxConstants.SYNTAX_STYLE_XML),
            Map.entry("yaml", SyntaxConstants.SYNTAX_STYLE_YAML),
            Map.entry("lua", SyntaxConstants.SYNTAX_STYLE_LUA));

    private Highlighter() {}

    /// The code with its tokens marked, or only escaped where the language is not known.
    ///
    /// @param language as after the fence of a Markdown block: `java`, `sql`, `sh`, `json`, `xml`, `yaml`, `lua`
    public static Html highlight(String language, String code) {
        String style = STYLES.get(language.toLowerCase(Locale.ROOT));
        if (style == null) return Html.text(code);
        return highlight(TokenMakerFactory.getDefaultInstance().getTokenMaker(style), code);
    }

    /// A token maker goes line by line and is told how the line before ended: within a comment, within a text block.
    private static Html highlight(TokenMaker maker, String code) {
        StringBuilder markup = new StringBuilder(code.length() * 2);
        int state = TokenTypes.NULL;
        String between = "";
        for (String line : Plain.text(code).split("\n", -1)) {
            markup.append(between);
            markLine(maker.getTokenList(segment(line), state, 0), markup);
            state = maker.getLastTokenTypeOnLine(segment(line), state);
            between = "\n";
        }
        return new Html(markup.toString());
    }

    private static Segment segment(String line) {
        return new Segment(line.toCharArray(), 0, line.length());
    }

    /// Neighbours of one kind share an element (a comment is many tokens), with the space between them.
    private static void markLine(Token first, StringBuilder markup) {
        String open = "";
        String space = "";
        for (Token token = first; token != null && token.isPaintable(); token = token.getNextToken()) {
            if (token.isWhitespace()) {
                space += token.getLexeme();
                continue;
            }
            String kind = token.isSingleChar('.') ? "" : kind(token.getType()); // in SQL it would be a number
            if (!kind.equals(open) && !open.isEmpty()) markup.append(end(open));
            markup.append(space);
            if (!kind.equals(open) && !kind.isEmpty()) markup.append("<c-").append(kind).append('>');
            markup.append(Html.text(token.getLexeme()).markup());
            open = kind;
            space = "";
        }
        markup.append(open.isEmpty() ? "" : end(open)).append(space);
    }

    private static String end(String kind) {
        return "</c-" + kind + ">";
    }

    /// The kind of a token: keyword, type, string, number, comment, annotation, variable, markup tag, or none.
    private static String kind(int type) {
        return switch (type) {
            case TokenTypes.RESERVED_WORD, TokenTypes.RESERVED_WORD_2, TokenTypes.LITERAL_BOOLEAN -> "k";
            case TokenTypes.DATA_TYPE, TokenTypes.FUNCTION -> "t";
            case TokenTypes.LITERAL_STRING_DOUBLE_QUOTE, TokenTypes.LITERAL_CHAR, TokenTypes.LITERAL_BACKQUOTE,
                    TokenTypes.MARKUP_TAG_ATTRIBUTE_VALUE, TokenTypes.MARKUP_CDATA, TokenTypes.REGEX -> "s";
            case TokenTypes.LITERAL_NUMBER_DECIMAL_INT, TokenTypes.LITERAL_NUMBER_FLOAT,
                    TokenTypes.LITERAL_NUMBER_HEXADECIMAL -> "n";
            case TokenTypes.COMMENT_EOL, TokenTypes.COMMENT_MULTILINE, TokenTypes.COMMENT_DOCUMENTATION,
                    TokenTypes.COMMENT_KEYWORD, TokenTypes.COMMENT_MARKUP, TokenTypes.MARKUP_COMMENT -> "c";
            case TokenTypes.ANNOTATION, TokenTypes.PREPROCESSOR, TokenTypes.MARKUP_PROCESSING_INSTRUCTION,
                    TokenTypes.MARKUP_DTD -> "a";
            case TokenTypes.VARIABLE, TokenTypes.MARKUP_TAG_ATTRIBUTE, TokenTypes.MARKUP_ENTITY_REFERENCE -> "v";
            case TokenTypes.MARKUP_TAG_NAME -> "m";
            default -> "";
        };
    }
}
