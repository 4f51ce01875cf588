package engine;

import com.vladsch.flexmark.ast.Code;
import com.vladsch.flexmark.ext.tables.TableBlock;
import com.vladsch.flexmark.ext.tables.TableBody;
import com.vladsch.flexmark.ext.tables.TableCell;
import com.vladsch.flexmark.util.ast.Document;
import com.vladsch.flexmark.util.ast.Node;
import data.Suggest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Holds what a text says of turned knobs against the knobs that there are.
///
/// @param knobs names of those of the text's own script
record KnobReader(List<String> knobs, Problems problems) {
    /// Nothing but options: `--ttl=0 --hits=20`.
    private static final Pattern OPTIONS = Pattern.compile("--[\\w-]+=\\S*(?: +--[\\w-]+=\\S*)*");

    static String name(String option) {
        return option.substring(2, option.indexOf('='));
    }

    /// Every option that stands as code by itself must turn a knob. Options within a longer piece of code may be those
    /// of another program.
    void check(Document document) {
        Markdown.all(document).filter(Code.class::isInstance).map(Code.class::cast)
                .forEach(code -> options(code).stream().map(KnobReader::name).filter(name -> !knobs.contains(name))
                        .forEach(name -> problems.add(Markdown.line(code), "there is no knob '%s' to turn%s"
                                .formatted(name, Suggest.didYouMean(name, knobs)))));
    }

    /// The table as what to expect; empty if there is nothing to turn, or its first row turns nothing.
    Optional<Block.Turns> table(TableBlock table) {
        List<Node> rows = Markdown.children(table).filter(TableBody.class::isInstance)
                .flatMap(Markdown::children).toList();
        boolean turns = !knobs.isEmpty() && !rows.isEmpty() && !options(rows.getFirst().getFirstChild()).isEmpty();
        if (!turns) return Optional.empty();
        return Optional.of(new Block.Turns(rows.stream().flatMap(row -> turn(row).stream()).toList()));
    }

    private Optional<Block.Turn> turn(Node row) {
        List<String> options = options(row.getFirstChild());
        List<Node> cells = Markdown.children(row).filter(TableCell.class::isInstance).toList();
        if (options.isEmpty() || cells.size() != 2) {
            problems.add(Markdown.line(row), "a row here is `--knob=value` and what to expect of it, in two cells");
            return Optional.empty();
        }
        return Optional.of(new Block.Turn(options, Markdown.inner(cells.getLast())));
    }

    /// The options in code within a node, if it holds nothing else.
    private static List<String> options(Node node) {
        if (node instanceof Code code) return options(code.getText().toString());
        List<Node> parts = Markdown.children(node).filter(part -> !part.getChars().isBlank()).toList();
        if (!parts.stream().allMatch(Code.class::isInstance)) return List.of();
        return parts.stream().flatMap(code -> options(code).stream()).toList();
    }

    private static List<String> options(String code) {
        return OPTIONS.matcher(code).matches() ? List.of(code.split(" +")) : List.of();
    }
}
