package engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes the page of an exercise's solution: what it changes, and what its run recorded. A page of its own, so that
/// nobody sees it by accident.
final class SolutionPage {
    private static final String EXERCISE = "Exercise";

    private SolutionPage() {}

    /// @return empty if the lesson has no exercise
    static Optional<Page> of(Page.Frame frame, Course course, Text text, Run run) {
        Lesson lesson = run.lesson();
        if (lesson.exercise().isEmpty() || lesson.solution().isEmpty()) return Optional.empty();
        Listing exercise = listing(text, lesson.exercise().get());
        Listing solution = listing(text, lesson.solution().get());
        Transcript transcript = run.solution().map(Outcome::transcript).orElse(Transcript.EMPTY);
        List<Lesson> row = course.lessons();
        int next = row.indexOf(lesson) + 1;
        return Optional.of(new Page.OfSolution(frame, file(solution.file()), LessonPage.gate(lesson),
                title(text.companion()), new Page.Link(exercisePlace(lesson, text.companion()), EXERCISE),
                text.companion().title(), run.solution().flatMap(Outcome::failure), changed(exercise, solution),
                Changes.of(exercise.file(), solution.file()), steps(text, solution, transcript), source(solution),
                LessonPage.command(lesson.source().getParent(), solution.file()), Ran.of(transcript),
                next < row.size() ? Optional.of(LessonPage.link(row.get(next))) : Optional.empty()));
    }

    /// `solution02.html` of `solution02.java`.
    static String file(Path solution) {
        return solution.getFileName().toString().replaceFirst("\\.java$", ".html");
    }

    /// Puts the way to it after all that helps to find another: the last hint, or the exercise's last cell.
    static void linkTo(Path solution, List<Part> parts) {
        int place = parts.size();
        while (place > 0 && !helps(parts.get(place - 1))) place--;
        parts.add(place == 0 ? parts.size() : place, new Part.Solution(file(solution)));
    }

    private static boolean helps(Part part) {
        return part instanceof Part.Cell cell && cell.yours()
                || part instanceof Part.Aside aside && aside.style().equals("hint");
    }

    private static Listing listing(Text text, Path file) {
        return text.sources().values().stream().filter(l -> l.file().equals(file)).findFirst().orElseThrow();
    }

    /// The heading under which the lesson sets its exercise.
    private static Optional<Block.Heading> heading(Companion text) {
        return text.headings().stream().filter(heading -> heading.id().startsWith("exercise")).findFirst();
    }

    private static String exercisePlace(Lesson lesson, Companion text) {
        return LessonPage.file(lesson) + heading(text).map(heading -> "#" + heading.id()).orElse("");
    }

    /// `Solution: a lease` of `Exercise: a lease`.
    private static String title(Companion text) {
        String title = heading(text).map(heading -> Words.of(new Html(heading.html()))).orElse("");
        return title.startsWith(EXERCISE) ? "Solution" + title.substring(EXERCISE.length())
                : "Solution: " + text.title();
    }

    private static List<Part> changed(Listing exercise, Listing solution) {
        List<Part> changed = new ArrayList<>();
        for (Listing.Code code : solution.codes().values()) {
            Listing.Code before = exercise.codes().get(code.name());
            boolean same = before != null && before.text().equals(code.text());
            if (same || code.kind() == Listing.Kind.REGION || solution.steps().contains(code.name())) continue;
            changed.add(cell(solution, code, name(code), Optional.empty()));
        }
        return changed;
    }

    /// The steps in the order in which they ran, under the names that the lesson gives them.
    private static List<Part> steps(Text text, Listing solution, Transcript transcript) {
        Map<String, Html> captions = text.companion().blocks().stream().filter(Block.Cell.class::isInstance)
                .map(Block.Cell.class::cast).filter(cell -> !text.sources().get(cell.file()).equals(own(text)))
                .collect(Collectors.toMap(Block.Cell::name, cell -> new Html(cell.captionHtml()), (a, _) -> a));
        Map<String, Transcript.Step> ran = transcript.steps().stream()
                .collect(Collectors.toMap(Transcript.Step::name, step -> step, (a, _) -> a));
        Set<String> queriesShown = new HashSet<>();
        List<Part> steps = new ArrayList<>();
        for (String name : solution.steps()) {
            Listing.Code code = solution.codes().get(name);
            StepView said = ran.containsKey(name)
                    ? StepView.of(ran.get(name), anchor(name), queriesShown) : StepView.MISSING;
            steps.add(cell(solution, code, captions.getOrDefault(name, name(code)), Optional.of(said)));
        }
        return steps;
    }

    private static Listing own(Text text) {
        return text.sources().values().iterator().next();
    }

    private static Part.Cell cell(Listing listing, Listing.Code code, Html caption, Optional<StepView> said) {
        return new Part.Cell(anchor(code.name()), caption, Optional.of(PageParts.code(listing, code)), said,
                false, false);
    }

    private static Html name(Listing.Code code) {
        return new Html("<code>" + code.name() + "</code>");
    }

    private static String anchor(String name) {
        return "cell-" + name;
    }

    private static Part.Code source(Listing solution) {
        return new Part.Code(Highlighter.highlight("java", SourceFile.text(solution.file()).stripTrailing()),
                solution.file().getFileName().toString(), false);
    }
}
