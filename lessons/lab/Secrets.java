package lab;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Keeps passwords out of what is recorded.
final class Secrets {
    private static final String HIDDEN = "(hidden)";
    private static final Pattern NAMED = Pattern.compile("(?i)pass|auth");
    private static final Pattern HASHED = Pattern.compile("\\p{XDigit}{32}|#\\p{XDigit}{8}"); // or made by ACL GENPASS
    private static final Pattern ACL_SECRET = Pattern.compile("[><#!]"); // `ACL SETUSER name >password`

    private Secrets() {}

    /// The arguments of a command without its secrets: what follows `AUTH`, `requirepass` and their like is hidden.
    static List<String> hide(String command, List<String> arguments) {
        return switch (command.toUpperCase()) {
            case "AUTH" -> arguments.stream().map(a -> HIDDEN).toList();
            case "ACL" -> arguments.stream().map(a -> ACL_SECRET.matcher(a).lookingAt() ? HIDDEN : a).toList();
            case "HELLO", "CONFIG", "MIGRATE" -> {
                long shown = arguments.stream().takeWhile(a -> !NAMED.matcher(a).find()).count() + 1;
                yield IntStream.range(0, arguments.size())
                        .mapToObj(i -> i < shown ? arguments.get(i) : HIDDEN).toList();
            }
            default -> arguments;
        };
    }

    /// The reply of a command, hidden as a whole where it tells a password or its hash.
    static String hideReply(String command, String reply) {
        return switch (command.toUpperCase()) {
            case "CONFIG" -> NAMED.matcher(reply).find() ? HIDDEN : reply;
            case "ACL" -> HASHED.matcher(reply).find() ? HIDDEN : reply;
            default -> reply;
        };
    }
}
