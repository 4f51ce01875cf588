package engine;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.DeltaType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Which lines of one source another changes, each with the lines around it.
///
/// @param from  `exercise02.java`
/// @param added how many lines `to` has that `from` has not
public record Changes(String from, String to, int added, int removed, List<Hunk> hunks) {
    private static final int CONTEXT = 3;

    /// @param line where it begins in `to`, counted from 1
    public record Hunk(int line, List<Line> lines) {}

    /// @param kind `same`, `ins` or `del`
    public record Line(String kind, Html code) {}

    static Changes of(Path from, Path to) {
        String before = SourceFile.text(from);
        String after = SourceFile.text(to);
        var maker = new Maker(lines(before), lines(after));
        List<AbstractDelta<String>> deltas =
                DiffUtils.diff(before.lines().toList(), after.lines().toList(), true).getDeltas();
        deltas.forEach(delta -> maker.add(delta, delta == deltas.getLast()));
        return new Changes(from.getFileName().toString(), to.getFileName().toString(), maker.added, maker.removed,
                maker.hunks);
    }

    /// Each line by itself: no mark reaches from one into the next.
    private static List<String> lines(String java) {
        return Highlighter.highlight("java", java).markup().lines().toList();
    }

    private static final class Maker {
        final List<Hunk> hunks = new ArrayList<>();
        int added;
        int removed;
        private final List<String> before;
        private final List<String> after;
        private boolean open; // whether a hunk goes on

        Maker(List<String> before, List<String> after) {
            this.before = before;
            this.after = after;
        }

        void add(AbstractDelta<String> delta, boolean last) {
            int from = delta.getSource().getPosition();
            int to = delta.getTarget().getPosition();
            int length = delta.getTarget().size();
            if (delta.getType() == DeltaType.EQUAL) {
                same(to, length, last);
                return;
            }
            if (!open) begin(to);
            removed += put("del", before.subList(from, from + delta.getSource().size()));
            added += put("ins", after.subList(to, to + length));
        }

        /// Lines that both have: a few after the change before, a few before the change that follows.
        private void same(int start, int length, boolean last) {
            int end = start + length;
            boolean goesOn = open && !last && length <= 2 * CONTEXT;
            if (open) put("same", after.subList(start, goesOn ? end : Math.min(end, start + CONTEXT)));
            if (goesOn) return;
            open = false;
            if (last) return;
            int resume = Math.max(start, end - CONTEXT);
            begin(resume);
            put("same", after.subList(resume, end));
        }

        private void begin(int line) {
            hunks.add(new Hunk(line + 1, new ArrayList<>()));
            open = true;
        }

        private int put(String kind, List<String> lines) {
            lines.forEach(line -> hunks.getLast().lines().add(new Line(kind, new Html(line))));
            return lines.size();
        }
    }
}
