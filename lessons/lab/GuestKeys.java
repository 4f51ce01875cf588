package lab;

import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/// The keys of a lesson on a server that we did not start: those under its own prefix, and no other.
final class GuestKeys {
    private static final int PAGE = 1_000;

    private GuestKeys() {}

    /// Deletes them from every primary. A server that is gone keeps what it has.
    static void delete(ValkeyServer server, String prefix) {
        try {
            for (HostAndPort node : server.primaries()) {
                try (Connection connection = server.connect(node)) {
                    deleteFrom(connection, prefix);
                }
            }
        } catch (JedisException e) {
            System.err.println("keys %s* may be left on %s: %s".formatted(prefix, server.url(), e.getMessage()));
        }
    }

    private static void deleteFrom(Connection connection, String prefix) {
        byte[] cursor = {'0'};
        do {
            var scan = new CommandArguments(Command.SCAN).add(cursor).add("MATCH").add(prefix + "*")
                    .add("COUNT").add(PAGE);
            var reply = (List<?>) connection.executeCommand(scan);
            cursor = (byte[]) reply.getFirst();
            var names = (List<?>) reply.getLast();
            // one each: in a cluster their slots differ
            names.forEach(name -> connection.sendCommand(Command.UNLINK, (byte[]) name));
            connection.getMany(names.size());
        } while (cursor.length != 1 || cursor[0] != '0');
    }
}
