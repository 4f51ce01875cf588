package engine;

import data.Suggest;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Two steps of a lesson that do the same work, with a cache or a defence and without: the queries between them, or
/// where both ask an origin the requests, were avoided. In the front matter:
/// `- {with: oneProcess, without: coldKey, of: readers}`.
///
/// @param with    a step
/// @param without a step
/// @param of      a knob whose value says how much work it was; may be missing
public record Avoided(String with, String without, String of) {
    static final List<String> FIELDS = List.of("of", "with", "without");

    /// Holds what a front matter says against the lesson that it is about.
    ///
    /// @param lines of the companion
    /// @param own   null where the text has no lesson
    static void check(List<Avoided> pairs, List<String> lines, Listing own, Problems problems) {
        if (pairs.isEmpty()) return;
        int head = lineOf("avoided", "", lines, 1);
        if (own == null) {
            problems.add(head, "avoided names steps of a lesson; this text has none");
            return;
        }
        List<String> knobs = own.knobs().stream().map(Listing.Knob::name).toList();
        int from = head;
        for (Avoided pair : pairs) {
            if (pair.with == null || pair.without == null) {
                problems.add(head, "an entry of avoided names two steps; write - {with: STEP, without: STEP}");
                continue;
            }
            known("step", "with", pair.with, own.steps(), lines, from, own, problems);
            known("step", "without", pair.without, own.steps(), lines, from, own, problems);
            if (pair.of != null) known("knob", "of", pair.of, knobs, lines, from, own, problems);
            from = lineOf("with", pair.with, lines, from);
            if (pair.with.equals(pair.without)) problems.add(from, "with and without are the same step");
        }
    }

    /// Holds that the page shows what each of the steps did: what was avoided leads there.
    ///
    /// @param own   null where the text has no lesson
    /// @param shown names of the steps whose output it shows
    static void checkShown(List<Avoided> pairs, List<String> lines, Listing own, Collection<String> shown,
            Problems problems) {
        if (own == null) return;
        for (Avoided pair : pairs) {
            for (String step : Stream.of(pair.with, pair.without).filter(own.steps()::contains).toList()) {
                if (!shown.contains(step)) problems.add(lineOf("(with|without)", step, lines, 1),
                        "avoided leads to what '%s' did, which no cell shows; give it one with its output"
                                .formatted(step));
            }
        }
    }

    private static void known(String kind, String field, String name, Collection<String> names, List<String> lines,
            int from, Listing own, Problems problems) {
        if (!names.contains(name)) problems.add(lineOf(field, name, lines, from), "no %s '%s' in %s%s"
                .formatted(kind, name, own.file().getFileName(), Suggest.didYouMean(name, names)));
    }

    /// The first line from `from` on that gives this field this value.
    private static int lineOf(String field, String value, List<String> lines, int from) {
        Pattern given = Pattern.compile("(^|[\\s{,])" + field + ":\\s*" + Pattern.quote(value) + "\\s*(,|}|$)");
        for (int i = from - 1; i < lines.size(); i++) if (given.matcher(lines.get(i)).find()) return i + 1;
        return from;
    }
}
