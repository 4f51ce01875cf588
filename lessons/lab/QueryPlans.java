package lab;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// SQLite's plan of each query, asked once on a connection of its own, so that asking is neither recorded nor counted.
final class QueryPlans {
    private static final Pattern PLANNED = Pattern.compile("(?is)\\s*(SELECT|WITH|INSERT|UPDATE|DELETE|REPLACE)\\b.*");
    private static final Pattern CHANGES_PLANS = Pattern.compile("(?is)\\s*(CREATE|DROP|ALTER|ANALYZE|REINDEX)\\b.*");

    private final Opener opener;
    private final Map<String, List<Event.Plan>> known = new ConcurrentHashMap<>();

    interface Opener {
        Connection open() throws SQLException;
    }

    QueryPlans(Opener opener) {
        this.opener = opener;
    }

    /// The plan of `sql`, depth first; empty for what has none. Parameters need not be bound.
    List<Event.Plan> of(String sql) {
        return PLANNED.matcher(sql).matches() ? known.computeIfAbsent(sql, this::explain) : List.of();
    }

    /// `sql` was executed: after an index was made or dropped, plans are asked for anew.
    void executed(String sql) {
        if (CHANGES_PLANS.matcher(sql).matches()) known.clear();
    }

    private List<Event.Plan> explain(String sql) {
        var plan = new ArrayList<Event.Plan>();
        var depths = new HashMap<Integer, Integer>();
        try (Connection connection = opener.open(); var statement = connection.createStatement();
                ResultSet node = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
            while (node.next()) {
                int depth = depths.getOrDefault(node.getInt("parent"), -1) + 1;
                depths.put(node.getInt("id"), depth);
                plan.add(new Event.Plan(depth, node.getString("detail")));
            }
        } catch (SQLException e) {
            return List.of(); // what only its own connection sees: a temporary table, a table made but not committed
        }
        return plan;
    }
}
