package engine;

import java.util.List;
import java.util.stream.Collectors;
import lab.Event;

/// What one actor sent at once and had answered: a command, a statement, a pipeline; or a remark of its own.
record Exchange(int lane, List<Event.Entry> entries) {
    private static final int WIDTH = 160; // characters of a call or reply that are shown

    static boolean worthShowing(Event event) {
        return overTheWire(event) || event instanceof Event.Printed || event instanceof Event.Checked;
    }

    static boolean overTheWire(Event event) {
        return event instanceof Event.Command || event instanceof Event.Sql;
    }

    /// Whether this command travels with those before it.
    boolean joins(Event.Entry entry) {
        return entry.what() instanceof Event.Command next && entries.getLast().what() instanceof Event.Command last
                && next.connection() == last.connection() && next.mode() == last.mode()
                && (next.mode() == Event.Command.Mode.PIPELINED
                        || next.mode() == Event.Command.Mode.MULTI && !last.name().equals("EXEC"));
    }

    long start() {
        return entries.getFirst().at();
    }

    long end() {
        return entries.stream().mapToLong(entry -> entry.at() + micros(entry.what())).max().orElseThrow();
    }

    private static long micros(Event event) {
        return switch (event) {
            case Event.Command command -> command.micros();
            case Event.Sql sql -> sql.micros();
            default -> 0;
        };
    }

    /// The row of `kind` that shows this, `at` µs after the step began.
    Sequence.Row row(String kind, long at) {
        String took = Units.micros(end() - start());
        String time = "+" + Units.micros(at);
        if (entries.size() > 1) {
            return new Sequence.Row(kind, lane, "valkey", time, together(), Units.count(entries.size()) + " replies",
                    "", took, entries.stream().map(entry -> item((Event.Command) entry.what())).toList());
        }
        return switch (entries.getFirst().what()) {
            case Event.Command c -> new Sequence.Row(kind, lane, "valkey", time, call(c), cut(c.reply()), found(c), took, List.of());
            case Event.Sql sql -> new Sequence.Row(kind, lane, "sqlite", time, cut(sql.sql().strip().replaceAll("\\s+", " ")),
                    Units.count(sql.rows(), "row"), "", took, List.of());
            case Event.Checked check -> note(time, (check.holds() ? "✓ " : "✗ ") + check.claim());
            case Event.Printed printed -> note(time, printed.text().isBlank() ? "(an empty line)" : "“" + cut(printed.text().strip()) + "”");
            default -> throw new IllegalArgumentException("no row shows " + entries.getFirst().what());
        };
    }

    private Sequence.Row note(String time, String text) {
        return new Sequence.Row("note", lane, "", time, text, "", "", "", List.of());
    }

    private String together() {
        var first = (Event.Command) entries.getFirst().what();
        String how = first.mode() == Event.Command.Mode.MULTI ? "transaction" : "pipeline";
        return "%s of %s".formatted(how, Units.count(entries.size(), "command"));
    }

    private static Sequence.Item item(Event.Command command) {
        return new Sequence.Item(call(command), cut(command.reply()), found(command));
    }

    private static String call(Event.Command command) {
        return cut(command.name() + command.args().stream().map(arg -> " " + (arg.isEmpty() ? "\"\"" : arg)).collect(Collectors.joining()));
    }

    private static String found(Event.Command command) {
        return command.hit() == null ? "" : command.hit() ? "hit" : "miss";
    }

    private static String cut(String text) {
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "…";
    }
}
