package engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes the print edition of the pages of a site: all lessons on one page, the guides as its appendices.
final class PrintPage {
    private PrintPage() {}

    static Page.Print of(Page.Home home, List<Page.OfLesson> pages) {
        List<Page.Division> divisions = new ArrayList<>();
        int appendices = 0;
        for (Page.OfLesson page : pages) {
            String mark = page.gate().isEmpty() ? Character.toString('A' + appendices++ % 26) : page.gate();
            if (divisions.isEmpty() || !divisions.getLast().title().equals(page.module()))
                divisions.add(new Page.Division(page.module(), new ArrayList<>()));
            divisions.getLast().sheets().add(new Page.Sheet(page.file().replace(".html", ""), mark, page));
        }
        Set<String> ids = divisions.stream().flatMap(division -> division.sheets().stream()).map(Page.Sheet::id)
                .collect(Collectors.toSet());
        return new Page.Print(home.frame(), home.intro(), home.figures(), ran(pages), divisions, new Anchored(ids));
    }

    /// Where the lessons were run: what differs from one to the next stands side by side.
    private static List<Page.Figure> ran(List<Page.OfLesson> pages) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        for (Page.OfLesson page : pages)
            for (Page.Figure fact : page.ran())
                values.computeIfAbsent(fact.label(), _ -> new LinkedHashSet<>()).add(fact.value());
        return values.entrySet().stream()
                .map(fact -> new Page.Figure(String.join("; ", fact.getValue()), fact.getKey())).toList();
    }
}
