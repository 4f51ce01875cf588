package engine;

import engine.LayeredGraph.Node;
import engine.LayeredGraph.Port;
import engine.LayeredGraph.Wire;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Places boxes in layers, from left to right, and leads wires around them.
///
/// In four steps, as K. Sugiyama, S. Tagawa and M. Toda, "Methods for Visual Understanding of Hierarchical System
/// Structures", IEEE Transactions on Systems, Man, and Cybernetics 11(2), 1981: layers; an order in each, in which few
/// wires cross; places; ways. A wire that spans layers has a slot in each between them, as a box has. Eclipse ELK does
/// this too, but asks for any Guava, brings EMF, and needs a part of Xtext that it does not name.
final class LayeredLayout {
    private static final int SWEEPS = 6;
    private static final double CROSSING = 60; // as bad as so many pixels up or down

    private final List<List<Node>> layers = new ArrayList<>();
    private final Map<Port, Port> slots = new HashMap<>(); // by where a wire comes from, one layer before
    private final List<List<Wire>> gaps = new ArrayList<>(); // right of each layer, in the order of their turns

    /// @param nodes of layers from 0, none of which is empty
    /// @param wires from a node to nodes of any later layers
    LayeredLayout(List<Node> nodes, List<Wire> wires) {
        int last = nodes.stream().mapToInt(node -> node.layer).max().orElse(0);
        for (int i = 0; i <= last; i++) {
            int layer = i;
            layers.add(new ArrayList<>(nodes.stream().filter(node -> node.layer == layer).toList()));
            gaps.add(new ArrayList<>());
        }
        wires.forEach(this::cut);
        order();
    }

    /// Cuts a wire into pieces from layer to layer.
    private void cut(Wire wire) {
        Port from = wire.from();
        int last = wire.to().stream().mapToInt(port -> port.node().layer).max().orElse(0);
        for (int layer = from.node().layer + 1; layer <= last; layer++) {
            int here = layer;
            List<Port> to = new ArrayList<>(wire.to().stream().filter(port -> port.node().layer == here).toList());
            Port next = null;
            if (layer < last) {
                Node slot = new Node(0, layer);
                layers.get(layer).add(slot);
                next = new Port(slot, 0);
                slots.put(from, next);
                to.add(next);
            }
            gaps.get(layer - 1).add(new Wire(from, to));
            from = next;
        }
    }

    /// Exchanges nodes of a layer as long as that makes the whole drawing better.
    private void order() {
        double best = place();
        for (boolean better = true; better; ) {
            better = false;
            for (List<Node> layer : layers) {
                for (int i = 0; i < layer.size(); i++) {
                    for (int j = i + 1; j < layer.size(); j++) {
                        Collections.swap(layer, i, j);
                        double now = place();
                        if (now < best - 0.5) {
                            best = now;
                            better = true;
                        } else {
                            Collections.swap(layer, i, j);
                        }
                    }
                }
            }
        }
        place();
    }

    /// Places all nodes in the order in which they stand now.
    ///
    /// @return how bad that is
    private double place() {
        for (List<Node> layer : layers) {
            int y = 0;
            for (int i = 0; i < layer.size(); i++) {
                layer.get(i).y = y;
                if (i + 1 < layer.size()) y += layer.get(i).height + Spacing.between(layer.get(i), layer.get(i + 1));
            }
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int i = 1; i < layers.size(); i++) Spacing.settle(layers.get(i), wishes(i - 1, i - 1));
            for (int i = layers.size() - 2; i >= 0; i--) Spacing.settle(layers.get(i), wishes(i, i));
        }
        for (int i = 0; i < layers.size(); i++) Spacing.settle(layers.get(i), wishes(Math.max(0, i - 1), i));
        int top = layers.stream().flatMap(List::stream).mapToInt(node -> node.y).min().orElse(0);
        layers.stream().flatMap(List::stream).forEach(node -> node.y -= top);
        gaps.forEach(LayeredLayout::turn);
        return badness();
    }

    /// Where the wires of some gaps would have each node, for straight lines.
    private Map<Node, List<Integer>> wishes(int firstGap, int lastGap) {
        Map<Node, List<Integer>> wishes = new HashMap<>();
        for (int gap = firstGap; gap <= lastGap; gap++) {
            for (Wire wire : gaps.get(gap)) {
                Port from = wire.from();
                for (Port to : wire.to()) {
                    wishes.computeIfAbsent(to.node(), _ -> new ArrayList<>()).add(from.y() - to.below());
                    wishes.computeIfAbsent(from.node(), _ -> new ArrayList<>()).add(to.y() - from.below());
                }
            }
        }
        return wishes;
    }

    /// Orders the wires of a gap by where they turn: each is put where it crosses fewest of those before it.
    private static void turn(List<Wire> gap) {
        List<Wire> ordered = new ArrayList<>();
        for (Wire wire : gap.stream().sorted(Comparator.comparingInt(wire -> wire.from().y())).toList()) {
            int place = IntStream.rangeClosed(0, ordered.size()).boxed().min(Comparator.comparingInt(i ->
                    ordered.subList(0, i).stream().mapToInt(left -> left.crossings(wire)).sum()
                    + ordered.subList(i, ordered.size()).stream().mapToInt(wire::crossings).sum())).orElseThrow();
            ordered.add(place, wire);
        }
        Collections.copy(gap, ordered);
    }

    /// Pixels that a reader's eye must go, and crossings; what others refer to had better stand at the top.
    private double badness() {
        double bad = bottom() + layers.getFirst().stream().mapToInt(node -> node.y).average().orElse(0);
        for (List<Wire> gap : gaps) {
            for (int i = 0; i < gap.size(); i++) {
                bad += gap.get(i).bottom() - gap.get(i).top();
                for (Wire right : gap.subList(i + 1, gap.size())) bad += CROSSING * gap.get(i).crossings(right);
            }
        }
        return bad;
    }

    private int bottom() {
        return layers.stream().flatMap(List::stream).mapToInt(node -> node.y + node.height).max().orElse(0);
    }

    /// The nodes and slots of a layer, from the top.
    List<Node> layer(int layer) {
        return layers.get(layer);
    }

    int size() {
        return layers.size();
    }

    /// The wires right of a layer, in the order in which they turn.
    List<Wire> gap(int layer) {
        return gaps.get(layer);
    }

    /// The ports that a line passes from one port to another, both included.
    List<Port> way(Port from, Port to) {
        List<Port> way = new ArrayList<>(List.of(from));
        while (way.getLast().node().layer < to.node().layer - 1) way.add(slots.get(way.getLast()));
        way.add(to);
        return way;
    }
}
