package engine;

import data.Suggest;
import engine.Block.Cell;
import engine.Block.Side;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Holds the cells of one text against the sources, in the order in which they stand.
final class CellReader {
    private final String own;
    private final Map<String, Listing> sources;
    private final Problems problems;
    private final Map<String, Integer> shown = new HashMap<>(); // what a page shows already, and the line of its cell
    private Optional<Integer> predicted = Optional.empty(); // the line of a prediction that no output follows yet

    /// @param own     the source whose every step must be shown, `lesson02.java`
    /// @param sources what can be shown, by the name that a cell links to
    CellReader(String own, Map<String, Listing> sources, Problems problems) {
        this.own = own;
        this.sources = sources;
        this.problems = problems;
    }

    /// The cell that a link stands for; empty if it is wrong.
    Optional<Cell> read(CellLink cell) {
        int line = Markdown.line(cell.link());
        SourceLink source = cell.source();
        Listing listing = sources.get(source.file());
        Optional<String> wrong = listing == null ? unknownFile(source.file()) : unknownName(source.name(), listing);
        if (wrong.isPresent()) {
            problems.add(line, wrong.get());
            return Optional.empty();
        }
        boolean step = listing.steps().contains(source.name());
        Side side = side(cell.link().getTitle().toString(), line);
        if (side == Side.OUTPUT && !step) problems.add(line,
                "'%s' is no step and has no output of its own; leave \"output\" out".formatted(source.name()));
        return Optional.of(placed(new Cell(source.anchor(), source.file(), source.name(), step, side, false,
                Markdown.inner(cell.link()), line)));
    }

    /// The next cell with output is folded, because of the prediction at this line.
    void foldNext(int line) {
        endPrediction();
        predicted = Optional.of(line);
    }

    /// Says what is missing after the last cell.
    void end(int lastLine) {
        endPrediction();
        List<String> steps = sources.containsKey(own) ? sources.get(own).steps() : List.of();
        steps.stream().filter(s -> !shown.containsKey(own + "#" + s)).forEach(s -> problems.add(lastLine,
                "no cell shows step '%s'; add a line [caption](%s#%s)".formatted(s, own, s)));
    }

    private void endPrediction() {
        predicted.ifPresent(line -> problems.add(line, "no cell with output follows this prediction"));
    }

    private Optional<String> unknownFile(String file) {
        return Optional.of("'%s' is no source of this text%s"
                .formatted(file, Suggest.didYouMean(file, sources.keySet())));
    }

    private static Optional<String> unknownName(String name, Listing listing) {
        Path file = listing.file().getFileName();
        if (listing.ambiguous().contains(name)) return Optional.of(
                "'%s' stands for more than one thing in %s; give each a name of its own".formatted(name, file));
        if (listing.codes().containsKey(name)) return Optional.empty();
        return Optional.of("no method or region '%s' in %s%s"
                .formatted(name, file, Suggest.didYouMean(name, listing.codes().keySet())));
    }

    private Side side(String title, int line) {
        return switch (title) {
            case "" -> Side.BOTH;
            case "code" -> Side.CODE;
            case "output" -> Side.OUTPUT;
            default -> {
                problems.add(line, "a cell shows \"code\" or \"output\" or, without a word, both; not \"%s\"%s"
                        .formatted(title, Suggest.didYouMean(title, List.of("code", "output"))));
                yield Side.BOTH;
            }
        };
    }

    /// The cell with an anchor of its own, folded if a prediction waits for it.
    private Cell placed(Cell cell) {
        boolean first = shown.putIfAbsent(cell.file() + "#" + cell.name(), cell.line()) == null;
        if (cell.showsCode()) once(cell, "code");
        if (cell.showsOutput()) once(cell, "output");
        boolean folded = cell.showsOutput() && predicted.isPresent();
        if (folded) predicted = Optional.empty();
        String id = first ? cell.id() : cell.id() + "-" + cell.side().name().toLowerCase(Locale.ROOT);
        return new Cell(id, cell.file(), cell.name(), cell.step(), cell.side(), folded, cell.captionHtml(),
                cell.line());
    }

    /// No side of a source stands twice on a page.
    private void once(Cell cell, String side) {
        Integer before = shown.putIfAbsent(cell.file() + "#" + cell.name() + " " + side, cell.line());
        if (before != null) problems.add(cell.line(),
                "line %d shows the %s of '%s' already; link to it in a sentence".formatted(before, side, cell.name()));
    }
}
