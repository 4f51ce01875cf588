package engine;

import com.vladsch.flexmark.ast.Heading;
import com.vladsch.flexmark.ast.ListBlock;
import com.vladsch.flexmark.util.ast.Document;
import com.vladsch.flexmark.util.ast.Node;
import data.Fault;
import engine.Course.Guides;
import engine.Course.Module;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads a course's list: a title and an introduction, then a module under each `##`, with a list of its lessons. Where
/// the items lead out of the folder, they are guides. Under `## Paths` stand ways through the course, see [PathReader].
final class CourseReader {
    static final String PATHS = "Paths";
    private static final Map<String, String> PAGES = Map.of("index", "the front page", "schedule", "the schedule");

    /// What stands under a heading, and at first what stands under none.
    private record Section(String id, String title, List<Node> text, List<CourseEntry> entries) {
        Section(String id, String title) {
            this(id, title, new ArrayList<>(), new ArrayList<>());
        }

        boolean paths() {
            return title.equals(PATHS);
        }

        boolean guides() {
            return entries.stream().anyMatch(CourseEntry::guide);
        }

        String html() {
            return text.stream().map(Markdown::html).collect(Collectors.joining());
        }
    }

    private final Path folder;
    private final LessonFiles files;
    private final Problems problems;

    CourseReader(Path folder) {
        this.folder = folder;
        this.files = new LessonFiles(folder);
        this.problems = new Problems(folder.resolve(Course.LIST));
    }

    Course read() {
        Path list = folder.resolve(Course.LIST);
        if (!Files.isRegularFile(list)) throw new Fault(Fault.USAGE,
                list + ": no such file; it holds the course's title and the list of its lessons");
        Document document = Markdown.parse(SourceFile.text(list));
        String title = document.getFirstChild() instanceof Heading h && h.getLevel() == 1 ? Markdown.text(h) : "";
        if (title.isEmpty()) problems.add(1, "no title; begin with # Title");
        List<Section> sections = sections(document);
        List<CourseEntry> entries = sections.stream().flatMap(s -> s.entries.stream()).toList();
        sections.getFirst().entries.forEach(e -> problems.add(e.line(), (e.guide()
                ? "guide '%s' stands in no section; put ## Guides above its list"
                : "lesson '%s' stands in no module; put ## Module above its list").formatted(e.id())));
        sections.stream().filter(Section::guides).flatMap(s -> s.entries.stream()).filter(e -> !e.guide())
                .forEach(e -> problems.add(e.line(),
                        "lesson '%s' stands among guides; give those a heading of their own".formatted(e.id())));
        check(entries);
        var paths = new PathReader(sections.stream().filter(Section::paths).flatMap(s -> s.text.stream()).toList(),
                entries.stream().filter(e -> !e.guide()).map(CourseEntry::id).toList(), problems);
        problems.throwIfAny();
        Links links = Links.within(folder, entries.stream().map(this::text).toList());
        var resolver = new LinkResolver(links, folder.resolve(Course.LIST), Markdown.anchors(document), problems);
        resolver.resolve(document);
        problems.throwIfAny();
        List<Module> modules = sections.stream().skip(1).filter(s -> !s.guides() && !s.paths()).map(this::module)
                .toList();
        List<Guides> guides = sections.stream().filter(Section::guides).map(this::guides).toList();
        Map<String, Lesson> lessons = modules.stream().flatMap(m -> m.lessons().stream())
                .collect(Collectors.toMap(Lesson::id, Function.identity()));
        return new Course(title, sections.getFirst().html(), folder, modules, paths.paths(lessons), guides,
                resolver.files());
    }

    private List<Section> sections(Document document) {
        var sections = new ArrayList<>(List.of(new Section("", "")));
        for (Node node : document.getChildren()) {
            switch (node) {
                case Heading heading when heading.getLevel() == 1 -> {}
                case Heading heading when heading.getLevel() == 2 ->
                        sections.add(new Section(heading.getAnchorRefId(), Markdown.text(heading)));
                case ListBlock list when !sections.getLast().paths()
                        && Markdown.children(list).anyMatch(item -> CourseEntry.of(item).isPresent()) ->
                        sections.getLast().entries.addAll(entries(list));
                default -> sections.getLast().text.add(node);
            }
        }
        return sections;
    }

    private List<CourseEntry> entries(ListBlock list) {
        var entries = new ArrayList<CourseEntry>();
        for (Node item : list.getChildren()) CourseEntry.of(item).ifPresentOrElse(entries::add,
                () -> problems.add(Markdown.line(item), "no lesson; begin the item with [Title](lesson02.md)"));
        return entries;
    }

    private void check(List<CourseEntry> entries) {
        Map<String, Integer> listed = new HashMap<>();
        for (CourseEntry e : entries) {
            Integer before = listed.putIfAbsent(e.id(), e.line());
            String kind = e.guide() ? "guide" : "lesson";
            if (before != null)
                problems.add(e.line(), "%s '%s' is listed in line %d already".formatted(kind, e.id(), before));
            else if (PAGES.containsKey(e.id()))
                problems.add(e.line(), "'%s' is %s's name; give the %s another"
                        .formatted(e.id(), PAGES.get(e.id()), kind));
            else if (!e.guide()) files.missing(e.id()).forEach(what -> problems.add(e.line(), what));
            else if (!Files.isRegularFile(text(e)))
                problems.add(e.line(), "guide '%s' has no file '%s'".formatted(e.id(), e.url()));
        }
        if (entries.stream().allMatch(CourseEntry::guide))
            problems.add(1, "no lessons; list them under a heading ## Module as - [Title](lesson01.md)");
        files.strays(listed.keySet()).forEach(what -> problems.add(1, what));
    }

    private Path text(CourseEntry entry) {
        return folder.resolve(entry.url()).normalize();
    }

    private Module module(Section section) {
        List<Lesson> lessons = section.entries.stream()
                .map(e -> files.lesson(e.id(), e.title(), e.about(), section.title)).toList();
        return new Module(section.id, section.title, section.html(), lessons);
    }

    private Guides guides(Section section) {
        List<Chapter> pages = section.entries.stream()
                .map(e -> LessonFiles.guide(text(e), e.id(), e.title(), e.about(), section.title)).toList();
        return new Guides(section.id, section.title, section.html(), pages);
    }
}
