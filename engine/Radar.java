package engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// What each step of the lessons asked of Valkey and SQLite, drawn around a clock. Valkey is a ring: outside it stands
/// what it was asked, inside it what SQLite was asked. A bar's length is the logarithm of its count, on both sides of
/// the ring alike. The middle of the drawing is 0, 0.
///
/// @param circles powers of ten
/// @param kinds   what the colours mean, each with its sum
/// @param words   the drawing in a sentence
public record Radar(List<Circle> circles, List<Sector> sectors, List<Kind> kinds, String ratio, String words) {
    private static final int RING = 132; // Valkey's radius, and half its width
    private static final int BAND = 10;
    private static final int ROOM = 78; // the longest bar
    private static final int ONE = 7; // a bar that stands for 1
    private static final int GATES = 242;
    private static final double FULLEST = 7; // the widest bar

    /// @param outside radius outside the ring; `inside` within it
    public record Circle(String outside, String inside, String label) {}

    /// A lesson.
    ///
    /// @param x of its gate's middle
    public record Sector(String gate, String href, String title, String x, String y, List<Spoke> spokes, Row sum) {}

    /// A step.
    ///
    /// @param angle clockwise from the top, degrees
    /// @param width of its place on the ring
    public record Spoke(String angle, String width, List<Bar> bars, Row row) {}

    /// @param kind  `hits`, `misses`, `others` or `sql`
    /// @param x     beside the middle of the spoke; the bar goes from `from` to `to` above the drawing's middle
    public record Bar(String kind, String x, int from, String to, String width) {}

    /// A line of the table: what a step, or a lesson, did.
    ///
    /// @param cell  where it is shown, `lesson02.html#cell-race`, if it is
    public record Row(String name, Optional<String> cell, String hits, String misses, String ratio, String others,
            String sql) {}

    public record Kind(String name, String label, String count) {}

    /// The step that a spoke is for.
    private record Done(String name, Cost cost, Optional<String> cell) {}

    /// @param runs of the lessons, in the order of the course
    /// @return nothing if they asked nothing
    static Optional<Radar> of(List<Run> runs, Map<Chapter, Text> texts) {
        Cost sum = runs.stream().map(run -> run.transcript().cost()).reduce(Cost.NOTHING, Cost::plus);
        if (sum.commands() + sum.sql() == 0) return Optional.empty();
        List<List<Done>> done = runs.stream().map(run -> done(run, texts)).toList();
        int slots = done.stream().mapToInt(steps -> steps.size() + 1).sum(); // one free after each
        long most = done.stream().flatMap(List::stream).map(Done::cost)
                .flatMapToLong(t -> LongStream.of(t.hits(), t.misses(), t.others(), t.sql())).max().orElseThrow();
        var scale = new Scale(Math.max(2, Math.log10(most)), 360.0 / slots);
        List<Sector> sectors = new ArrayList<>();
        int slot = 0;
        for (int i = 0; i < runs.size(); i++) {
            sectors.add(sector(runs.get(i), texts, done.get(i), slot, scale));
            slot += done.get(i).size() + 1;
        }
        int steps = slots - runs.size();
        return Optional.of(new Radar(scale.circles(), sectors, kinds(sum), sum.ratio(),
                "%s of %s sent %s to Valkey and %s to SQLite.".formatted(Units.count(steps, "step"),
                        Units.count(runs.size(), "lesson"), Units.count(sum.commands(), "command"),
                        Units.count(sum.sql(), "statement"))));
    }

    private static List<Kind> kinds(Cost sum) {
        return List.of(new Kind("hits", "hits", Units.count(sum.hits())),
                new Kind("misses", "misses", Units.count(sum.misses())),
                new Kind("others", "other commands", Units.count(sum.others())),
                new Kind("sql", "SQL statements", Units.count(sum.sql())));
    }

    private static List<Done> done(Run run, Map<Chapter, Text> texts) {
        String source = run.lesson().source().getFileName().toString();
        Map<String, String> cells = texts.get(run.lesson()).companion().outputs(source)
                .collect(Collectors.toMap(Block.Cell::name, Block.Cell::id, (first, _) -> first));
        return run.transcript().steps().stream().map(step -> new Done(step.name(), Cost.of(step),
                Optional.ofNullable(cells.get(step.name())).map(id -> LessonPage.file(run.lesson()) + "#" + id)))
                .toList();
    }

    private static Sector sector(Run run, Map<Chapter, Text> texts, List<Done> steps, int slot, Scale scale) {
        String gate = LessonPage.gate(run.lesson());
        double middle = Math.toRadians(scale.angle(slot + steps.size() / 2.0 - 0.5));
        List<Spoke> spokes = IntStream.range(0, steps.size())
                .mapToObj(i -> spoke(steps.get(i), scale.angle(slot + i), scale)).toList();
        Cost sum = steps.stream().map(Done::cost).reduce(Cost.NOTHING, Cost::plus);
        String file = LessonPage.file(run.lesson());
        return new Sector(gate, file, texts.get(run.lesson()).companion().title(), number(GATES * Math.sin(middle)),
                number(-GATES * Math.cos(middle)), spokes, row("", Optional.of(file), sum));
    }

    private static Spoke spoke(Done step, double angle, Scale scale) {
        Cost t = step.cost();
        List<Bar> bars = new ArrayList<>();
        double third = scale.width() * 0.27;
        double thick = Math.min(FULLEST, scale.width() * 0.21);
        if (t.hits() > 0) bars.add(bar("hits", -third, t.hits(), thick, scale));
        if (t.misses() > 0) bars.add(bar("misses", 0, t.misses(), thick, scale));
        if (t.others() > 0) bars.add(bar("others", third, t.others(), thick, scale));
        if (t.sql() > 0) bars.add(bar("sql", 0, t.sql(), Math.min(FULLEST, scale.width() * 0.3), scale));
        return new Spoke(number(angle), number(scale.width()), bars, row(step.name(), step.cell(), t));
    }

    private static Bar bar(String kind, double x, long count, double width, Scale scale) {
        boolean inside = kind.equals("sql");
        int from = inside ? RING - BAND : RING + BAND;
        double to = inside ? from - scale.length(count) : from + scale.length(count);
        return new Bar(kind, number(x), -from, number(-to), number(width));
    }

    private static Row row(String name, Optional<String> cell, Cost t) {
        return new Row(name, cell, Units.count(t.hits()), Units.count(t.misses()), t.ratio(), Units.count(t.others()),
                Units.count(t.sql()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "").replaceFirst("^-0$", "0");
    }

    /// @param decades powers of ten up to the longest bar
    /// @param degrees from a spoke to the next
    private record Scale(double decades, double degrees) {
        double length(long count) {
            return ONE + (ROOM - ONE) * Math.log10(count) / decades;
        }

        double angle(double slot) {
            return degrees * (slot + 1);
        }

        double width() {
            return Math.toRadians(degrees) * RING;
        }

        List<Circle> circles() {
            return IntStream.rangeClosed(1, (int) decades).mapToObj(power -> {
                long count = Math.round(Math.pow(10, power));
                return new Circle(number(RING + BAND + length(count)), number(RING - BAND - length(count)),
                        Units.count(count));
            }).toList();
        }
    }
}
