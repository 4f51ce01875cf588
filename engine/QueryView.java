package engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lab.Event;

/// A statement and how SQLite found its rows.
///
/// @param ran rows and time of the first time: `12 rows · 1.4 ms`
public record QueryView(Html sql, String parameters, String ran, List<Node> plan) {

    /// A node of a query plan: what is done, `SCAN`, then with what.
    ///
    /// @param access    `scan` reads all of a table or index, `search` looks up, `sort` builds a tree; else empty
    /// @param operation empty where there is no such access
    public record Node(String access, String operation, String rest, List<Node> children) {}

    /// Each statement once, however often it ran; one that stands further up on the page not again.
    ///
    /// @param shown what the page shows so far; what is shown now is added
    static List<QueryView> all(List<Event.Sql> statements, Set<String> shown) {
        Map<String, List<Event.Sql>> byText = new LinkedHashMap<>();
        for (Event.Sql sql : statements) {
            boolean asksForPlan = sql.sql().startsWith("EXPLAIN"); // what that says, a plan says here
            if (!asksForPlan && !shown.contains(sql.sql()))
                byText.computeIfAbsent(sql.sql(), _ -> new ArrayList<>()).add(sql);
        }
        shown.addAll(byText.keySet());
        return byText.values().stream().map(QueryView::of).toList();
    }

    private static QueryView of(List<Event.Sql> runs) {
        Event.Sql first = runs.getFirst();
        return new QueryView(Highlighter.highlight("sql", first.sql().stripIndent().strip()),
                String.join(", ", first.parameters()),
                (runs.size() == 1 ? "" : "the first time ") + Units.count(first.rows(), "row") + " · "
                        + Units.micros(first.micros()),
                tree(first.plan()));
    }

    /// Nests what is listed depth first.
    private static List<Node> tree(List<Event.Plan> plan) {
        List<List<Node>> open = new ArrayList<>(List.of(new ArrayList<>()));
        for (Event.Plan p : plan) {
            Node node = node(p.detail());
            int depth = Math.min(p.depth(), open.size() - 1);
            open.subList(depth + 1, open.size()).clear();
            open.get(depth).add(node);
            open.add(node.children());
        }
        return open.getFirst();
    }

    private static Node node(String detail) {
        String access = access(detail);
        int end = access.isEmpty() ? 0 : access.equals("sort") ? "USE TEMP B-TREE".length() : detail.indexOf(' ');
        return new Node(access, detail.substring(0, end), detail.substring(end).strip(), new ArrayList<>());
    }

    /// See "EXPLAIN QUERY PLAN" in SQLite's documentation.
    private static String access(String detail) {
        if (detail.startsWith("SCAN") && !detail.startsWith("SCAN CONSTANT")) return "scan";
        if (detail.startsWith("SEARCH")) return "search";
        return detail.startsWith("USE TEMP B-TREE") ? "sort" : "";
    }
}
