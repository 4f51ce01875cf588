package engine;

/// A piece of HTML, and the only thing that a template puts on a page as it stands: any other value is escaped.
public record Html(String markup) {

    /// Plain text as HTML, visible as it was written, see [Plain].
    public static Html text(String text) {
        StringBuilder markup = new StringBuilder(text.length() + 16);
        String plain = Plain.text(text);
        for (int i = 0; i < plain.length(); i++) {
            switch (plain.charAt(i)) {
                case '&' -> markup.append("&amp;");
                case '<' -> markup.append("&lt;");
                case '>' -> markup.append("&gt;");
                case '"' -> markup.append("&quot;");
                case '\'' -> markup.append("&#39;");
                default -> markup.append(plain.charAt(i));
            }
        }
        return new Html(markup.toString());
    }
}
