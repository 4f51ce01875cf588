package engine;

import data.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What is written about a lesson or in a guide, and the code that it shows.
public record Text(Companion companion, Map<String, Listing> sources) {

    /// Reads the texts of all lessons and guides: first those that define terms, for any text may use any term.
    ///
    /// @throws Fault with a line for everything that is wrong in any of them
    public static Map<Chapter, Text> read(Course course) {
        Set<Chapter> guides = Set.copyOf(course.guidePages());
        List<String> faults = new ArrayList<>();
        Map<Chapter, Draft> drafts = new LinkedHashMap<>();
        for (Chapter chapter : course.chapters()) attempt(faults, () -> {
            if (Draft.mayDefine(chapter.text())) drafts.put(chapter, draft(chapter, guides));
        });
        Glossary glossary = Glossary.of(drafts.values());
        Links links = Links.within(course);
        Map<Chapter, Text> texts = new LinkedHashMap<>();
        for (Chapter chapter : course.chapters()) attempt(faults, () -> {
            Map<String, Listing> sources = chapter instanceof Lesson lesson ? Listing.of(lesson) : Map.of();
            Draft draft = drafts.containsKey(chapter) ? drafts.remove(chapter) : draft(chapter, guides);
            texts.put(chapter, new Text(Companion.of(draft, sources, links, glossary), sources));
        });
        if (faults.isEmpty()) faults.addAll(unused(texts));
        if (!faults.isEmpty())
            throw new Fault(Fault.FAILED, faults.stream().distinct().collect(Collectors.joining("\n")));
        Plans.check(course, texts);
        return texts;
    }

    private static Draft draft(Chapter chapter, Set<Chapter> guides) {
        return Draft.of(chapter.text(), !guides.contains(chapter));
    }

    private static void attempt(List<String> faults, Runnable reading) {
        try {
            reading.run();
        } catch (Fault fault) {
            faults.add(fault.getMessage());
        }
    }

    private static List<String> unused(Map<Chapter, Text> texts) {
        Set<String> used = texts.values().stream().flatMap(text -> text.companion.uses().stream())
                .map(Term.Use::term).collect(Collectors.toSet());
        return texts.entrySet().stream().flatMap(entry -> entry.getValue().companion.terms().stream()
                .filter(term -> !used.contains(term.id()))
                .map(term -> "%s:%d: no text uses the term '%s'; use it, or take it out"
                        .formatted(entry.getKey().text(), term.line(), term.name()))).toList();
    }
}
