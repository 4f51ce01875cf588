package engine;

import com.vladsch.flexmark.ast.Heading;
import com.vladsch.flexmark.ast.HtmlCommentBlock;
import com.vladsch.flexmark.ast.ListBlock;
import com.vladsch.flexmark.util.ast.Node;
import data.Suggest;
import engine.LearningPath.Day;
import engine.LearningPath.Stop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads what stands under `## Paths` in a course's list: under each `###` a path with a list of its lessons, or with
/// a `####` and a list for each of its days.
final class PathReader {
    /// What stands under a heading.
    private record Part(Heading heading, List<Node> text, List<CourseEntry> entries, List<Part> days) {
        Part(Heading heading) {
            this(heading, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        String title() {
            return Markdown.text(heading);
        }

        int line() {
            return Markdown.line(heading);
        }

        String html() {
            return text.stream().map(Markdown::html).collect(Collectors.joining());
        }
    }

    private final Problems problems;
    private final List<Part> paths = new ArrayList<>();

    /// Reads what stands there; links may still be as they were written.
    ///
    /// @param lessons the ids of those in the course
    PathReader(List<Node> nodes, Collection<String> lessons, Problems problems) {
        this.problems = problems;
        nodes.forEach(this::add);
        paths.forEach(path -> check(path, lessons));
    }

    /// The paths, once links were resolved.
    List<LearningPath> paths(Map<String, Lesson> lessons) {
        return paths.stream().map(path -> {
            List<Part> days = path.days.isEmpty() ? List.of(path) : path.days;
            return new LearningPath(path.heading.getAnchorRefId(), path.title(), path.html(),
                    days.stream().map(day -> day(day, day == path, lessons)).toList(), path.line());
        }).toList();
    }

    private static Day day(Part day, boolean only, Map<String, Lesson> lessons) {
        List<Stop> stops = day.entries.stream().map(e -> new Stop(lessons.get(e.id()), e.about())).toList();
        return only ? new Day("", "", "", stops, day.line())
                : new Day(day.heading.getAnchorRefId(), day.title(), day.html(), stops, day.line());
    }

    private void add(Node node) {
        switch (node) {
            case Heading heading when heading.getLevel() == 3 -> paths.add(new Part(heading));
            case Heading heading when heading.getLevel() == 4 && !paths.isEmpty() ->
                    paths.getLast().days.add(new Part(heading));
            case ListBlock list when Markdown.children(list).anyMatch(i -> CourseEntry.of(i).isPresent()) -> add(list);
            case HtmlCommentBlock _ -> {}
            default -> {
                if (paths.isEmpty())
                    problems.add(Markdown.line(node), "this text stands in no path; put ### 120 minutes above it");
                else last().text.add(node);
            }
        }
    }

    private Part last() {
        Part path = paths.getLast();
        return path.days.isEmpty() ? path : path.days.getLast();
    }

    private void add(ListBlock list) {
        for (Node item : list.getChildren()) {
            CourseEntry entry = CourseEntry.of(item).orElse(null);
            int line = Markdown.line(item);
            if (entry == null) problems.add(line, "no lesson; begin the item with [Title](lesson02.md)");
            else if (paths.isEmpty())
                problems.add(line, "lesson '%s' stands in no path; put ### 120 minutes above its list"
                        .formatted(entry.id()));
            else last().entries.add(entry);
        }
    }

    private void check(Part path, Collection<String> lessons) {
        Map<String, Integer> before = new HashMap<>();
        for (CourseEntry e : path.entries) stop(e, before, lessons);
        for (Part day : path.days) for (CourseEntry e : day.entries) stop(e, before, lessons);
        for (Part part : path.days.isEmpty() ? List.of(path) : path.days) if (part.entries.isEmpty())
            problems.add(part.line(), "'%s' has no lessons; list them as - [Title](lesson01.md)"
                    .formatted(part.title()));
        if (!path.days.isEmpty()) for (CourseEntry e : path.entries)
            problems.add(e.line(), "lesson '%s' stands above the first day; move it below".formatted(e.id()));
        int days = Math.max(1, path.days.size());
        LearningPath.days(path.title()).ifPresent(said -> {
            if (said != days) problems.add(path.line(), "path '%s' has %s; put #### Day 1 and so on above their lessons"
                    .formatted(path.title(), Units.count(days, "day")));
        });
    }

    private void stop(CourseEntry e, Map<String, Integer> before, Collection<String> lessons) {
        Integer line = before.putIfAbsent(e.id(), e.line());
        if (e.guide()) problems.add(e.line(), "'%s' is a guide; a path leads through lessons".formatted(e.id()));
        else if (!lessons.contains(e.id())) problems.add(e.line(), "lesson '%s' is in no module of the course%s"
                .formatted(e.id(), Suggest.didYouMean(e.id(), lessons)));
        else if (line != null)
            problems.add(e.line(), "lesson '%s' is in this path already, in line %d".formatted(e.id(), line));
    }
}
