package engine;

import com.vladsch.flexmark.ast.Link;
import com.vladsch.flexmark.util.ast.Node;
import java.util.Optional;
import java.util.regex.Pattern;

/// An item of a list of lessons or guides: it begins with a link to a text.
///
/// @param url of the text, as the list has it
record CourseEntry(String url, Node item, Link link) {
    private static final Pattern LESSON = Pattern.compile("(?!README)\\w+\\.md");
    private static final Pattern GUIDE = Pattern.compile("(?:[\\w.-]+/)+(?!README)[\\w-]+\\.md");

    /// Empty if the item begins with anything else.
    static Optional<CourseEntry> of(Node item) {
        return Optional.ofNullable(item.getFirstChild())
                .map(paragraph -> paragraph.getFirstChild() instanceof Link link ? link : null)
                .filter(link -> LESSON.matcher(link.getUrl()).matches() || GUIDE.matcher(link.getUrl()).matches())
                .map(link -> new CourseEntry(link.getUrl().toString(), item, link));
    }

    String id() {
        return url.replaceFirst(".*/", "").replaceFirst("\\.md$", "");
    }

    boolean guide() {
        return GUIDE.matcher(url).matches();
    }

    String title() {
        return Markdown.text(link);
    }

    /// What it says beside its link, as HTML. The item loses its link: ask once, and after links were resolved.
    String about() {
        link.unlink();
        return Markdown.inner(item).replaceFirst("^(<p>)?[\\s:,.–—-]+", "$1");
    }

    int line() {
        return Markdown.line(link);
    }
}
