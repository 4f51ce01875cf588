package lab;

import java.util.List;
import redis.clients.jedis.exceptions.JedisException;

/// Whether a read found what it asked for.
///
/// A hit is a reply without a nil; a read of many keys or fields is a hit when none is missing, a read of a collection
/// when it is not empty, which in Valkey is the same as being there. EXISTS, TTL, SISMEMBER and their like
/// are questions, not reads: whatever they reply is the answer. An empty string is neither hit nor miss: it may be an
/// answer or a tombstone, and only the lesson knows which.
final class Hit {
    private Hit() {}

    /// True for a hit, false for a miss, null if `command` is no such read, failed or found an empty string.
    static Boolean of(String command, Object reply) {
        if (reply instanceof JedisException || reply instanceof byte[] value && value.length == 0) return null;
        return switch (command) {
            case "GET", "GETEX", "GETDEL", "MGET", "HGET", "HMGET", "HGETALL", "HKEYS", "HVALS", "HGETEX", "HGETDEL",
                 "SMEMBERS", "LRANGE", "LINDEX", "ZSCORE", "ZMSCORE", "ZRANK", "ZREVRANK", "ZRANGE", "XRANGE",
                 "GEOPOS" -> found(reply);
            default -> null;
        };
    }

    private static boolean found(Object reply) {
        return switch (reply) {
            case null -> false;
            case byte[] value -> true;
            case List<?> many -> !many.isEmpty() && !many.contains(null);
            default -> true;
        };
    }
}
