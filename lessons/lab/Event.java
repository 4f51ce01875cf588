package lab;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Set;

/// Something that happened while a lesson ran. The transcript is one JSON line per [Entry].
///
/// Times are microseconds. Texts are cut at a sensible length by whoever records them; nothing here holds a secret.
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "event")
public sealed interface Event {

    /// An event with who did it and when.
    ///
    /// @param n      1, 2, 3 ... within one process
    /// @param actor  the process: `main`, or the name given to `spawn`
    /// @param thread the thread's name, `main` for the first
    /// @param at     µs since the epoch, when it started
    record Entry(long n, String actor, String thread, long at, Event what) {}

    // --- the lesson ---

    /// The first event of every lesson.
    ///
    /// @param jdk       the runtime's version
    /// @param os        `Linux`
    /// @param processor its name, or at least its architecture
    record Began(String lesson, String jdk, String os, String processor, List<Knob> knobs) implements Event {}

    /// A part of the bench was opened for the first time.
    ///
    /// @param what    `Valkey` or `FlughafenDB`
    /// @param version Valkey's version; the database's identity
    /// @param where   `private`, or the URL without its password; for the database what it holds
    record Uses(String what, String version, String where) implements Event {}

    /// A value a learner can turn; `value` differs from `preset` when it was turned.
    record Knob(String name, String preset, String value) {}

    /// The last event of a lesson that came to its end. Without it the lesson was cut short.
    record Ended(int held, int broken, long micros) implements Event {}

    // --- a step ---

    record StepStarted(String step) implements Event {}

    /// A step came to its end.
    ///
    /// @param varies  the step says that what it does differs by nature from run to run
    /// @param did     exact counts of all that this process sent over the wire, also of what was not kept as single
    ///                events
    /// @param keys    what the step changed in Valkey's keyspace; null if the lesson has not used Valkey
    record StepEnded(String step, long micros, boolean varies, List<Count> did, Keyspace keys) implements Event {}

    /// What a spawned actor did since it last said so: exact counts, as in [StepEnded]; they belong to the step in
    /// progress.
    record Did(List<Count> did) implements Event {}

    /// A step that this Valkey or topology cannot run.
    ///
    /// @param needs what is missing, `Valkey 9.0`
    /// @param shows what the step would have shown
    record Skipped(String step, String needs, String shows) implements Event {}

    /// How often one thing was done within a step: a Valkey command by name, `SQL` or `HTTP`.
    ///
    /// @param hits     replies that held a value, for reads; `misses` those that did not
    /// @param micros   time spent in all
    /// @param sent     bytes of arguments; `received` bytes of replies (rows for SQL)
    /// @param trips    how often a client sent something and waited for its reply: all of a pipeline is one round trip
    /// @param took     how many took so long: less than 1 µs, then 1, 2 to 3, 4 to 7 µs and so on by powers of two;
    ///                 what took longer than the last of [#BUCKETS] is in the last; zeros at the end are left out
    record Count(String name, long calls, long hits, long misses, long micros, long sent, long received, long trips,
            List<Long> took) {
        public static final int BUCKETS = 28; // the last begins at 67 s

        private static final Set<String> DATABASE = Set.of("SQL", "COMMIT", "ROLLBACK");
        private static final Set<String> ORIGIN = Set.of(HttpExchange.NAME);
        private static final Set<String> PUSHED = Set.of("message", "pmessage", "smessage", "invalidate");

        /// Whether it is a Valkey command: neither SQL nor HTTP nor a message that came unasked.
        public boolean ofValkey() {
            return !DATABASE.contains(name) && !ORIGIN.contains(name) && !PUSHED.contains(name);
        }

        /// The bucket of [#took] that holds a time.
        static int bucket(long nanos) {
            return Math.min(BUCKETS - 1, Long.SIZE - Long.numberOfLeadingZeros(nanos / 1_000));
        }
    }

    // --- what a lesson says ---

    /// One line printed by the lesson, without its line end.
    record Printed(String text) implements Event {}

    /// A claim of the lesson, at a line of its source.
    record Checked(String claim, boolean holds, String file, int line) implements Event {}

    /// A table; columns that are measured differ from run to run.
    record Table(String title, List<Column> columns, List<List<String>> rows) implements Event {}

    record Column(String name, boolean measured, boolean number) {}

    /// A chart; its values are measured. Points of a bar chart have a label; points of a line chart an x.
    record Chart(String title, Kind kind, String xAxis, String yAxis, List<Series> series) implements Event {
        public enum Kind { BARS, LINES }
    }

    record Series(String name, List<Point> points) {}

    record Point(String label, double x, double y) {}

    /// A cell for each of many things, some of them `marked`; which ones is measured.
    record Grid(String title, String marked, List<Cells> rows) implements Event {}

    /// @param marks a letter per cell: [#MARKED], or any other
    record Cells(String name, String marks) {
        public static final char MARKED = '#';

        /// How many cells are marked.
        public long marked() {
            return marked(0, marks.length());
        }

        /// How many of the cells from one place, and before another.
        long marked(int from, int to) {
            return marks.substring(from, to).chars().filter(mark -> mark == MARKED).count();
        }
    }

    /// Boxes within boxes.
    record Boxes(String title, List<Box> boxes) implements Event {}

    /// @param mark what is to be said of it; a box with a mark stands out
    record Box(String label, String mark, List<Box> inner) {}

    /// A latency distribution, µs.
    record Measured(String name, long samples, double p50, double p99, double max) implements Event {}

    /// The lesson threw. `file` and `line` are where in its source, the stack trace is `trace`.
    record Failed(String message, String file, int line, String trace) implements Event {}

    // --- what went over the wire ---

    /// One Valkey command and its reply.
    ///
    /// @param connection a small number: which connection of the process
    /// @param mode       how it travelled
    /// @param args       arguments after the name, as text; what is not UTF-8 is escaped, long ones are cut
    /// @param reply      the reply as text in the manner of valkey-cli, cut
    /// @param hit        for a read: whether the reply held a value; null for anything else, and for an empty string
    record Command(String name, List<String> args, String reply, Boolean hit, int connection, Mode mode, long micros)
            implements Event {
        public enum Mode { PLAIN, PIPELINED, MULTI, PUBSUB }
    }

    /// One SQL statement.
    ///
    /// @param rows rows read, or rows changed
    /// @param plan SQLite's EXPLAIN QUERY PLAN, depth first; empty for anything that is no query
    record Sql(String sql, List<String> parameters, long rows, long micros, List<Plan> plan) implements Event {}

    /// One HTTP request and its response.
    ///
    /// @param target  path and query
    /// @param headers those that say how something may be kept, `etag: "x"`; of cookies without their values
    /// @param status  0 if there was no response; then `failure` says why
    /// @param bytes   of the response's body
    record Http(String method, String target, List<String> headers, int status, String failure, List<String> replied,
            long bytes, long micros) implements Event {}

    /// A node of a query plan; `depth` 0 for the roots.
    record Plan(int depth, String detail) {}

    /// What changed in the keyspace, by key. `sampled` says that there were too many keys to look at each.
    record Keyspace(long before, long after, boolean sampled, List<Key> added, List<Key> changed, List<Key> gone) {}

    /// A key: TTL in ms, -1 without; bytes as MEMORY USAGE has it.
    record Key(String name, String type, String encoding, long ttl, long bytes) {}
}
