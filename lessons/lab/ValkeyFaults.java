package lab;

import data.Fault;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/// Why a server cannot be used, in one line with the way out.
final class ValkeyFaults {
    private ValkeyFaults() {}

    /// What a failed first exchange means.
    static Fault explain(ValkeyUrl url, JedisException failure) {
        String why = causes(failure).stream().map(ValkeyFaults::meaning).filter(Objects::nonNull).findFirst()
                .orElse(failure instanceof JedisConnectionException
                        ? "what answers there does not speak Valkey's protocol; mend host and port"
                        : failure.getMessage());
        String message = "cannot use Valkey at %s: %s (or unset VALKEY_URL)".formatted(url, why);
        return new Fault(Fault.USAGE, message, failure);
    }

    /// The server answers, but is not what the lessons need.
    static Fault refuse(ValkeyUrl url, String why) {
        return new Fault(Fault.USAGE,
                "%s %s; the lessons need Valkey 8.0 or later (or unset VALKEY_URL)".formatted(url, why));
    }

    /// The server answers, and takes no writes.
    static Fault replica(ValkeyUrl url, String primary) {
        return new Fault(Fault.USAGE,
                "%s is a replica, which takes no writes; name its primary, %s (or unset VALKEY_URL)"
                        .formatted(url, primary));
    }

    /// What is wrong and how to mend it; null if the cause does not tell.
    private static String meaning(Throwable cause) {
        return switch (cause) {
            case UnknownHostException e -> "no host of that name; mend the host in the URL";
            case SSLException e -> "TLS failed: %s; name a trust store that knows its certificate: %s"
                    .formatted(e.getMessage(), "JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=FILE");
            case SocketTimeoutException e -> "no answer in time; check host, port, TLS and firewall";
            case SocketException e -> e.getMessage() + "; start it, or mend host and port";
            case JedisAccessControlException e -> e.getMessage()
                    + "; mend user and password in the URL, or what this user may do";
            case JedisDataException e -> e.getMessage() + "; mend the server";
            default -> null;
        };
    }

    /// The failure, its causes, and what Jedis suppressed while it tried the addresses of a host.
    private static List<Throwable> causes(Throwable failure) {
        var all = new ArrayList<Throwable>();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            all.add(t);
            all.addAll(List.of(t.getSuppressed()));
        }
        return all;
    }
}
