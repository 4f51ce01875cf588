package engine;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Makes the page of all terms: what each means, where it is explained and used.
final class GlossaryPage {
    static final String FILE = "glossary.html";

    private GlossaryPage() {}

    /// The way to it; empty where no text defines a term, and there is no such page.
    static Optional<Page.Link> link(Map<Chapter, Text> texts) {
        boolean any = texts.values().stream().anyMatch(text -> !text.companion().terms().isEmpty());
        return any ? Optional.of(new Page.Link(FILE, "Glossary")) : Optional.empty();
    }

    static Optional<Page> of(Page.Frame frame, Map<Chapter, Text> texts) {
        Map<String, Map<Chapter, String>> uses = uses(texts);
        Map<String, List<Page.Term>> letters = texts.entrySet().stream()
                .flatMap(text -> text.getValue().companion().terms().stream()
                        .map(term -> term(term, text.getKey(), uses.getOrDefault(term.id(), Map.of()))))
                .sorted(Comparator.comparing(Page.Term::name, String.CASE_INSENSITIVE_ORDER))
                .collect(Collectors.groupingBy(GlossaryPage::letter, LinkedHashMap::new, Collectors.toList()));
        return link(texts).map(link -> new Page.Glossary(frame, link.href(), link.title(),
                letters.entrySet().stream().map(all -> new Page.Letter(all.getKey(), all.getValue())).toList()));
    }

    private static String letter(Page.Term term) {
        return term.name().substring(0, term.name().offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT);
    }

    /// The anchors of the sections that first use a term, by chapter, by term.
    private static Map<String, Map<Chapter, String>> uses(Map<Chapter, Text> texts) {
        Map<String, Map<Chapter, String>> uses = new LinkedHashMap<>();
        texts.forEach((chapter, text) -> text.companion().uses().forEach(use -> uses
                .computeIfAbsent(use.term(), _ -> new LinkedHashMap<>()).put(chapter, use.anchor())));
        return uses;
    }

    private static Page.Term term(Term.Definition term, Chapter explains, Map<Chapter, String> uses) {
        List<Page.Link> elsewhere = uses.entrySet().stream().filter(use -> !use.getKey().equals(explains))
                .map(use -> link(use.getKey(), use.getValue())).toList();
        return new Page.Term(term.id(), term.name(), term.others(), new Html(term.html()),
                link(explains, uses.getOrDefault(explains, "")), elsewhere);
    }

    private static Page.Link link(Chapter chapter, String anchor) {
        return new Page.Link(LessonPage.file(chapter) + (anchor.isEmpty() ? "" : "#" + anchor), chapter.title());
    }
}
