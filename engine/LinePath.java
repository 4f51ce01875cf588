package engine;

/// An SVG path that goes across and down in turns; its corners are round.
final class LinePath {
    private static final int ROUND = 5;

    private final StringBuilder path;
    private int y;

    LinePath(int x, int y) {
        this.y = y;
        this.path = new StringBuilder("M%d,%d".formatted(x, y));
    }

    /// Goes on to the right to `x`, up or down there to `y`.
    void turn(int x, int y) {
        int down = y - this.y;
        int round = Math.min(ROUND, Math.abs(down) / 2) * Integer.signum(down);
        if (down != 0) path.append("H%dq%d,0 %d,%dV%dq0,%d %d,%d".formatted(x - Math.abs(round), Math.abs(round),
                Math.abs(round), round, y - round, round, Math.abs(round), round));
        this.y = y;
    }

    /// The path, ended at the right.
    String to(int x) {
        return path.append("H").append(x).toString();
    }
}
