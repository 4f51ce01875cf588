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
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads a course's list: a title and an introduction, then a module under each `##`, with a list of its lessons.
final class CourseReader {
    private static final Pattern TEXT = Pattern.compile("(?!README)\\w+\\.md");

    /// An item of a list of lessons.
    private record Entry(String id, Node item, Link link) {
        int line() {
            return Markdown.line(link);
        }
    }

    /// What stands under a heading, and at first what stands under none.
    private record Section(String id, String title, List<Node> text, List<Entry> entries) {
        Section(String id, String title) {
            this(id, title, new ArrayList<>(), new ArrayList<>());
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
        List<Entry> entries = sections.stream().flatMap(s -> s.entries.stream()).toList();
        sections.getFirst().entries.forEach(e -> problems.add(e.line(),
                "lesson '%s' stands in no module; put ## Module above its list".formatted(e.id)));
        check(entries);
        problems.throwIfAny();
        Links links = Links.within(folder, entries.stream().map(Entry::id).toList());
        var resolver = new LinkResolver(links, Course.LIST, Markdown.anchors(document), problems);
        resolver.resolve(document);
        problems.throwIfAny();
        return new Course(title, sections.getFirst().html(), folder,
                sections.stream().skip(1).map(this::module).toList(), resolver.files());
    }

    private List<Section> sections(Document document) {
        var sections = new ArrayList<>(List.of(new Section("", "")));
        for (Node node : document.getChildren()) {
            switch (node) {
                case Heading heading when heading.getLevel() == 1 -> {}
                case Heading heading when heading.getLevel() == 2 ->
                        sections.add(new Section(heading.getAnchorRefId(), Markdown.text(heading)));
                case ListBlock list when Markdown.children(list).anyMatch(item -> lesson(item).isPresent()) ->
                        sections.getLast().entries.addAll(entries(list));
                default -> sections.getLast().text.add(node);
            }
        }
        return sections;
    }

    private List<Entry> entries(ListBlock list) {
        var entries = new ArrayList<Entry>();
        for (Node item : list.getChildren()) lesson(item).ifPresentOrElse(
                link -> entries.add(new Entry(link.getUrl().toString().replaceFirst("\\.md$", ""), item, link)),
                () -> problems.add(Markdown.line(item), "no lesson; begin the item with [Title](lesson02.md)"));
        return entries;
    }

    /// The link to a lesson with which an item begins.
    private static Optional<Link> lesson(Node item) {
        return Optional.ofNullable(item.getFirstChild())
                .map(paragraph -> paragraph.getFirstChild() instanceof Link link ? link : null)
                .filter(link -> TEXT.matcher(link.getUrl()).matches());
    }

    private void check(List<Entry> entries) {
        Map<String, Integer> listed = new HashMap<>();
        for (Entry e : entries) {
            Integer before = listed.putIfAbsent(e.id, e.line());
            if (before == null) files.missing(e.id).forEach(what -> problems.add(e.line(), what));
            else problems.add(e.line(), "lesson '%s' is listed in line %d already".formatted(e.id, before));
        }
        if (entries.isEmpty())
            problems.add(1, "no lessons; list them under a heading ## Module as - [Title](lesson01.md)");
        files.strays(listed.keySet()).forEach(what -> problems.add(1, what));
    }

    private Module module(Section section) {
        return new Module(section.id, section.title, section.html(),
                section.entries.stream().map(e -> lesson(e, section.title)).toList());
    }

    private Lesson lesson(Entry entry, String module) {
        String title = Markdown.text(entry.link);
        entry.link.unlink();
        String about = Markdown.inner(entry.item).replaceFirst("^(<p>)?[\\s:,.–—-]+", "$1");
        return files.lesson(entry.id, title, about, module);
    }
}
