package lab;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// HTTP as it is recorded: what says how a response may be kept and for whom, and no secret.
final class HttpText {
    /// Fields of RFC 9110, 9111 and 6265 that a cache or a session lives by; the rest is left out.
    private static final Set<String> SHOWN = Set.of("accept", "accept-language", "age", "cache-control",
            "content-encoding", "content-length", "content-range", "content-type", "cookie", "etag", "expires",
            "if-match", "if-modified-since", "if-none-match", "last-modified", "location", "range", "retry-after",
            "set-cookie", "vary");

    private static final String COOKIE_VALUE = "(=)[^;]*";

    private HttpText() {}

    /// The path and the query: which port a server got differs from run to run.
    static String target(URI uri) {
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    /// A line for each field shown, by name: `ETag: "x"`. A cookie keeps its name and its attributes.
    static List<String> fields(Map<String, List<String>> headers) {
        return headers.entrySet().stream().filter(field -> SHOWN.contains(field.getKey().toLowerCase(Locale.ROOT)))
                .sorted(Map.Entry.comparingByKey(String.CASE_INSENSITIVE_ORDER))
                .flatMap(field -> field.getValue().stream()
                        .map(value -> line(field.getKey().toLowerCase(Locale.ROOT), value)))
                .toList();
    }

    private static String line(String name, String value) {
        return name + ": " + switch (name) {
            case "set-cookie" -> value.replaceFirst(COOKIE_VALUE, "$1(hidden)");
            case "cookie" -> value.replaceAll(COOKIE_VALUE, "$1(hidden)");
            default -> value;
        };
    }
}
