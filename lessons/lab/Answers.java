package lab;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import redis.clients.jedis.UnifiedJedis;

/// Plain questions to a database and to a server, whose answers a lesson reasons about.
final class Answers {
    private Answers() {}

    static List<String> column(DataSource db, String sql, Object... parameters) throws SQLException {
        try (var connection = db.getConnection(); var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) statement.setObject(i + 1, parameters[i]);
            var column = new ArrayList<String>();
            if (!statement.execute()) return column;
            var rows = statement.getResultSet();
            while (rows.next()) column.add(rows.getString(1));
            return column;
        }
    }

    static long info(UnifiedJedis valkey, String name) {
        var number = Pattern.compile("(?m)^" + Pattern.quote(name) + ":\\D*(\\d+)").matcher(valkey.info("everything"));
        return number.find() ? Long.parseLong(number.group(1)) : 0;
    }
}
