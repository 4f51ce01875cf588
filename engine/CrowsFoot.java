package engine;

/// The ends of a reference's line as SVG paths, in crow's foot notation: G. C. Everest, "Basic Data Structure Models
/// Explained with a Common Example", 1976. A line leaves the right side of a box and enters the left side of another.
final class CrowsFoot {
    private CrowsFoot() {}

    /// At what is referred to: one, or perhaps none.
    static String one(int x, int y, boolean optional) {
        return bar(x + 6, y) + (optional ? circle(x + 10, y) : bar(x + 10, y));
    }

    /// At what refers: any number, or at most one.
    static String many(int x, int y, boolean single) {
        return single ? bar(x - 6, y) + circle(x - 16, y)
                : "M%d,%dl-10,5l10,5m0,-5h-10".formatted(x, y - 5) + circle(x - 16, y);
    }

    private static String bar(int x, int y) {
        return "M%d,%dv10".formatted(x, y - 5);
    }

    private static String circle(int left, int y) {
        return "M%d,%da3,3 0 1,0 6,0a3,3 0 1,0 -6,0".formatted(left, y);
    }
}
