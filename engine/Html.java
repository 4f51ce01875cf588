package engine;

/// A piece of HTML, and the only thing that a template puts on a page as it stands: any other value is escaped.
public record Html(String markup) {

    /// Plain text as HTML, visible as it was written, see [Plain]. It is for an element's content and not for an
    /// attribute: quotes stand as they are, which saves four bytes for each.
    public static Html text(String text) {
        StringBuilder markup = new StringBuilder(text.length() + 16);
        String plain = Plain.text(text);
        for (int i = 0; i < plain.length(); i++) {
            switch (plain.charAt(i)) {
                case '&' -> markup.append("&amp;");
                case '<' -> markup.append("&lt;");
                case '>' -> markup.append("&gt;");
                default -> markup.append(plain.charAt(i));
            }
        }
        return new Html(markup.toString());
    }
}
