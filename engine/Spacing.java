package engine;

import engine.LayeredGraph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Spreads the nodes of a layer.
final class Spacing {
    private static final int APART = 26; // pixels between boxes; less beside a slot

    private Spacing() {}

    static int between(Node above, Node below) {
        int slots = (above.height == 0 ? 1 : 0) + (below.height == 0 ? 1 : 0);
        return APART - 8 * slots;
    }

    /// Places the nodes of a layer as near to what is wished as their order lets them, in the sense of least squares.
    /// Pool adjacent violators: R. E. Barlow et al., "Statistical Inference under Order Restrictions", 1972.
    static void settle(List<Node> layer, Map<Node, List<Integer>> wishes) {
        record Pool(double sum, double weight, int nodes) {
            double mean() {
                return sum / weight;
            }
        }
        var pools = new ArrayList<Pool>();
        var offsets = new int[layer.size()];
        for (int i = 0; i < layer.size(); i++) {
            Node node = layer.get(i);
            if (i > 0) offsets[i] = offsets[i - 1] + layer.get(i - 1).height + between(layer.get(i - 1), node);
            List<Integer> own = wishes.getOrDefault(node, List.of());
            double weight = own.isEmpty() ? 0.01 : own.size();
            double wish = own.stream().mapToInt(y -> y).average().orElse(node.y) - offsets[i];
            var pool = new Pool(wish * weight, weight, 1);
            while (!pools.isEmpty() && pools.getLast().mean() > pool.mean()) {
                Pool above = pools.removeLast();
                pool = new Pool(above.sum + pool.sum, above.weight + pool.weight, above.nodes + pool.nodes);
            }
            pools.add(pool);
        }
        int i = 0;
        for (Pool pool : pools)
            for (int n = 0; n < pool.nodes; n++, i++) layer.get(i).y = (int) Math.rint(pool.mean()) + offsets[i];
    }
}
