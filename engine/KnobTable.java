package engine;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Joins the knobs of a script, in the order of its source, with what the text says to expect of them.
final class KnobTable {
    private static final Pattern TO_TURN = Pattern.compile("<(h\\d) id=\"something-to-turn\">.*?</\\1>");

    private KnobTable() {}

    static List<Part.Knob> of(List<Listing.Knob> knobs, List<Block> blocks) {
        List<Block.Turn> turns = blocks.stream()
                .flatMap(block -> block instanceof Block.Turns(List<Block.Turn> rows) ? rows.stream() : null).toList();
        return knobs.stream().map(knob -> new Part.Knob(knob.name(), knob.preset(), knob.doc(),
                turns.stream().filter(turn -> turn.knob().equals(knob.name()))
                        .map(turn -> new Part.Turn(turn.options(), new Html(turn.expectHtml()))).toList())).toList();
    }

    /// Puts the knobs where the text says what to expect of them.
    static void place(List<Part.Knob> knobs, List<Part> parts) {
        if (!stands(parts)) parts.add(new Part.Knobs(knobs));
    }

    /// Puts knobs of which the text has no table below the heading of the section that is about them, else into a
    /// section of their own.
    static void placeByHeading(List<Part.Knob> knobs, List<Part> parts, List<Page.Heading> outline) {
        if (knobs.isEmpty() || stands(parts)) return;
        for (int i = 0; i < parts.size(); i++) {
            if (!(parts.get(i) instanceof Part.Prose(Html(String html)))) continue;
            Matcher heading = TO_TURN.matcher(html);
            if (!heading.find()) continue;
            parts.set(i, new Part.Prose(new Html(html.substring(0, heading.end()))));
            Part rest = new Part.Prose(new Html(html.substring(heading.end())));
            parts.addAll(i + 1, List.of(new Part.Knobs(knobs), rest));
            return;
        }
        Html heading = PageParts.linked("<h2 id=\"knobs\">Turn a knob</h2>");
        parts.addAll(List.of(new Part.Prose(heading), new Part.Knobs(knobs)));
        outline.add(new Page.Heading("section", "knobs", Html.text("Turn a knob")));
    }

    private static boolean stands(List<Part> parts) {
        return parts.stream().anyMatch(Part.Knobs.class::isInstance);
    }
}
