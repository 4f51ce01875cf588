package engine;

import engine.StepView.Said;
import java.util.ArrayList;
import java.util.List;
import lab.Event;

/// Gathers what a step said, in order: lines printed one after the other are one piece, and so are checks and timings.
final class Sayings {
    private final String anchor;
    private final List<Said> said = new ArrayList<>();
    private int checks;

    Sayings(String anchor) {
        this.anchor = anchor;
    }

    List<Said> all(List<Event.Entry> entries) {
        entries.forEach(this::add);
        return said;
    }

    private void add(Event.Entry entry) {
        switch (entry.what()) {
            case Event.Printed printed -> lines().add(line(entry.actor(), printed));
            case Event.Checked check -> checks().add(check(check));
            case Event.Measured measured -> timings().add(timing(measured));
            case Event.Table table -> addFigure(new StepView.Table(table));
            case Event.Chart chart -> addFigure(new StepView.Chart(ChartView.of(chart)));
            case Event.Grid grid -> addFigure(new StepView.Chart(GridChart.of(grid)));
            case Event.Boxes boxes -> addFigure(new StepView.Boxes(boxes));
            case Event.Failed f -> said.add(new StepView.Failed(f.message(), where(f.file(), f.line()), f.trace()));
            default -> {} // what went over the wire is under the hood
        }
    }

    private List<StepView.Line> lines() {
        if (last() instanceof StepView.Printed(var lines)) return lines;
        return begin(new StepView.Printed(new ArrayList<>())).lines();
    }

    private List<StepView.Check> checks() {
        if (last() instanceof StepView.Checks(var checks)) return checks;
        return begin(new StepView.Checks(new ArrayList<>())).checks();
    }

    private List<StepView.Timing> timings() {
        if (last() instanceof StepView.Measured(var timings, _)) return timings;
        return begin(new StepView.Measured(new ArrayList<>(), false)).timings();
    }

    private void addFigure(Said figure) {
        if (last() instanceof StepView.Measured(var timings, _)) {
            said.set(said.size() - 1, new StepView.Measured(timings, true));
        }
        said.add(figure);
    }

    private Said last() {
        return said.isEmpty() ? null : said.getLast();
    }

    private <T extends Said> T begin(T what) {
        said.add(what);
        return what;
    }

    private static StepView.Line line(String actor, Event.Printed printed) {
        return new StepView.Line(actor.equals("main") ? "" : actor, printed.text());
    }

    private StepView.Check check(Event.Checked check) {
        String id = "%s-check-%d".formatted(anchor, ++checks);
        return new StepView.Check(id, check.claim(), check.holds(), where(check.file(), check.line()));
    }

    private static StepView.Timing timing(Event.Measured m) {
        return new StepView.Timing(m.name(), Units.count(m.samples()), Units.micros(m.p50()), Units.micros(m.p99()),
                Units.micros(m.max()));
    }

    private static String where(String file, int line) {
        return file + ":" + line;
    }
}
