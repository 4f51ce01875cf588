package engine;

import com.vladsch.flexmark.ast.BlockQuote;
import com.vladsch.flexmark.ast.ListBlock;
import com.vladsch.flexmark.ast.Paragraph;
import com.vladsch.flexmark.ast.StrongEmphasis;
import com.vladsch.flexmark.ast.Text;
import com.vladsch.flexmark.util.ast.Node;
import data.Suggest;
import engine.Block.Answer;
import engine.Block.Aside;
import engine.Block.Prediction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the blockquotes that begin with a bold word: `> **Predict.** ...`, `> **Hint.** ...`.
final class QuoteReader {
    static final String PREDICT = "predict";
    static final String NOTE = "note";
    private static final List<String> WORDS = Stream.concat(Stream.of(PREDICT),
            Stream.of(Aside.Kind.values()).map(k -> k.name().toLowerCase(Locale.ROOT))).toList();

    private static final Pattern SHAPE = Pattern.compile("(\\w+)(\\.?)");
    private static final Pattern RIGHT = Pattern.compile("<!--\\s*right\\s*-->\\s*");

    private QuoteReader() {}

    /// The prediction or aside that a quote stands for; empty for an ordinary quote.
    static Optional<Block> read(BlockQuote quote, Problems problems) {
        Node paragraph = quote.getFirstChild();
        if (paragraph == null || !(paragraph.getFirstChild() instanceof StrongEmphasis bold)) return Optional.empty();
        Matcher shape = SHAPE.matcher(bold.getText());
        if (!shape.matches()) return Optional.empty();
        String word = shape.group(1).toLowerCase(Locale.ROOT);
        boolean known = WORDS.contains(word);
        boolean stopped = !shape.group(2).isEmpty();
        if (known && stopped) return Optional.of(block(quote, bold, word, problems));
        if (known) problems.add(Markdown.line(bold),
                "an aside begins with its word and a full stop: > **%s.**".formatted(shape.group(1)));
        else if (stopped) Suggest.nearest(word, WORDS).ifPresent(near -> problems.add(Markdown.line(bold),
                "unknown aside '%s'; did you mean '%s'?".formatted(word, near)));
        return Optional.empty();
    }

    /// The word with which a quote begins, in small letters: `predict`, `note`; "" of an ordinary quote.
    static String word(BlockQuote quote) {
        if (!(quote.getFirstChild() instanceof Paragraph paragraph)) return "";
        if (!(paragraph.getFirstChild() instanceof StrongEmphasis bold)) return "";
        String word = bold.getText().toString().replaceFirst("\\.$", "").toLowerCase(Locale.ROOT);
        return WORDS.contains(word) ? word : "";
    }

    private static Block block(BlockQuote quote, StrongEmphasis bold, String word, Problems problems) {
        int line = Markdown.line(quote);
        Node paragraph = bold.getParent();
        if (bold.getNext() instanceof Text rest) rest.setChars(rest.getChars().trimStart());
        bold.unlink();
        if (!paragraph.hasChildren()) paragraph.unlink();
        if (word.equals(PREDICT)) return prediction(quote, line, problems);
        return new Aside(Aside.Kind.valueOf(word.toUpperCase(Locale.ROOT)), html(Markdown.children(quote)));
    }

    private static Prediction prediction(BlockQuote quote, int line, Problems problems) {
        List<Node> parts = Markdown.children(quote).toList();
        List<Node> question = parts.stream().takeWhile(p -> !(p instanceof ListBlock)).toList();
        List<Answer> answers = parts.stream().skip(question.size()).limit(1).flatMap(Markdown::children)
                .map(item -> new Answer(Markdown.inner(item), isRight(item))).toList();
        long right = answers.stream().filter(Answer::right).count();
        if (question.isEmpty())
            problems.add(line, "this prediction asks nothing; write its question before the answers");
        if (answers.size() < 2 || answers.size() > 4) problems.add(line,
                "a prediction has a list of 2 to 4 answers, not of " + answers.size());
        if (right != 1) problems.add(line, "%s answer is right; end the one that is with <!-- right -->"
                .formatted(right == 0 ? "no" : "more than one"));
        return new Prediction(html(question.stream()), answers, html(parts.stream().skip(question.size() + 1)), line);
    }

    private static boolean isRight(Node answer) {
        return Markdown.all(answer).anyMatch(QuoteReader::marksRight);
    }

    /// Whether this is the comment that marks the right answer.
    static boolean marksRight(Node comment) {
        return RIGHT.matcher(comment.getChars()).matches();
    }

    private static String html(Stream<Node> nodes) {
        return nodes.map(Markdown::html).collect(Collectors.joining());
    }
}
