package bench;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the pages of a race hold.
final class Pages {
    /// What a page that ran says: `hello` and the [#sum] that its code does not name.
    static final Pattern RAN = Pattern.compile("hello (\\d+)");
    /// What a page that was rendered says.
    static final Pattern RENDERED = Pattern.compile("This was page (\\d+)\\.");

    private static final int LINES = 10;
    private static final String CODE = """

            ## Part %1$d

            %2$s

            ```%3$s
            %4$s
            ```
            """;

    private Pages() {}

    /// An expression, the same in all languages, whose value only a page that ran shows.
    static String sum(int page) {
        return "1000 + " + page;
    }

    /// About 100 lines of Markdown with four code blocks, each in another language and in no other page.
    static String markdown(int page) {
        return part(page, 1, "java", "String v%2$d = valkey.get(\"key:%1$d:%2$d\"); // look aside %2$d of %1$d")
                + part(page, 2, "sql", "SELECT name FROM airport WHERE iata = 'A%2$d' AND size > %1$d; -- nr %2$d")
                + part(page, 3, "sh", "valkey-cli SET \"key:%1$d:%2$d\" $((%1$d + %2$d)) EX 60 # for a minute")
                + part(page, 4, "json", "{\"key\": \"key:%1$d:%2$d\", \"ttl\": %2$d, \"hit\": true, \"page\": %1$d}")
                + "\nThis was page %d.\n".formatted(page);
    }

    private static String part(int page, int part, String language, String code) {
        return CODE.formatted(part, lines("A sentence about caching, keys and time to live, number %2$d of page %1$d, "
                + "with *emphasis* and `code`.", page), language, lines(code, page));
    }

    private static String lines(String line, int page) {
        return IntStream.rangeClosed(1, LINES).mapToObj(n -> line.formatted(page, n)).collect(Collectors.joining("\n"));
    }
}
