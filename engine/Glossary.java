package engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The terms of a course, as its texts use them: whole words, in the singular or the plural. A small first letter may
/// be a capital at the beginning of a sentence; `TTL` and `XFetch` are only what they are.
final class Glossary {
    static final Glossary EMPTY = of(List.of());
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:-[\\p{L}\\p{N}]+)*");

    /// A place in a piece of text.
    record Found(int start, int end, String term) {}

    private record Form(String form, String term) {
        /// Where it ends if it stands at `start`, else -1.
        int end(String text, int start) {
            boolean first = text.regionMatches(Character.isLowerCase(form.charAt(0)), start, form, 0, 1);
            int end = start + form.length();
            return first && text.startsWith(form.substring(1), start + 1) && endsWord(text, end) ? end : -1;
        }

        private static boolean endsWord(String text, int end) {
            Matcher word = WORD.matcher(text);
            return !word.find(end - 1) || word.end() == end;
        }
    }

    private final Map<String, List<Form>> byFirstWord = new HashMap<>();

    private Glossary() {}

    /// @param drafts that define terms; a term that is defined already is a problem of the later one
    static Glossary of(Collection<Draft> drafts) {
        var glossary = new Glossary();
        Map<String, String> defined = new HashMap<>();
        for (Draft draft : drafts) for (Term term : draft.terms()) {
            List<String> names = Stream.concat(Stream.of(term.name()), term.others().stream()).toList();
            for (String name : names) {
                String before = defined.putIfAbsent(Term.id(name), draft.text() + ":" + term.line());
                if (before != null) draft.problems().add(term.line(),
                        "'%s' is defined at %s already; define it once".formatted(name, before));
            }
            names.forEach(name -> glossary.add(name, term.id()));
        }
        glossary.byFirstWord.values()
                .forEach(forms -> forms.sort(Comparator.comparing((Form form) -> form.form().length()).reversed()));
        return glossary;
    }

    static boolean isName(String name) {
        return WORD.matcher(name).lookingAt();
    }

    private void add(String name, String term) {
        for (String form : List.of(name, plural(name))) byFirstWord
                .computeIfAbsent(firstWord(form), _ -> new ArrayList<>()).add(new Form(form, term));
    }

    private static String firstWord(String form) {
        Matcher word = WORD.matcher(form);
        return word.find() ? word.group().toLowerCase(Locale.ROOT) : "";
    }

    private static String plural(String name) {
        if (name.matches(".*[^aeiou]y")) return name.substring(0, name.length() - 1) + "ies";
        return name + (name.matches(".*(s|x|ch|sh)") ? "es" : "s");
    }

    boolean isEmpty() {
        return byFirstWord.isEmpty();
    }

    /// The terms within a piece of text, from left to right; of two that begin at one place the longer.
    List<Found> in(String text) {
        var found = new ArrayList<Found>();
        Matcher word = WORD.matcher(text);
        for (int from = 0; word.find(from);) {
            from = word.end();
            for (Form form : byFirstWord.getOrDefault(word.group().toLowerCase(Locale.ROOT), List.of())) {
                int end = form.end(text, word.start());
                if (end < 0) continue;
                found.add(new Found(word.start(), end, form.term()));
                from = end;
                break;
            }
        }
        return found;
    }
}
