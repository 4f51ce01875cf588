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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The parts of a lesson's or a guide's page and its outline: each block of the text with the code and the output that
/// it shows.
///
/// @param outline headings and steps, in the order of the text
record PageParts(List<Part> parts, List<Page.Heading> outline) {
    private static final int BRIEF = 25; // lines: less than a small screen is high
    /// A heading without a link of its own, which cannot hold another.
    private static final Pattern HEADING = Pattern.compile("<(h\\d) id=\"([^\"]+)\">((?:(?!<a ).)*?)</\\1>");

    /// @param run of the scripts that the text shows; empty where it has none
    static PageParts of(Text text, Optional<Run> run) {
        var maker = new Maker();
        run.ifPresent(r -> maker.read(text.sources(), r));
        List<Block> blocks = text.companion().blocks();
        List<Part.Knob> knobs = run.map(r -> text.sources().get(r.lesson().source().getFileName().toString()))
                .map(own -> KnobTable.of(own.knobs(), blocks)).orElse(List.of());
        for (Block block : blocks) {
            if (block instanceof Block.Turns) KnobTable.place(knobs, maker.parts);
            else maker.parts.add(maker.part(block));
        }
        KnobTable.placeByHeading(knobs, maker.parts, maker.outline);
        run.flatMap(r -> r.lesson().solution()).ifPresent(solution -> SolutionPage.linkTo(solution, maker.parts));
        return new PageParts(maker.parts, maker.outline);
    }

    /// The same with one more at the end.
    PageParts and(Part part, Page.Heading heading) {
        return new PageParts(Stream.concat(parts.stream(), Stream.of(part)).toList(),
                Stream.concat(outline.stream(), Stream.of(heading)).toList());
    }

    /// Every heading links to itself: whoever wants to point at it finds its address there.
    static Html linked(String html) {
        return new Html(HEADING.matcher(html).replaceAll("<$1 id=\"$2\"><a href=\"#$2\">$3</a></$1>"));
    }

    /// The code of a cell.
    static Part.Code code(Listing listing, Listing.Code code) {
        String where = listing.file().getFileName() + ":" + code.firstLine();
        boolean brief = code.lastLine() - code.firstLine() < BRIEF;
        return new Part.Code(Highlighter.highlight("java", code.text()), where, brief);
    }

    /// A script that cells show: its code, and what it did.
    ///
    /// @param yours it is the exercise
    private record Script(Listing listing, Transcript transcript, boolean yours) {
        Optional<Transcript.Step> step(String name) {
            return transcript.steps().stream().filter(step -> step.name().equals(name)).findFirst();
        }
    }

    private static final class Maker {
        private final Map<String, Script> scripts = new HashMap<>();
        private final List<Part> parts = new ArrayList<>();
        private final List<Page.Heading> outline = new ArrayList<>();
        private final Set<String> queriesShown = new HashSet<>();
        private int predictions;
        private int hints;
        private int drawings;

        void read(Map<String, Listing> sources, Run run) {
            sources.forEach((name, listing) -> scripts.put(name, new Script(listing,
                    transcript(run, listing.file()), isExercise(run, listing.file()))));
        }

        private static boolean isExercise(Run run, Path source) {
            return run.lesson().exercise().filter(source::equals).isPresent();
        }

        private static Transcript transcript(Run run, Path source) {
            if (source.equals(run.lesson().source())) return run.transcript();
            return (isExercise(run, source) ? run.exercise() : run.solution())
                    .map(Outcome::transcript).orElse(Transcript.EMPTY);
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
                case Block.Turns _ -> throw new IllegalArgumentException("it is one table with the knobs");
            };
        }

        private Part prose(Block.Prose prose) {
            for (Block.Heading heading : prose.headings()) {
                String kind = heading.level() == 2 ? "section" : "subsection";
                outline.add(new Page.Heading(kind, heading.id(), new Html(heading.html())));
            }
            return new Part.Prose(linked(prose.html()));
        }

        private Part cell(Block.Cell cell) {
            Html caption = new Html(cell.captionHtml());
            if (cell.showsOutput()) outline.add(new Page.Heading("step", cell.id(), caption));
            Script script = scripts.get(cell.file());
            return new Part.Cell(cell.id(), caption,
                    cell.showsCode() ? Optional.of(code(script.listing, script.listing.codes().get(cell.name())))
                            : Optional.empty(),
                    cell.showsOutput() ? said(script, cell) : Optional.empty(), cell.folded(), script.yours);
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
