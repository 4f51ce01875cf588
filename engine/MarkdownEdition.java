package engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/// A lesson or a guide in Markdown, for programs and for people who read in a terminal: the author's text, and where a
/// cell stands, its code and what it printed, measured, checked and asked for.
record MarkdownEdition(Page.OfLesson page, Text text) {

    /// The file of a text, `lesson02.md`.
    static String file(String id) {
        return id + ".md";
    }

    String file() {
        return file(page.file().replace(".html", ""));
    }

    String markdown() {
        List<String> pieces = new ArrayList<>(List.of("# " + MarkdownText.line(page.title()), head()));
        page.failure().ifPresent(why -> pieces.add("Failed in the last build:\n\n" + MarkdownText.fence("text", why)));
        Iterator<String> words = text.companion().manuscript().pieces().iterator();
        pieces.add(words.next());
        Iterator<Part.Cell> cells = parts(Part.Cell.class).iterator();
        for (Block block : text.companion().blocks()) {
            switch (block) {
                case Block.Cell cell -> {
                    pieces.add(cell(cell, cells.next()));
                    pieces.add(words.next());
                }
                case Block.Drawing drawing -> {
                    pieces.add(drawing(drawing));
                    pieces.add(words.next());
                }
                default -> {} // stands in the words
            }
        }
        parts(Part.Knobs.class).forEach(knobs -> pieces.add(knobs(knobs)));
        if (!page.ran().isEmpty()) pieces.add("## Where this was run\n\n" + facts(page.ran()));
        return pieces.stream().map(String::strip).filter(piece -> !piece.isEmpty())
                .collect(Collectors.joining("\n\n", "", "\n"));
    }

    private <T extends Part> List<T> parts(Class<T> kind) {
        return page.parts().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private String head() {
        List<String> facts = new ArrayList<>(List.of(MarkdownText.line(page.module())));
        page.minutes().ifPresent(minutes -> facts.add(minutes + " min"));
        page.command().ifPresent(command -> facts.add("run it: `" + command + "`"));
        return String.join(" · ", facts);
    }

    private String cell(Block.Cell cell, Part.Cell shown) {
        String where = shown.code().map(code -> " (" + MarkdownText.line(code.where()) + ")").orElse("");
        var markdown = new StringBuilder("**" + MarkdownText.words(shown.caption()) + "**" + where + "\n\n");
        if (shown.code().isPresent()) {
            Listing.Code code = text.sources().get(cell.file()).codes().get(cell.name());
            markdown.append(MarkdownText.fence("java", code.text())).append('\n');
        }
        return markdown.append(shown.said().map(StepInMarkdown::of).orElse("")).toString();
    }

    private static String drawing(Block.Drawing drawing) {
        return "**%s**: tables and what they refer to. %s".formatted(
                MarkdownText.words(new Html(drawing.captionHtml())),
                MarkdownText.line(drawing.diagram().description()));
    }

    private static String knobs(Part.Knobs knobs) {
        return "## Knobs\n\n" + MarkdownText.table("", List.of("Knob", "Preset", "What it is"),
                List.of(false, false, false), knobs.knobs().stream()
                        .map(knob -> List.of("--" + knob.name(), knob.preset(), knob.doc())).toList());
    }

    private static String facts(List<Page.Figure> facts) {
        return facts.stream().map(fact -> "- %s: %s\n".formatted(MarkdownText.line(fact.label()),
                MarkdownText.line(fact.value()))).collect(Collectors.joining());
    }
}
