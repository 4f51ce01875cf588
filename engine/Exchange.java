package engine;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lab.Event;

/// What one actor sent at once and had answered: a command, a statement, an HTTP request, a pipeline; or a remark of
/// its own.
record Exchange(List<Event.Entry> entries) {
    private static final int WIDTH = 160; // characters of a statement or reply that are shown
    private static final int PARAMETERS = 60; // characters of a statement's parameters that are shown
    private static final int BATCH = 12; // commands of a pipeline that are shown

    static boolean worthShowing(Event event) {
        return overTheWire(event) || event instanceof Event.Printed(String text) && !text.isBlank()
                || event instanceof Event.Checked;
    }

    static boolean overTheWire(Event event) {
        return event instanceof Event.Command || event instanceof Event.Sql || event instanceof Event.Http;
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
            case Event.Http http -> http.micros();
            default -> 0;
        };
    }

    /// The row of `kind` that shows this in a lane, `at` µs after the step began.
    ///
    /// @param shown what the rows before this one said
    Sequence.Row row(String kind, int lane, long at, Abridged shown) {
        String time = "+" + Units.micros(at);
        return entries.size() > 1 ? batch(kind, lane, time, shown) : switch (entries.getFirst().what()) {
            case Event.Command c ->
                    trip(kind, lane, "valkey", time, call(c, shown), cut(c.reply()), found(c), List.of());
            case Event.Sql s -> trip(kind, lane, "sqlite", time, call(s, shown), Units.count(s.rows(), "row"), "",
                    List.of());
            case Event.Http h -> trip(kind, lane, "origin", time,
                    lines(h.method() + " " + h.target(), kind.equals("reply") ? List.of() : h.headers()),
                    lines(outcome(h), h.replied()), "", List.of());
            case Event.Checked check -> note(lane, time, (check.holds() ? "✓ " : "✗ ") + check.claim());
            case Event.Printed printed -> note(lane, time, "“" + cut(printed.text().strip()) + "”");
            default -> throw new IllegalArgumentException("no row shows " + entries.getFirst().what());
        };
    }

    private Sequence.Row batch(String kind, int lane, String time, Abridged shown) {
        boolean transaction = ((Event.Command) entries.getFirst().what()).mode() == Event.Command.Mode.MULTI;
        String what = transaction ? "transaction" : "pipeline";
        String size = Units.count(entries.size());
        return trip(kind, lane, "valkey", time, what + " of " + size + " commands", size + " replies", "",
                entries.stream().limit(BATCH).map(entry -> item((Event.Command) entry.what(), shown)).toList());
    }

    private Sequence.Row trip(String kind, int lane, String to, String time, String call, String reply, String found,
            List<Sequence.Item> batch) {
        return new Sequence.Row(kind, lane, to, time, Html.text(call), Html.text(reply), found,
                Units.micros(end() - start()), batch);
    }

    private static Sequence.Row note(int lane, String time, String text) {
        return new Sequence.Row("note", lane, "", time, Html.text(text), Html.text(""), "", "", List.of());
    }

    private static Sequence.Item item(Event.Command command, Abridged shown) {
        return new Sequence.Item(Html.text(call(command, shown)), Html.text(cut(command.reply())), found(command));
    }

    /// All arguments: each is cut where it was recorded, and what follows a long one may matter most.
    private static String call(Event.Command command, Abridged shown) {
        return command.name() + command.args().stream().map(arg -> " " + quoted(shown.text(arg)))
                .collect(Collectors.joining());
    }

    /// The statement in one line, and what it was asked with.
    private static String call(Event.Sql sql, Abridged shown) {
        String text = shown.text(cut(sql.sql().strip().replaceAll("\\s+", " "), WIDTH));
        return sql.parameters().isEmpty() ? text
                : text + " [" + cut(String.join(", ", sql.parameters()), PARAMETERS) + "]";
    }

    /// What is said first, and below it the headers.
    private static String lines(String first, List<String> headers) {
        return Stream.concat(Stream.of(first), headers.stream()).map(Exchange::cut).collect(Collectors.joining("\n"));
    }

    private static String outcome(Event.Http http) {
        return http.failure().isEmpty() ? http.status() + ", " + Units.count(http.bytes(), "byte") : http.failure();
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
        return cut(text, WIDTH);
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }
}
