package lab;

import data.Fault;
import java.util.Map;
import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/// The lesson's Valkey and its FlughafenDB, each opened when it is first asked for.
final class Bench {
    private static UnifiedJedis valkey;
    private static DataSource flughafen;

    private Bench() {}

    static synchronized UnifiedJedis valkey() {
        if (valkey == null) valkey = RedisClient.create(environment("VALKEY_URL"));
        return valkey;
    }

    static synchronized DataSource flughafen() {
        if (flughafen == null) {
            var sqlite = new SQLiteDataSource();
            sqlite.setUrl("jdbc:sqlite:" + environment("FLUGHAFENDB"));
            flughafen = sqlite;
        }
        return flughafen;
    }

    static DataSource flughafenCopy() {
        return flughafen();
    }

    static void settle() {
        if (valkey != null) valkey.ping();
    }

    static Event.Keyspace keyspace() {
        return null;
    }

    static boolean valkeyIsAtLeast(String version) {
        return "8.0".compareTo(version) >= 0;
    }

    static void shareWith(Map<String, String> environment) {}

    private static String environment(String name) {
        String value = System.getenv(name);
        if (value == null) throw new Fault(Fault.USAGE, "set " + name);
        return value;
    }
}
