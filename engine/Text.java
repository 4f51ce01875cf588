package engine;

import data.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is written about a lesson or in a guide, and the code that it shows.
public record Text(Companion companion, Map<String, Listing> sources) {

    /// Reads the texts of all lessons and guides.
    ///
    /// @throws Fault with a line for everything that is wrong in any of them
    public static Map<Chapter, Text> read(Course course) {
        Links links = Links.within(course);
        Map<Chapter, Text> texts = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        Set<Chapter> guides = Set.copyOf(course.guidePages());
        for (Chapter chapter : course.chapters()) {
            try {
                Map<String, Listing> sources = chapter instanceof Lesson lesson ? Listing.of(lesson) : Map.of();
                boolean timed = !guides.contains(chapter);
                texts.put(chapter, new Text(Companion.read(chapter.text(), sources, links, timed), sources));
            } catch (Fault fault) {
                faults.add(fault.getMessage());
            }
        }
        if (!faults.isEmpty()) throw new Fault(Fault.FAILED, String.join("\n", faults));
        Plans.check(course, texts);
        return texts;
    }
}
