///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES LAB
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import java.sql.ResultSet;
import java.sql.SQLException;

final int ttl = knob("ttl", 60_000); // ms for which an answer is kept
final LongAdder queries = new LongAdder();

void main() { steps(this::firstRead, this::secondRead); }

/// Ask Valkey; on a miss ask the database, and keep the answer.
String name(String iata) throws SQLException {
    String key = "airport:" + iata;
    String known = valkey().get(key);
    if (known != null) return known;
    String name = query(iata);
    valkey().set(key, name, setParams().px(ttl));
    return name;
}

/// The name as the database has it, counted.
String query(String iata) throws SQLException {
    queries.increment();
    try (var db = flughafen().getConnection();
            var sql = db.prepareStatement(
                    "SELECT name FROM airport WHERE iata = ?")) {
        sql.setString(1, iata);
        ResultSet row = sql.executeQuery();
        row.next();
        return row.getString(1);
    }
}

void firstRead() throws SQLException {
    IO.println(name("ZRH"));
    check("a miss asks the database", queries.sum() == 1);
}

void secondRead() throws SQLException {
    IO.println(name("ZRH"));
    check("a hit does not", queries.sum() == 1);
}
