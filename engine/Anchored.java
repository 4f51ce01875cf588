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
    /// In what our templates write, a quote within a text is escaped: only an attribute looks like this.
    private static final Pattern MARKUP = Pattern.compile(
            " (id|for|name|href|aria-(?:labelledby|describedby|controls|details))=\"([^\"]*)\""
                    + "|<details class=\"(?:fold|aside)[^\"]*\"(?=>)");
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

    /// The markup of one of the pages, as it stands among the others.
    String within(String id, String markup) {
        return MARKUP.matcher(markup).replaceAll(found -> Matcher.quoteReplacement(
                switch (found.group(1)) {
                    case null -> found.group() + " open";
                    case "href" -> link(id, found.group(2)).map(href -> " href=\"" + href + "\"").orElse("");
                    default -> " %s=\"%s\"".formatted(found.group(1), anchors(id, found.group(2)));
                }));
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
