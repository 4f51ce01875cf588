package engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lab.Event;

/// Cuts one page into what a search can find of it, in the order of the page.
final class SearchSections {
    private static final Pattern HEADING = Pattern.compile("(?s)<h(\\d) id=\"([^\"]*)\">(.*?)</h\\1>");
    private static final String ENDS = ".:;!?…"; // of sentences and other pieces
    private static final int SECTION = 2; // the level of the highest heading below a page's title

    private final int page;
    private final List<SearchSection> found = new ArrayList<>();
    private String anchor = ""; // of the section that is being read
    private String heading;
    private String section = ""; // the heading of level 2 that it stands under
    private int level = 1;
    private final List<String> text = new ArrayList<>();
    private final List<SearchSection> parts = new ArrayList<>(); // of the section that is being read

    private SearchSections(int page, String title) {
        this.page = page;
        this.heading = title;
    }

    /// @param number the page's place among the pages of the index
    static List<SearchSection> of(int number, Page page) {
        var sections = new SearchSections(number, page.title());
        switch (page) {
            case Page.Home home -> sections.read(home);
            case Page.OfLesson lesson -> lesson.parts().forEach(sections::read);
            case Page.Schedule _ -> {} // found by its title
            case Page.Glossary glossary -> glossary.letters().forEach(letter -> letter.terms().forEach(sections::read));
            case Page.OfSolution _, Page.Print _, Page.NotFound _ -> { // they give an answer away, or say all twice
                return List.of();
            }
        }
        sections.close();
        return sections.found;
    }

    private void read(Page.Term term) {
        open(SECTION, term.id(), term.name());
        text.addAll(term.others());
        say(term.definition());
    }

    private void read(Page.Home home) {
        say(home.intro());
        for (Page.Module module : home.modules()) {
            open(SECTION, module.id(), module.title());
            say(module.introduction());
            for (Page.Entry lesson : module.lessons()) text.add(entry(lesson.title(), lesson.about()));
        }
        for (Page.Guides guides : home.guides()) {
            open(SECTION, guides.id(), guides.title());
            say(guides.introduction());
            for (Page.Guide guide : guides.pages()) text.add(entry(guide.title(), guide.about()));
        }
    }

    private void read(Part part) {
        switch (part) {
            case Part.Prose(Html html) -> prose(html.markup());
            case Part.Fence(Html code) -> say(code);
            case Part.Aside aside -> say(aside.html());
            case Part.Prediction prediction -> {
                say(prediction.question());
                prediction.answers().forEach(answer -> say(answer.html()));
                say(prediction.why());
            }
            case Part.Knobs(List<Part.Knob> knobs) -> knobs.forEach(this::knob);
            case Part.Solution _, Part.Costs _ -> {} // nothing that anybody would look for
            case Part.Cell cell -> cell(cell);
            case Part.Drawing drawing -> part(drawing.anchor(), drawing.caption(), Stream.of(drawing.file()),
                    drawing.diagram().boxes().stream().map(Diagram.Box::name));
        }
    }

    private void knob(Part.Knob knob) {
        text.add("--" + knob.name() + " " + knob.preset() + " " + knob.doc());
        knob.turns().forEach(turn -> say(turn.expect()));
    }

    private void prose(String html) {
        Matcher next = HEADING.matcher(html);
        int read = 0;
        while (next.find()) {
            say(new Html(html.substring(read, next.start())));
            open(Integer.parseInt(next.group(1)), next.group(2), Words.of(new Html(next.group(3))));
            read = next.end();
        }
        say(new Html(html.substring(read)));
    }

    private void cell(Part.Cell cell) {
        Stream<String> remarks = cell.code().map(Part.Code::html).map(Words::remarks).stream();
        part(cell.anchor(), cell.caption(), Stream.concat(remarks, cell.said().stream().flatMap(SearchSections::said)),
                cell.code().map(Part.Code::html).map(Words::names).stream().flatMap(Set::stream));
    }

    /// The words of an author about what a step did. What it printed or measured differs from run to run.
    private static Stream<String> said(StepView step) {
        Stream<String> skipped = step.skipped().stream().map(Event.Skipped::shows);
        return Stream.concat(skipped, step.said().stream().flatMap(said -> switch (said) {
            case StepView.Checks(List<StepView.Check> checks) -> checks.stream().map(StepView.Check::claim);
            case StepView.Table(Event.Table table) -> Stream.of(table.title());
            case StepView.Chart(ChartView chart) -> Stream.of(chart.title());
            case StepView.Boxes(Event.Boxes boxes) -> Stream.of(boxes.title());
            case StepView.Printed _, StepView.Measured _, StepView.Failed _ -> Stream.empty();
        })).map(Plain::text);
    }

    private void part(String id, Html caption, Stream<String> said, Stream<String> code) {
        String within = level == 1 ? "" : section.isEmpty() || level == SECTION ? heading : section + " › " + heading;
        String names = code.collect(Collectors.joining(" "));
        parts.add(new SearchSection(page, id, Words.of(caption), within, sentences(said), names));
    }

    private static String entry(String title, Html about) {
        return about.markup().isEmpty() ? title : title + ": " + Words.of(about);
    }

    private void say(Html html) {
        text.add(Words.of(html));
    }

    /// Begins a section, below the one of level 2 that is open if it is of a lower level.
    private void open(int level, String id, String title) {
        close();
        this.level = level;
        anchor = id;
        heading = title;
        if (level <= SECTION) section = "";
    }

    private void close() {
        String within = level <= SECTION ? "" : section;
        found.add(new SearchSection(page, anchor, heading, within, sentences(text.stream()), ""));
        found.addAll(parts);
        if (level == SECTION) section = heading;
        text.clear();
        parts.clear();
    }

    private static String sentences(Stream<String> texts) {
        return texts.filter(text -> !text.isBlank()).distinct()
                .map(text -> ENDS.indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".")
                .collect(Collectors.joining(" "));
    }
}
