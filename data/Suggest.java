package data;

// Damerau-Levenshtein distance, which counts two swapped letters as one slip.
//DEPS org.apache.commons:commons-text:1.15.0

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/// Helps whoever wrote a name that does not exist.
public final class Suggest {
    private static final int FEW = 8;

    private Suggest() {}

    /// The end of a message about an unknown name: `; did you mean 'firstRead'?`. When no known name is near and
    /// they are few, it lists them: `; there is compare, firstRead`. Else it is empty.
    public static String didYouMean(String name, Collection<String> known) {
        List<String> names = known.stream().distinct().sorted().toList();
        return nearest(name, names)
                .map("; did you mean '%s'?"::formatted)
                .orElse(names.isEmpty() || names.size() > FEW ? "" : "; there is " + String.join(", ", names));
    }

    /// The known name that is most like another, unless none is near.
    public static Optional<String> nearest(String name, Collection<String> known) {
        return known.stream()
                .filter(k -> distance(name, k) <= tolerance(name))
                .min(Comparator.comparingInt(k -> distance(name, k)));
    }

    /// One slip in three letters: further away it is another word.
    private static int tolerance(String name) {
        return Math.max(1, name.length() / 3);
    }

    private static int distance(String a, String b) {
        return new DamerauLevenshteinDistance().apply(a.toLowerCase(Locale.ROOT), b.toLowerCase(Locale.ROOT));
    }
}
