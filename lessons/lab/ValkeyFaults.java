package lab;

import data.Fault;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
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
        for (Throwable cause : causes(failure)) {
            switch (cause) {
                case UnknownHostException e -> { return fault(url, "no host of that name", "mend the host in the URL", failure); }
                case SSLException e -> { return fault(url, "TLS failed: " + e.getMessage(), "name a trust store that knows its certificate: "
                        + "JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=FILE", failure); }
                case SocketTimeoutException e -> { return fault(url, "no answer in time", "check host, port, TLS and firewall", failure); }
                case SocketException e -> { return fault(url, e.getMessage(), "start it, or mend host and port", failure); }
                case JedisAccessControlException e -> { return fault(url, e.getMessage(),
                        "mend user and password in the URL, or what this user may do", failure); }
                case JedisDataException e -> { return fault(url, e.getMessage(), "mend the server", failure); }
                default -> {}
            }
        }
        return failure instanceof JedisConnectionException
                ? fault(url, "what answers there does not speak Valkey's protocol", "mend host and port", failure)
                : fault(url, failure.getMessage(), "mend the server", failure);
    }

    /// The server answers, but is not what the lessons need.
    static Fault refuse(ValkeyUrl url, String why) {
        return new Fault(Fault.USAGE, "%s %s; the lessons need Valkey 8.0 or later (or unset VALKEY_URL)".formatted(url, why));
    }

    private static Fault fault(ValkeyUrl url, String what, String mend, Throwable cause) {
        return new Fault(Fault.USAGE, "cannot use Valkey at %s: %s; %s (or unset VALKEY_URL)".formatted(url, what, mend), cause);
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
