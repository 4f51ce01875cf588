package engine;

// YAML, read into a record.
//DEPS tools.jackson.dataformat:jackson-dataformat-yaml:3.2.4

import data.Suggest;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// What stands between two lines `---` at the head of a companion.
///
/// @param minutes how long a room needs for it; a guide need not say
/// @param avoided pairs of steps, with a cache and without; none if it is missing
record FrontMatter(String title, Integer minutes, List<Avoided> avoided) {
    private static final String FENCE = "---";
    private static final FrontMatter EMPTY = new FrontMatter(null, null, List.of());
    private static final List<String> FIELDS = List.of("title", "minutes", "avoided");
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    FrontMatter {
        avoided = avoided == null ? List.of()
                : avoided.stream().map(pair -> pair == null ? new Avoided(null, null, null) : pair).toList();
    }

    /// A companion cut in two: `body` has an empty line for each of the front matter's, so that line numbers stay.
    record Split(FrontMatter front, String body) {}

    /// @param timed whether it must say how long it takes
    static Split split(String text, Problems problems, boolean timed) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(FENCE)) return nothing(text, problems,
                "no front matter; begin with a line ---, then title: and minutes:, then a line ---");
        int fields = lines.subList(1, lines.size()).indexOf(FENCE);
        if (fields < 0) return nothing(text, problems,
                "the front matter does not close; write --- on a line of its own below it");
        String body = "\n".repeat(fields + 2) + String.join("\n", lines.subList(fields + 2, lines.size()));
        return new Split(read(lines.subList(1, fields + 1), problems, timed), body);
    }

    private static Split nothing(String text, Problems problems, String why) {
        problems.add(1, why);
        return new Split(EMPTY, text);
    }

    private static FrontMatter read(List<String> yaml, Problems problems, boolean timed) {
        if (yaml.stream().allMatch(String::isBlank)) return checked(EMPTY, yaml, problems, timed);
        try {
            return checked(YAML.readValue(String.join("\n", yaml), FrontMatter.class), yaml, problems, timed);
        } catch (UnrecognizedPropertyException e) {
            String field = e.getPropertyName();
            List<String> known = e.getPath().size() > 1 ? Avoided.FIELDS : FIELDS;
            problems.add(line(field, yaml), "unknown field '%s'%s".formatted(field, Suggest.didYouMean(field, known)));
        } catch (DatabindException e) {
            String field = e.getPath().isEmpty() ? "" : e.getPath().getFirst().getPropertyName();
            problems.add(line(field, yaml), switch (field) {
                case "minutes" -> "minutes is a whole number: minutes: 45";
                case "avoided" -> "avoided is a list; write - {with: STEP, without: STEP}";
                case "title" -> "title is a text on one line";
                default -> "the front matter is made of fields; write title: and minutes:";
            });
        } catch (JacksonException e) {
            String what = e.getOriginalMessage().lines().findFirst().orElse("");
            problems.add(e.getLocation().getLineNr() + 1, "the front matter cannot be read: " + what
                    + (what.startsWith("mapping values") ? "; put a text with a colon in quotes" : ""));
        }
        return EMPTY;
    }

    private static FrontMatter checked(FrontMatter front, List<String> yaml, Problems problems, boolean timed) {
        if (front.title == null || front.title.isBlank())
            problems.add(1, "the front matter has no title; add title: ...");
        if (timed && front.minutes == null) problems.add(1, "the front matter has no minutes; add minutes: 45");
        if (front.minutes != null && front.minutes < 1)
            problems.add(line("minutes", yaml), "minutes is at least 1, not " + front.minutes);
        return front;
    }

    /// The line of the companion where a field stands; the fence is line 1.
    private static int line(String field, List<String> yaml) {
        for (int i = 0; i < yaml.size(); i++) if (yaml.get(i).startsWith(field + ":")) return i + 2;
        Pattern within = Pattern.compile("[\\s{,]" + Pattern.quote(field) + ":"); // of an entry of a list
        for (int i = 0; i < yaml.size(); i++) if (within.matcher(yaml.get(i)).find()) return i + 2;
        return 1;
    }
}
