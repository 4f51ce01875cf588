package engine;

import com.vladsch.flexmark.ast.Heading;
import com.vladsch.flexmark.ast.HtmlCommentBlock;
import com.vladsch.flexmark.ast.ListBlock;
import com.vladsch.flexmark.ast.Reference;
import com.vladsch.flexmark.ast.StrongEmphasis;
import com.vladsch.flexmark.ast.Text;
import com.vladsch.flexmark.util.ast.Document;
import com.vladsch.flexmark.util.ast.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Takes the section `## Terms` out of a text: on the site it stands in the glossary.
final class TermReader {
    static final String HEADING = "Terms";
    private static final Pattern NAMES = Pattern.compile("\\s*(?:\\(([^()]*)\\))?:\\s*");
    private static final String FORM = "a term is written - **stale set**: what it is; other names before the colon, in"
            + " parentheses";

    private TermReader() {}

    /// The terms of a document, from which the section is then gone.
    static List<Term> take(Document document, Problems problems) {
        List<Node> section = section(document);
        if (section.isEmpty()) return List.of();
        var terms = new ArrayList<Term>();
        for (Node node : section.stream().skip(1).toList()) {
            if (node instanceof ListBlock list) Markdown.children(list)
                    .forEach(item -> term(item, problems).ifPresent(terms::add));
            else problems.add(Markdown.line(node), "the section Terms holds a list and nothing else; " + FORM);
        }
        if (section.size() == 1) problems.add(Markdown.line(section.getFirst()), "no terms; " + FORM);
        section.forEach(Node::unlink);
        return terms;
    }

    private static List<Node> section(Document document) {
        List<Node> nodes = Markdown.children(document).dropWhile(node -> !isTerms(node)).toList();
        if (nodes.isEmpty()) return nodes;
        return Stream.concat(nodes.stream().limit(1), nodes.stream().skip(1)
                .takeWhile(node -> !(node instanceof Heading next && next.getLevel() <= 2))
                .filter(node -> !(node instanceof Reference || node instanceof HtmlCommentBlock))).toList();
    }

    private static boolean isTerms(Node node) {
        return node instanceof Heading heading && heading.getLevel() == 2 && Markdown.text(heading).equals(HEADING);
    }

    private static Optional<Term> term(Node item, Problems problems) {
        int line = Markdown.line(item);
        Node paragraph = item.getFirstChild();
        if (paragraph == null || !(paragraph.getFirstChild() instanceof StrongEmphasis bold)
                || !(bold.getNext() instanceof Text text)) return fault(line, FORM, problems);
        Matcher names = NAMES.matcher(text.getChars());
        String name = Markdown.text(bold);
        if (!names.lookingAt() || !Glossary.isName(name)) return fault(line, FORM, problems);
        List<String> others = names.group(1) == null ? List.of() : List.of(names.group(1).strip().split("\\s*,\\s*"));
        if (!others.stream().allMatch(Glossary::isName)) return fault(line, FORM, problems);
        text.setChars(text.getChars().subSequence(names.end()));
        bold.unlink();
        if (Markdown.text(item).isEmpty())
            return fault(line, "term '%s' has no definition; write it after the colon".formatted(name), problems);
        return Optional.of(new Term(Term.id(name), name, others, item, line));
    }

    private static Optional<Term> fault(int line, String what, Problems problems) {
        problems.add(line, what);
        return Optional.empty();
    }
}
