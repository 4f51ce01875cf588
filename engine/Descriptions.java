package engine;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Each page in a sentence: the list's words about a lesson or a guide, else the first sentence of its text.
final class Descriptions {
    private static final Pattern SENTENCE = Pattern.compile("^.+?[.!?](?=\\s|$)");
    private static final int LONGEST = 300; // characters: more than a search engine shows

    private Descriptions() {}

    /// @return by the page's file
    static Map<String, String> of(Course course, Map<Chapter, Page.OfLesson> chapters) {
        Map<String, String> all = new HashMap<>();
        String introduction = firstSentence(course.introduction());
        all.put("index.html", introduction.isEmpty() ? course.title() : introduction);
        all.put("print.html", "All lessons of " + course.title() + " on one page, to print.");
        chapters.forEach((chapter, page) -> all.put(page.file(), of(chapter, page)));
        return all;
    }

    private static String of(Chapter chapter, Page.OfLesson page) {
        String about = Words.of(new Html(chapter.about()));
        if (!about.isEmpty()) return Character.toUpperCase(about.charAt(0)) + about.substring(1);
        return page.parts().stream()
                .filter(Part.Prose.class::isInstance).map(part -> firstSentence(((Part.Prose) part).html().markup()))
                .filter(sentence -> !sentence.isEmpty()).findFirst().orElse(page.title());
    }

    private static String firstSentence(String html) {
        int paragraph = html.indexOf("<p>");
        if (paragraph < 0) return "";
        String text = Words.of(new Html(html.substring(paragraph, html.indexOf("</p>", paragraph))));
        Matcher sentence = SENTENCE.matcher(text);
        String first = sentence.find() ? sentence.group() : text;
        return first.length() <= LONGEST ? first : first.substring(0, LONGEST).replaceFirst("\\s+\\S*$", "") + " …";
    }
}
