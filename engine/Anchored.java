package engine;

import freemarker.core.Environment;
import freemarker.template.TemplateDirectiveBody;
import freemarker.template.TemplateDirectiveModel;
import freemarker.template.TemplateException;
import freemarker.template.TemplateModel;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The template directive `<@anchored id="lesson02">`, around a page that stands on one page with others: its anchors
/// get the page's id before them, `lesson02-the-race`, links between the pages lead to anchors, and what a reader
/// would unfold on a screen is open. Links to the front page lead to its contents.
///
/// @param pages the ids of those that stand together
record Anchored(Set<String> pages) implements TemplateDirectiveModel {
    private static final Set<String> NAME_ANCHORS = Set.of("id", "for", "name", "aria-labelledby", "aria-describedby",
            "aria-controls", "aria-details");
    private static final Pattern FOLDED = Pattern.compile("fold|aside");
    private static final Pattern PAGE = Pattern.compile("(?:([\\w-]+)\\.html)?(?:#(.*))?");
    private static final Pattern URL = Pattern.compile("\\p{Alpha}[\\w+.-]*:");
    private static final String CONTENTS = "contents";

    @Override
    @SuppressWarnings("rawtypes") // FreeMarker's own signature
    public void execute(Environment env, Map parameters, TemplateModel[] variables, TemplateDirectiveBody body)
            throws TemplateException, IOException {
        var page = new StringWriter(65_536);
        body.render(page);
        env.getOut().write(within(parameters.get("id").toString(), page.toString()));
    }

    /// The markup of one of the pages, as it stands among the others. In what our templates write, a quote within a
    /// text is escaped: `="` stands in attributes alone. To look for just that is many times as fast as a pattern.
    String within(String id, String markup) {
        var moved = new StringBuilder(markup.length() + 4_096);
        int done = 0;
        int end;
        for (int equals = markup.indexOf("=\""); equals >= 0; equals = markup.indexOf("=\"", end + 1)) {
            end = markup.indexOf('"', equals + 2);
            String name = nameBefore(equals, markup);
            String value = markup.substring(equals + 2, end);
            if (name.equals("href")) {
                moved.append(markup, done, equals - name.length() - 1);
                link(id, value).ifPresent(to -> moved.append(" href=\"").append(to).append('"'));
            } else if (NAME_ANCHORS.contains(name)) {
                moved.append(markup, done, equals + 2).append(anchors(id, value)).append('"');
            } else if (name.equals("class") && FOLDED.matcher(value).lookingAt()
                    && markup.startsWith("<details ", equals - "<details class".length())) {
                moved.append(markup, done, end + 1).append(" open");
            } else continue;
            done = end + 1;
        }
        return moved.append(markup, done, markup.length()).toString();
    }

    private static String nameBefore(int equals, String markup) {
        int begin = equals;
        while (Character.isLetter(markup.charAt(begin - 1)) || markup.charAt(begin - 1) == '-') begin--;
        return markup.substring(begin, equals);
    }

    private static String anchors(String id, String names) {
        return Stream.of(names.split(" ")).map(name -> id + "-" + name).collect(Collectors.joining(" "));
    }

    /// Empty where it leads to a file of the site: paper has none, and a PDF would name a folder of this machine.
    private Optional<String> link(String id, String href) {
        Matcher link = PAGE.matcher(href);
        if (!link.matches()) return Optional.of(href).filter(url -> URL.matcher(url).lookingAt());
        String page = link.group(1) == null ? id : link.group(1);
        if (page.equals("index")) return Optional.of("#" + CONTENTS);
        if (!pages.contains(page)) return Optional.empty();
        return Optional.of("#" + page + (link.group(2) == null ? "" : "-" + link.group(2)));
    }
}
