package engine;

import com.vladsch.flexmark.ast.Heading;
import com.vladsch.flexmark.ast.Link;
import com.vladsch.flexmark.ast.ListBlock;
import com.vladsch.flexmark.util.ast.Document;
import com.vladsch.flexmark.util.ast.Node;
import data.Fault;
import engine.Course.Module;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads a course's list: a title and an introduction, then a module under each `##`, with a list of its lessons.
final class CourseReader {
    private static final Pattern TEXT = Pattern.compile("(\\w+)\\.md");

    /// An item of a list of lessons.
    private record Entry(String id, Node item, Link link) {
        int line() {
            return Markdown.line(link);
        }
    }

    /// What stands under a heading, and at first what stands under none.
    private record Section(String title, List<Node> text, List<Entry> entries) {
        Section(String title) {
            this(title, new ArrayList<>(), new ArrayList<>());
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
        check(sections);
        problems.throwIfAny();
        var resolver = new LinkResolver(Links.within(folder, entries(sections).stream().map(Entry::id).toList()), Course.LIST,
                Markdown.anchors(document), problems);
        resolver.resolve(document);
        problems.throwIfAny();
        return new Course(title, sections.getFirst().html(), folder,
                sections.stream().skip(1).map(this::module).toList(), resolver.files());
    }

    private List<Section> sections(Document document) {
        var sections = new ArrayList<>(List.of(new Section("")));
        for (Node node : document.getChildren()) {
            switch (node) {
                case Heading heading when heading.getLevel() == 1 -> {}
                case Heading heading when heading.getLevel() == 2 -> sections.add(new Section(Markdown.text(heading)));
                case ListBlock list when Markdown.children(list).anyMatch(i -> entry(i).isPresent()) ->
                        Markdown.children(list).forEach(item -> entry(item).ifPresentOrElse(sections.getLast().entries::add,
                                () -> problems.add(Markdown.line(item), "no lesson; begin the item with [Title](lesson02.md)")));
                default -> sections.getLast().text.add(node);
            }
        }
        return sections;
    }

    private static Optional<Entry> entry(Node item) {
        if (item.getFirstChild() == null || !(item.getFirstChild().getFirstChild() instanceof Link link)) return Optional.empty();
        Matcher text = TEXT.matcher(link.getUrl());
        return text.matches() && !link.getUrl().equals(Course.LIST) ? Optional.of(new Entry(text.group(1), item, link)) : Optional.empty();
    }

    private static List<Entry> entries(List<Section> sections) {
        return sections.stream().flatMap(s -> s.entries.stream()).toList();
    }

    private void check(List<Section> sections) {
        sections.getFirst().entries.forEach(e -> problems.add(e.line(), "lesson '%s' stands in no module; put ## Module above its list".formatted(e.id)));
        Map<String, Integer> listed = new HashMap<>();
        for (Entry e : entries(sections)) {
            Integer before = listed.putIfAbsent(e.id, e.line());
            if (before != null) problems.add(e.line(), "lesson '%s' is listed in line %d already".formatted(e.id, before));
            files.missing(e.id).forEach(what -> problems.add(e.line(), what));
        }
        if (listed.isEmpty()) problems.add(1, "no lessons; list them under a heading ## Module as - [Title](lesson01.md)");
        files.strays(listed.keySet()).forEach(what -> problems.add(1, what));
    }

    private Module module(Section section) {
        return new Module(section.title, section.html(), section.entries.stream().map(e -> lesson(e, section.title)).toList());
    }

    private Lesson lesson(Entry entry, String module) {
        String title = Markdown.text(entry.link);
        entry.link.unlink();
        String about = Markdown.inner(entry.item).replaceFirst("^(<p>)?[\\s:,.–—-]+", "$1");
        return files.lesson(entry.id, title, about, module);
    }
}
