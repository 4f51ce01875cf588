package engine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A link to a name in a source: `lesson02.java#departures`, `exercises/exercise02.java#departures`.
record SourceLink(String file, String name) {
    private static final Pattern SHAPE = Pattern.compile("([\\w/.]+\\.java)#(\\w+)");
    /// What makes `exercises/exercise02.java` of `lesson02.java`.
    private static final Pattern EXERCISE = Pattern.compile("\\bexercises/(?:exercise|solution)(?=\\d)");

    static Optional<SourceLink> of(String url) {
        Matcher m = SHAPE.matcher(url);
        return m.matches() ? Optional.of(new SourceLink(m.group(1), m.group(2))) : Optional.empty();
    }

    private static final Pattern SOLUTION = Pattern.compile("(?:.*/)?exercises/(solution\\d+)\\.java");

    /// The page of a solution that is linked to as a whole, `exercises/solution02.java`.
    static Optional<String> solutionPage(String url) {
        Matcher m = SOLUTION.matcher(url);
        return m.matches() ? Optional.of(m.group(1) + ".html") : Optional.empty();
    }

    /// The text whose page shows the source, as linked to from the same place: a lesson's own, also for its exercise
    /// and solution.
    String text() {
        return EXERCISE.matcher(file).replaceFirst("lesson").replaceFirst("\\.java$", ".md");
    }

    /// The anchor of its cell on that page. A name of the text's own source comes as it is.
    String anchor() {
        return "cell-" + (EXERCISE.matcher(file).find() ? script() + "-" : "") + name;
    }

    private String script() {
        return file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.java$", "");
    }
}
