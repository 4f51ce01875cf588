package engine;

import java.util.List;
import java.util.stream.Collectors;
import lab.Event;

/// What one actor sent at once and had answered: a command, a statement, a pipeline; or a remark of its own.
record Exchange(List<Event.Entry> entries) {
    private static final int WIDTH = 160; // characters of a statement or reply that are shown
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

    /// The row of `kind` that shows this in a lane, `at` µs after the step began.
    Sequence.Row row(String kind, int lane, long at) {
        String time = "+" + Units.micros(at);
        return entries.size() > 1 ? batch(kind, lane, time) : switch (entries.getFirst().what()) {
            case Event.Command c -> trip(kind, lane, "valkey", time, call(c), cut(c.reply()), found(c), List.of());
            case Event.Sql s -> trip(kind, lane, "sqlite", time, cut(s.sql().strip().replaceAll("\\s+", " ")),
                    Units.count(s.rows(), "row"), "", List.of());
            case Event.Checked check -> note(lane, time, (check.holds() ? "✓ " : "✗ ") + check.claim());
            case Event.Printed printed -> note(lane, time, "“" + cut(printed.text().strip()) + "”");
            default -> throw new IllegalArgumentException("no row shows " + entries.getFirst().what());
        };
    }

    private Sequence.Row batch(String kind, int lane, String time) {
        boolean transaction = ((Event.Command) entries.getFirst().what()).mode() == Event.Command.Mode.MULTI;
        String what = transaction ? "transaction" : "pipeline";
        String size = Units.count(entries.size());
        return trip(kind, lane, "valkey", time, what + " of " + size + " commands", size + " replies", "",
                entries.stream().limit(BATCH).map(entry -> item((Event.Command) entry.what())).toList());
    }

    private Sequence.Row trip(String kind, int lane, String to, String time, String call, String reply, String found,
            List<Sequence.Item> batch) {
        return new Sequence.Row(kind, lane, to, time, call, reply, found, Units.micros(end() - start()), batch);
    }

    private static Sequence.Row note(int lane, String time, String text) {
        return new Sequence.Row("note", lane, "", time, text, "", "", "", List.of());
    }

    private static Sequence.Item item(Event.Command command) {
        return new Sequence.Item(call(command), cut(command.reply()), found(command));
    }

    /// All arguments: each is cut where it was recorded, and what follows a long one may matter most.
    private static String call(Event.Command command) {
        return command.name() + command.args().stream().map(arg -> " " + quoted(arg)).collect(Collectors.joining());
    }

    /// An argument as one would type it: in quotes where one could not see its end.
    private static String quoted(String argument) {
        boolean plain = !argument.isEmpty() && argument.chars().noneMatch(Character::isWhitespace);
        if (plain || argument.startsWith("… (")) return argument; // so many more
        String quote = argument.contains("\"") ? "'" : "\"";
        return quote + argument + quote;
    }

    private static String found(Event.Command command) {
        return command.hit() == null ? "" : command.hit() ? "hit" : "miss";
    }

    private static String cut(String text) {
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "…";
    }
}
