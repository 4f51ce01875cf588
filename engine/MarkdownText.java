package engine;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Pieces of Markdown that hold what a program said: none of it can become markup, or leave its place.
final class MarkdownText {
    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]<>#|~&]");
    private static final Pattern TICKS = Pattern.compile("`+");
    private static final Pattern SPACES = Pattern.compile("[\\s\u00a0]+");

    private MarkdownText() {}

    /// Text on one line, what Markdown would obey escaped by a backslash (CommonMark 0.31, 2.4).
    static String line(String text) {
        return MARKUP.matcher(oneLine(Plain.text(text))).replaceAll("\\\\$0");
    }

    /// Every space an ordinary one.
    static String oneLine(String text) {
        return SPACES.matcher(text.strip()).replaceAll(" ");
    }

    /// The words of a piece of HTML, as a line.
    static String words(Html html) {
        return line(Words.of(html));
    }

    /// A fenced block whose fence is longer than any row of backticks within.
    static String fence(String language, String text) {
        String plain = Plain.text(text).stripTrailing();
        int longest = TICKS.matcher(plain).results().mapToInt(ticks -> ticks.group().length()).max().orElse(0);
        String fence = "`".repeat(Math.max(3, longest + 1));
        return fence + language + "\n" + plain + "\n" + fence + "\n";
    }

    /// A table with a title; a column of numbers stands right.
    static String table(String title, List<String> header, List<Boolean> numbers, List<List<String>> rows) {
        String rule = numbers.stream().map(number -> number ? "--:" : "---")
                .collect(Collectors.joining("|", "|", "|\n"));
        return (title.isEmpty() ? "" : "*" + line(title) + "*\n\n") + row(header) + rule
                + rows.stream().map(MarkdownText::row).collect(Collectors.joining());
    }

    /// A table whose first column has words, and all others numbers.
    static String figures(String title, List<String> header, List<List<String>> rows) {
        return table(title, header, IntStream.range(0, header.size()).mapToObj(i -> i > 0).toList(), rows);
    }

    private static String row(List<String> cells) {
        return cells.stream().map(MarkdownText::line).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
