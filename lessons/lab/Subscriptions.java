package lab;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Tells which of what a connection reads is a message, which confirms a subscription, and which is an ordinary reply.
///
/// SUBSCRIBE with three channels gets three confirmations; messages may come between them.
final class Subscriptions {
    enum Read { REPLY, MESSAGE, CONFIRMATION, LAST_CONFIRMATION }

    private boolean subscribed;
    private int confirmed; // of the command that waits

    /// What `reply` is.
    ///
    /// @param waiting  the command that waits for its reply, empty for none
    /// @param channels how many channels it names; none, in an UNSUBSCRIBE, means all
    Read read(Object reply, String waiting, int channels) {
        if (!subscribed && !waiting.endsWith("SUBSCRIBE")) return Read.REPLY; // else a list may begin with any word
        if (!(reply instanceof List<?> push) || push.isEmpty()) return Read.REPLY;
        if (!(push.getFirst() instanceof byte[] first)) return Read.REPLY;
        String kind = new String(first, StandardCharsets.US_ASCII);
        return switch (kind) {
            case "message", "pmessage", "smessage" -> Read.MESSAGE;
            case "subscribe", "psubscribe", "ssubscribe", "unsubscribe", "punsubscribe", "sunsubscribe" -> {
                subscribed = !push.getLast().equals(0L);
                if (!kind.equalsIgnoreCase(waiting) || ++confirmed < channels) yield Read.CONFIRMATION;
                confirmed = 0;
                yield Read.LAST_CONFIRMATION;
            }
            default -> Read.REPLY;
        };
    }
}
