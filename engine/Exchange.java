package engine;

import java.util.List;
import java.util.stream.Collectors;
import lab.Event;

/// What one actor sent at once and had answered: a command, a statement, a pipeline; or a remark of its own.
record Exchange(int lane, List<Event.Entry> entries) {
    private static final int WIDTH = 160; // characters of a call or reply that are shown
    private static final int BATCH = 12; // commands of a pipeline that are shown

    static boolean worthShowing(Event event) {
        return overTheWire(event) || event instanceof Event.Printed(String text) && !text.isBlank()
                || event instanceof Event.Checked;
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
        String time = "+" + Units.micros(at);
        return entries.size() > 1 ? batch(kind, time) : switch (entries.getFirst().what()) {
            case Event.Command c -> trip(kind, "valkey", time, call(c), cut(c.reply()), found(c), List.of());
            case Event.Sql s -> trip(kind, "sqlite", time, cut(s.sql().strip().replaceAll("\\s+", " ")),
                    Units.count(s.rows(), "row"), "", List.of());
            case Event.Checked check -> note(time, (check.holds() ? "✓ " : "✗ ") + check.claim());
            case Event.Printed printed -> note(time, "“" + cut(printed.text().strip()) + "”");
            default -> throw new IllegalArgumentException("no row shows " + entries.getFirst().what());
        };
    }

    private Sequence.Row batch(String kind, String time) {
        boolean transaction = ((Event.Command) entries.getFirst().what()).mode() == Event.Command.Mode.MULTI;
        String what = transaction ? "transaction" : "pipeline";
        String size = Units.count(entries.size());
        return trip(kind, "valkey", time, what + " of " + size + " commands", size + " replies", "",
                entries.stream().limit(BATCH).map(entry -> item((Event.Command) entry.what())).toList());
    }

    private Sequence.Row trip(String kind, String to, String time, String call, String reply, String found,
            List<Sequence.Item> batch) {
        return new Sequence.Row(kind, lane, to, time, call, reply, found, Units.micros(end() - start()), batch);
    }

    private Sequence.Row note(String time, String text) {
        return new Sequence.Row("note", lane, "", time, text, "", "", "", List.of());
    }

    private static Sequence.Item item(Event.Command command) {
        return new Sequence.Item(call(command), cut(command.reply()), found(command));
    }

    private static String call(Event.Command command) {
        return cut(command.name() + command.args().stream().map(arg -> arg.isEmpty() ? " \"\"" : " " + arg)
                .collect(Collectors.joining()));
    }

    private static String found(Event.Command command) {
        return command.hit() == null ? "" : command.hit() ? "hit" : "miss";
    }

    private static String cut(String text) {
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "…";
    }
}
