package engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Makes a lesson's page of its text, its code and what its run recorded.
public final class LessonPage {
    /// A script that cells show: its code, and what it did.
    private record Script(Listing listing, Transcript transcript) {
        Optional<Transcript.Step> step(String name) {
            return transcript.steps().stream().filter(step -> step.name().equals(name)).findFirst();
        }
    }

    private final Map<String, Script> scripts = new HashMap<>();
    private final List<Page.Heading> outline = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private int predictions;

    private LessonPage(Map<String, Listing> sources, Run run) {
        sources.forEach((name, listing) -> scripts.put(name, new Script(listing, transcript(run, listing.file()))));
    }

    /// @param sources what its cells show, by the names they link to: see [Listing#of]
    public static Page.OfLesson of(Course course, Companion text, Map<String, Listing> sources, Run run) {
        var page = new LessonPage(sources, run);
        text.blocks().forEach(page::add);
        Lesson lesson = run.lesson();
        String command = command(lesson);
        List<Page.Knob> knobs = sources.get(lesson.source().getFileName().toString()).knobs().stream()
                .map(k -> new Page.Knob(k.name(), k.preset(), "%s --%s=%s".formatted(command, k.name(), k.preset()))).toList();
        if (!knobs.isEmpty()) page.outline.add(new Page.Heading("section", "knobs", Html.text("Turn a knob")));
        List<Lesson> all = course.lessons();
        int place = all.stream().map(Lesson::id).toList().indexOf(lesson.id());
        return new Page.OfLesson(file(lesson), gate(lesson), text.title(), lesson.module(), text.minutes(), course.title(),
                run.failure(), page.parts, page.outline, knobs, command, Ran.of(run.transcript()), link(all, place - 1), link(all, place + 1));
    }

    /// How a reader runs the lesson from the project's folder.
    static String command(Lesson lesson) {
        return "./jbang %s/%s".formatted(lesson.source().toAbsolutePath().getParent().getFileName(), lesson.source().getFileName());
    }

    static String file(Lesson lesson) {
        return lesson.id() + ".html";
    }

    /// The lesson's number as its gate: `02` of `lesson02`.
    static String gate(Lesson lesson) {
        return lesson.id().replaceAll("\\D", "");
    }

    private static Optional<Page.Link> link(List<Lesson> all, int place) {
        return place < 0 || place >= all.size() ? Optional.empty()
                : Optional.of(new Page.Link(file(all.get(place)), all.get(place).title()));
    }

    private static Transcript transcript(Run run, Path source) {
        Path name = source.getFileName();
        if (name.equals(run.lesson().source().getFileName())) return run.transcript();
        boolean exercise = run.lesson().exercise().map(Path::getFileName).filter(name::equals).isPresent();
        return (exercise ? run.exercise() : run.solution()).map(Outcome::transcript).orElse(Transcript.EMPTY);
    }

    private void add(Block block) {
        parts.add(switch (block) {
            case Block.Prose prose -> prose(prose);
            case Block.Fence fence -> new Part.Fence(Highlighter.highlight(fence.language(), fence.code().stripTrailing()));
            case Block.Cell cell -> cell(cell);
            case Block.Prediction p -> new Part.Prediction("predict-" + ++predictions, new Html(p.questionHtml()),
                    p.answers().stream().map(a -> new Part.Answer(new Html(a.html()), a.right())).toList(), new Html(p.whyHtml()));
            case Block.Aside aside -> aside(aside);
        });
    }

    private Part prose(Block.Prose prose) {
        for (Block.Heading heading : prose.headings()) {
            if (heading.level() <= 3) {
                outline.add(new Page.Heading(heading.level() == 2 ? "section" : "subsection", heading.id(), new Html(heading.html())));
            }
        }
        return new Part.Prose(new Html(prose.html()));
    }

    private Part cell(Block.Cell cell) {
        Script script = scripts.get(cell.file());
        Listing.Code code = script.listing().codes().get(cell.name());
        if (cell.showsOutput()) outline.add(new Page.Heading("step", cell.id(), new Html(cell.captionHtml())));
        return new Part.Cell(cell.id(), new Html(cell.captionHtml()),
                cell.showsCode() ? Optional.of(new Part.Code(Highlighter.highlight("java", code.text()), script.listing().file().getFileName() + ":" + code.firstLine()))
                        : Optional.empty(),
                cell.showsOutput() ? script.step(cell.name()).map(step -> StepView.of(step, cell.id())) : Optional.empty(),
                cell.folded());
    }

    private static Part aside(Block.Aside aside) {
        boolean folded = aside.kind() == Block.Aside.Kind.HINT || aside.kind() == Block.Aside.Kind.NOTE;
        String name = aside.kind().name().toLowerCase(Locale.ROOT);
        return new Part.Aside(name, aside.kind() == Block.Aside.Kind.NOTE ? "Speaker’s note" : aside.kind().name().charAt(0) + name.substring(1),
                folded, new Html(aside.html()));
    }
}
