package engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Adds a lesson to the text of a course's list.
final class CourseList {
    private static final Pattern ITEM = Pattern.compile("[-*+] +\\[.*]\\(lesson(\\d+)\\.md\\).*");
    private static final String PATHS = "## " + CourseReader.PATHS;

    private CourseList() {}

    /// The list with an item for the lesson, below the last in a module whose number is lower, else above the first.
    /// Which paths take it is for their author to say.
    static String with(String list, String number, String title) {
        List<String> lines = new ArrayList<>(list.lines().toList());
        int place = -1;
        int first = lines.size();
        boolean path = false;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("## ")) path = lines.get(i).strip().equals(PATHS);
            Matcher item = ITEM.matcher(lines.get(i));
            if (path || !item.matches()) continue;
            first = Math.min(first, i);
            if (Integer.parseInt(item.group(1)) < Integer.parseInt(number)) place = end(lines, i);
        }
        lines.add(place < 0 ? first : place, "- [%s](lesson%s.md)".formatted(escaped(title), number));
        return String.join("\n", lines) + "\n";
    }

    /// An item goes on in the lines below it that are indented.
    private static int end(List<String> lines, int item) {
        int end = item + 1;
        while (end < lines.size() && lines.get(end).matches("\\s+\\S.*")) end++;
        return end;
    }

    private static String escaped(String title) {
        return title.replaceAll("([\\\\\\[\\]*_`<&])", "\\\\$1");
    }
}
