package engine;

import engine.SqlSchema.Reference;
import engine.SqlSchema.Unfit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Gives each table that refers or is referred to a layer, right of all that it refers to.
final class TableLayers {
    private final Map<String, Set<String>> parents = new HashMap<>();
    private final Map<String, Set<String>> children = new HashMap<>();
    private final Map<String, Integer> layers = new HashMap<>();

    private TableLayers(SqlSchema schema) {
        for (Reference reference : schema.references()) {
            parents.computeIfAbsent(reference.from(), _ -> new LinkedHashSet<>()).add(reference.to());
            children.computeIfAbsent(reference.to(), _ -> new LinkedHashSet<>()).add(reference.from());
        }
    }

    /// @return layers from 0, by table
    /// @throws Unfit if a table refers to itself, at once or through others: lines lead one way only
    static Map<String, Integer> of(SqlSchema schema) throws Unfit {
        var maker = new TableLayers(schema);
        for (String table : maker.parents.keySet()) maker.place(table, new LinkedHashSet<>());
        maker.pullRoots();
        return maker.layers;
    }

    /// The longest way from a table that refers to none.
    private int place(String table, Set<String> under) throws Unfit {
        if (layers.containsKey(table)) return layers.get(table);
        if (!under.add(table)) throw new Unfit("table '%s' refers to itself, at once or through others; "
                .formatted(table) + "the diagram's lines lead one way only");
        int layer = 0;
        for (String parent : parents.getOrDefault(table, Set.of())) layer = Math.max(layer, place(parent, under) + 1);
        under.remove(table);
        layers.put(table, layer);
        return layer;
    }

    /// A table that refers to none comes near to what refers to it. A table with but this one reference follows.
    private void pullRoots() {
        Set<String> roots = children.keySet().stream().filter(table -> !parents.containsKey(table))
                .collect(Collectors.toSet());
        for (String root : roots) {
            int nearest = children.get(root).stream().filter(child -> !follows(child)).mapToInt(layers::get)
                    .min().orElse(1);
            layers.put(root, nearest - 1);
        }
        parents.keySet().stream().filter(this::follows)
                .forEach(table -> layers.put(table, layers.get(parents.get(table).iterator().next()) + 1));
    }

    private boolean follows(String table) {
        return parents.get(table).size() == 1 && !children.containsKey(table);
    }
}
