package engine;

import java.util.HashSet;
import java.util.Set;

/// Shows a long text once, and after that only its beginning: what repeats need not be read again.
final class Abridged {
    private static final int LONG = 60;
    private static final int BEGINNING = 40;

    private final Set<String> shown = new HashSet<>();

    String text(String text) {
        return text.length() <= LONG || shown.add(text) ? text : text.substring(0, BEGINNING).strip() + "…";
    }
}
