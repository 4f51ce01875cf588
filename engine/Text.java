package engine;

import data.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is written about a lesson, and the code that it shows.
public record Text(Companion companion, Map<String, Listing> sources) {

    /// Reads the texts of all lessons.
    ///
    /// @throws Fault with a line for everything that is wrong in any of them
    public static Map<Lesson, Text> read(Course course) {
        Links links = Links.within(course);
        Map<Lesson, Text> texts = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        for (Lesson lesson : course.lessons()) {
            try {
                Map<String, Listing> sources = Listing.of(lesson);
                texts.put(lesson, new Text(Companion.read(lesson.text(), sources, links), sources));
            } catch (Fault fault) {
                faults.add(fault.getMessage());
            }
        }
        if (!faults.isEmpty()) throw new Fault(Fault.FAILED, String.join("\n", faults));
        return texts;
    }
}
