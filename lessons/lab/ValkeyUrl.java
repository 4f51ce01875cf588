package lab;

import data.Fault;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.HostAndPort;

/// Where a Valkey is and who asks: `valkey://user:password@host:6379/0`.
///
/// Schemes are `valkey` and `redis`; with an `s` for TLS, `valkeys`; with `-cluster` for a node of a cluster.
/// Without a colon what stands before the `@` is the password of the default user, as valkey-cli reads it.
///
/// @param user     null for the default user
/// @param password null for none
/// @param cluster  the URL says that this is a node of a cluster
public record ValkeyUrl(HostAndPort node, boolean tls, boolean cluster, String user, String password, int database) {
    private static final Pattern SCHEME = Pattern.compile("(valkey|redis)(s?)(-cluster)?");
    private static final int DEFAULT_PORT = 6379;

    /// Reads `text`.
    ///
    /// @throws Fault (usage) if it is no such URL; the message does not repeat what may hold a password
    public static ValkeyUrl parse(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw unreadable("at character " + e.getIndex());
        }
        Matcher scheme = SCHEME.matcher(uri.getScheme() == null ? "" : uri.getScheme().toLowerCase());
        if (!scheme.matches()) throw unreadable("its scheme is none of valkey, valkeys, redis, rediss, redis-cluster");
        if (uri.getHost() == null) throw unreadable("it names no host");
        String path = uri.getPath();
        if (!path.matches("/?\\d{0,5}")) throw unreadable("what follows the host is not the number of a database");
        String[] who = uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
        String user = who.length == 2 && !who[0].isEmpty() ? who[0] : null;
        String password = who.length == 0 ? null : who[who.length - 1];
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        int database = path.length() > 1 ? Integer.parseInt(path.substring(1)) : 0;
        boolean tls = !scheme.group(2).isEmpty();
        boolean cluster = scheme.group(3) != null;
        return new ValkeyUrl(new HostAndPort(uri.getHost(), port), tls, cluster, user, password, database);
    }

    /// The URL without its password.
    @Override
    public String toString() {
        return "valkey" + (tls ? "s" : "") + (cluster ? "-cluster" : "") + "://"
                + (user == null ? "" : user + "@") + node + (database == 0 ? "" : "/" + database);
    }

    private static Fault unreadable(String why) {
        return new Fault(Fault.USAGE, "cannot read the URL of Valkey: " + why
                + "; write it as valkey://user:password@host:6379/0, special characters of the password as %40");
    }
}
