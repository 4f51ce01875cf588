package engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The parts of a lesson's or a guide's page and its outline: each block of the text with the code and the output that
/// it shows.
///
/// @param outline headings and steps, in the order of the text
record PageParts(List<Part> parts, List<Page.Heading> outline) {

    /// @param run of the scripts that the text shows; empty where it has none
    static PageParts of(Text text, Optional<Run> run) {
        var maker = new Maker();
        run.ifPresent(r -> maker.read(text.sources(), r));
        text.companion().blocks().forEach(block -> maker.parts.add(maker.part(block)));
        run.map(r -> text.sources().get(r.lesson().source().getFileName().toString()).knobs())
                .filter(knobs -> !knobs.isEmpty()).ifPresent(knobs -> maker.place(new Part.Knobs(knobs)));
        return new PageParts(maker.parts, maker.outline);
    }

    /// The same with one more at the end.
    PageParts and(Part part, Page.Heading heading) {
        return new PageParts(Stream.concat(parts.stream(), Stream.of(part)).toList(),
                Stream.concat(outline.stream(), Stream.of(heading)).toList());
    }

    /// A script that cells show: its code, and what it did.
    private record Script(Listing listing, Transcript transcript) {
        Optional<Transcript.Step> step(String name) {
            return transcript.steps().stream().filter(step -> step.name().equals(name)).findFirst();
        }
    }

    private static final class Maker {
        private static final Pattern TO_TURN = Pattern.compile("<(h\\d) id=\"something-to-turn\">.*?</\\1>");

        private final Map<String, Script> scripts = new HashMap<>();
        private final List<Part> parts = new ArrayList<>();
        private final List<Page.Heading> outline = new ArrayList<>();
        private final Set<String> queriesShown = new HashSet<>();
        private int predictions;
        private int hints;
        private int drawings;

        void read(Map<String, Listing> sources, Run run) {
            sources.forEach((name, listing) -> scripts.put(name, new Script(listing, transcript(run, listing.file()))));
        }

        private static Transcript transcript(Run run, Path source) {
            if (source.equals(run.lesson().source())) return run.transcript();
            boolean exercise = run.lesson().exercise().filter(source::equals).isPresent();
            return (exercise ? run.exercise() : run.solution()).map(Outcome::transcript).orElse(Transcript.EMPTY);
        }

        Part part(Block block) {
            return switch (block) {
                case Block.Prose prose -> prose(prose);
                case Block.Fence(String language, String code) ->
                        new Part.Fence(Highlighter.highlight(language, code.stripTrailing()));
                case Block.Cell cell -> cell(cell);
                case Block.Drawing(String caption, String file, Diagram diagram) -> new Part.Drawing(
                        "diagram-" + ++drawings, new Html(caption), file.replaceFirst("^(\\.\\./)+", ""), diagram);
                case Block.Prediction prediction -> prediction(prediction);
                case Block.Aside aside -> aside(aside);
            };
        }

        private Part prose(Block.Prose prose) {
            for (Block.Heading heading : prose.headings()) {
                String kind = heading.level() == 2 ? "section" : "subsection";
                outline.add(new Page.Heading(kind, heading.id(), new Html(heading.html())));
            }
            return new Part.Prose(new Html(prose.html()));
        }

        /// Puts the knobs below the heading of the section that is about them, else into a section of their own.
        void place(Part.Knobs knobs) {
            for (int i = 0; i < parts.size(); i++) {
                if (!(parts.get(i) instanceof Part.Prose(Html(String html)))) continue;
                Matcher heading = TO_TURN.matcher(html);
                if (!heading.find()) continue;
                parts.set(i, new Part.Prose(new Html(html.substring(0, heading.end()))));
                parts.addAll(i + 1, List.of(knobs, new Part.Prose(new Html(html.substring(heading.end())))));
                return;
            }
            parts.addAll(List.of(new Part.Prose(new Html("<h2 id=\"knobs\">Turn a knob</h2>")), knobs));
            outline.add(new Page.Heading("section", "knobs", Html.text("Turn a knob")));
        }

        private Part cell(Block.Cell cell) {
            Html caption = new Html(cell.captionHtml());
            if (cell.showsOutput()) outline.add(new Page.Heading("step", cell.id(), caption));
            Script script = scripts.get(cell.file());
            return new Part.Cell(cell.id(), caption,
                    cell.showsCode() ? code(script.listing(), cell.name()) : Optional.empty(),
                    cell.showsOutput() ? said(script, cell) : Optional.empty(), cell.folded());
        }

        private static Optional<Part.Code> code(Listing listing, String name) {
            Listing.Code code = listing.codes().get(name);
            String where = listing.file().getFileName() + ":" + code.firstLine();
            return Optional.of(new Part.Code(Highlighter.highlight("java", code.text()), where));
        }

        private Optional<StepView> said(Script script, Block.Cell cell) {
            Optional<Transcript.Step> step = script.step(cell.name());
            return Optional.of(step.map(s -> StepView.of(s, cell.id(), queriesShown)).orElse(StepView.MISSING));
        }

        private Part prediction(Block.Prediction prediction) {
            List<Part.Answer> answers = prediction.answers().stream()
                    .map(answer -> new Part.Answer(new Html(answer.html()), answer.right())).toList();
            return new Part.Prediction("predict-" + ++predictions, new Html(prediction.questionHtml()), answers,
                    new Html(prediction.whyHtml()));
        }

        private Part aside(Block.Aside aside) {
            String label = switch (aside.kind()) {
                case HINT -> "Hint " + ++hints; // each helps a little further than the one before
                case SURPRISE -> "Surprise";
                case PITFALL -> "Pitfall";
                case NOTE -> "Note for the speaker";
            };
            boolean folded = aside.kind() == Block.Aside.Kind.HINT || aside.kind() == Block.Aside.Kind.NOTE;
            return new Part.Aside(aside.kind().name().toLowerCase(Locale.ROOT), label, folded, new Html(aside.html()));
        }
    }
}
