package engine;

import java.util.List;

/// Joins the knobs of a script, in the order of its source, with what the text says to expect of them.
final class KnobTable {
    private KnobTable() {}

    static List<Part.Knob> of(List<Listing.Knob> knobs, List<Block> blocks) {
        List<Block.Turn> turns = blocks.stream()
                .flatMap(block -> block instanceof Block.Turns(List<Block.Turn> rows) ? rows.stream() : null).toList();
        return knobs.stream().map(knob -> new Part.Knob(knob.name(), knob.preset(), knob.doc(),
                turns.stream().filter(turn -> turn.knob().equals(knob.name()))
                        .map(turn -> new Part.Turn(turn.options(), new Html(turn.expectHtml()))).toList())).toList();
    }
}
