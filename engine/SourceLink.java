package engine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A link to a name in a source: `lesson02.java#departures`, `exercises/exercise02.java#departures`.
record SourceLink(String file, String name) {
    private static final Pattern SHAPE = Pattern.compile("([\\w/.]+\\.java)#(\\w+)");

    static Optional<SourceLink> of(String url) {
        Matcher m = SHAPE.matcher(url);
        return m.matches() ? Optional.of(new SourceLink(m.group(1), m.group(2))) : Optional.empty();
    }

    /// The text whose page shows the source: a lesson's own, also for its exercise and solution.
    String text() {
        return script().replaceFirst("^(exercise|solution)(?=\\d)", "lesson") + ".md";
    }

    /// The anchor of its cell on that page. A name of the lesson's own source comes as it is.
    String anchor() {
        return "cell-" + (file.contains("/") ? script() + "-" : "") + name;
    }

    private String script() {
        return file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.java$", "");
    }
}
