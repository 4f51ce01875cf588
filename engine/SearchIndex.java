package engine;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// What the search of a site looks through. It is written as a script, because a page that was opened from a file may
/// load scripts and nothing else.
///
/// @param pages what the sections' numbers stand for
record SearchIndex(List<Target> pages, List<SearchSection> sections) {
    /// The script's file within the site.
    static final String FILE = "search-index.js";

    private static final JsonMapper JSON = JsonMapper.builder().changeDefaultPropertyInclusion(
            values -> values.withValueInclusion(JsonInclude.Include.NON_EMPTY)).build();

    /// @param gate the lesson's number, `02`; "" of any other page
    record Target(String file, String gate, String title) {}

    static SearchIndex of(List<Page> pages) {
        List<Target> targets = new ArrayList<>();
        List<SearchSection> sections = new ArrayList<>();
        for (Page page : pages) {
            sections.addAll(SearchSections.of(targets.size(), page));
            String gate = page instanceof Page.OfLesson lesson ? lesson.gate() : "";
            targets.add(new Target(page.file(), gate, page.title()));
        }
        return new SearchIndex(targets, sections);
    }

    /// Assigns itself to the one name `searchIndex`. No text in it can end a script or its line.
    String script() {
        String json = JSON.writeValueAsString(this).replace("<", "\\u003c")
                .replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
        return "globalThis.searchIndex = " + json + ";\n";
    }
}
