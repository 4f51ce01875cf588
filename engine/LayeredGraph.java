package engine;

import java.util.List;
import java.util.stream.Stream;

/// What [LayeredLayout] places: nodes in layers, and wires between them. All measures are in pixels.
final class LayeredGraph {
    private static final int NEAR = 4; // nearer lines look like one

    private static final int OVERLAP = 8; // lines on each other are as bad as so many crossings

    private LayeredGraph() {}

    /// A box, or the slot of a wire; its top is found here.
    static final class Node {
        final int height;
        final int layer;
        int y;

        Node(int height, int layer) {
            this.height = height;
            this.layer = layer;
        }
    }

    /// Where a wire meets a node: so many pixels below its top.
    record Port(Node node, int below) {
        int y() {
            return node.y + below;
        }
    }

    /// What leads from a port to ports of the next layer: one line that forks.
    record Wire(Port from, List<Port> to) {
        int top() {
            return ports().mapToInt(Port::y).min().orElseThrow();
        }

        int bottom() {
            return ports().mapToInt(Port::y).max().orElseThrow();
        }

        private Stream<Port> ports() {
            return Stream.concat(Stream.of(from), to.stream());
        }

        /// How often it crosses another, or runs too near to it, if it turns left of where that one turns.
        int crossings(Wire right) {
            int crossings = (int) to.stream().filter(port -> right.spans(port.y())).count();
            if (spans(right.from.y())) crossings++;
            int same = (int) to.stream().filter(port -> Math.abs(port.y() - right.from.y()) < NEAR).count();
            return crossings + OVERLAP * same;
        }

        private boolean spans(int y) {
            return bottom() - top() > 1 && y > top() - NEAR && y < bottom() + NEAR;
        }
    }
}
