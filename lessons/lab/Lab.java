package lab;

// JSON: lessons serialise with it, the transcript is written in it.
//DEPS tools.jackson.core:jackson-databind:3.2.4
// Latency distributions that do not lie about their tail.
//DEPS org.hdrhistogram:HdrHistogram:2.2.2
// The client of Valkey.
//DEPS redis.clients:jedis:8.0.2
// The FlughafenDB's engine; it loads a native library.
//DEPS org.xerial:sqlite-jdbc:3.54.1.0
//RUNTIME_OPTIONS --enable-native-access=ALL-UNNAMED
// Both log through slf4j: to nowhere.
//DEPS org.slf4j:slf4j-nop:2.0.20
//SOURCES Actor.java
//SOURCES Answers.java
//SOURCES Bench.java
//SOURCES Event.java
//SOURCES Figures.java
//SOURCES GuestKeys.java
//SOURCES Hit.java
//SOURCES HttpExchange.java
//SOURCES HttpText.java
//SOURCES JsonLines.java
//SOURCES KeyPrefix.java
//SOURCES KeyspaceReader.java
//SOURCES KeyspaceWatch.java
//SOURCES Knobs.java
//SOURCES Latency.java
//SOURCES Listener.java
//SOURCES Machine.java
//SOURCES Output.java
//SOURCES PrivateCluster.java
//SOURCES PrivateValkey.java
//SOURCES QueryPlans.java
//SOURCES RecordedCluster.java
//SOURCES RecordedConnection.java
//SOURCES RecordedDataSource.java
//SOURCES RecordedHttp.java
//SOURCES RecordedJdbc.java
//SOURCES RecordedStatement.java
//SOURCES Recorder.java
//SOURCES Scratch.java
//SOURCES Secrets.java
//SOURCES ServerProcess.java
//SOURCES Spawned.java
//SOURCES SqlExchange.java
//SOURCES Step.java
//SOURCES Steps.java
//SOURCES Subscriptions.java
//SOURCES Terminal.java
//SOURCES ValkeyBinary.java
//SOURCES ValkeyFaults.java
//SOURCES ValkeyPackage.java
//SOURCES ValkeyServer.java
//SOURCES ValkeyUrl.java
//SOURCES WireLog.java
//SOURCES WireText.java
//SOURCES ../../data/Airline.java
//SOURCES ../../data/Airplane.java
//SOURCES ../../data/AirplaneType.java
//SOURCES ../../data/Airport.java
//SOURCES ../../data/Aside.java
//SOURCES ../../data/Booking.java
//SOURCES ../../data/CachedDatabase.java
//SOURCES ../../data/DatabaseFile.java
//SOURCES ../../data/Destinations.java
//SOURCES ../../data/Fault.java
//SOURCES ../../data/Flight.java
//SOURCES ../../data/Flughafen.java
//SOURCES ../../data/Folders.java
//SOURCES ../../data/Generator.java
//SOURCES ../../data/MakingProgress.java
//SOURCES ../../data/Network.java
//SOURCES ../../data/People.java
//SOURCES ../../data/Period.java
//SOURCES ../../data/Resources.java
//SOURCES ../../data/Rotation.java
//SOURCES ../../data/Scale.java
//SOURCES ../../data/Schema.java
//SOURCES ../../data/Suggest.java
//SOURCES ../../data/Table.java
//SOURCES ../../data/Timetable.java
//SOURCES ../../data/Travellers.java
//SOURCES ../../data/UserCache.java
//SOURCES ../../data/Weather.java
//SOURCES ../../data/Weighted.java
//SOURCES ../../data/World.java
//FILES lab/valkey-package.sh=valkey-package.sh

import java.io.IOException;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import redis.clients.jedis.UnifiedJedis;

/// The bench that lessons stand on: `import static lab.Lab.*`.
///
/// It runs steps, holds claims, hands out a recorded Valkey client and a recorded database, measures and draws.
/// It holds no caching logic: that is in the lessons, in full.
public final class Lab {
    private static final int SAMPLES = 200;

    private Lab() {}

    // --- steps and claims ---

    /// Runs the steps in order, each named after its method, and ends the process.
    ///
    /// Exit code 0 if every claim held, 1 if one did not or a step threw, 2 if the set-up or an argument is wrong.
    public static void steps(Step... steps) {
        Steps.run(steps);
    }

    /// A step for Valkey `version` and later, `9.0`. On an older one it is skipped, visibly, with what it would have
    /// shown.
    public static Step since(String version, String shows, Step step) {
        return new Step.Qualified(step, version, shows, step.varies(), step.oneServer());
    }

    /// A step that makes sense on one server only. On a cluster it is skipped, visibly, with what it would have shown.
    public static Step oneServer(String shows, Step step) {
        return new Step.Qualified(step, step.since(), shows, step.varies(), true);
    }

    /// A step whose counts differ from run to run by nature, as those of a race do; the golden file leaves them out.
    public static Step varies(Step step) {
        return new Step.Qualified(step, step.since(), step.shows(), true, step.oneServer());
    }

    /// Records and prints a claim. One that does not hold fails the lesson, after the rest has run.
    public static void check(String claim, boolean holds) {
        Steps.check(claim, holds);
    }

    // --- what a learner can turn ---

    /// A number that a learner can turn, `--name=200`. Hold it in a field.
    public static int knob(String name, int preset) {
        return Steps.orExit(() -> Knobs.number(name, preset));
    }

    /// A number that a learner can turn from `least` to `most`; any other is refused, with exit code 2.
    public static int knob(String name, int preset, int least, int most) {
        return Steps.orExit(() -> Knobs.number(name, preset, least, most));
    }

    /// A word that a learner can turn, `--name=word`. Hold it in a field.
    public static String knob(String name, String preset) {
        return Knobs.word(name, preset);
    }

    /// What a learner can switch on with `--name`, or off with `--name=false`. Hold it in a field.
    public static boolean knob(String name, boolean preset) {
        return Steps.orExit(() -> Knobs.choice(name, preset));
    }

    // --- servers, processes, databases ---

    /// A pooled, recorded client of the lesson's Valkey; the same one at each call.
    public static UnifiedJedis valkey() {
        return Steps.orExit(Bench::valkey);
    }

    /// A server of the step's own, for anything destructive: `privateValkey("--maxmemory 8mb")`.
    public static PrivateValkey privateValkey(String... options) {
        return Steps.orExit(() -> PrivateValkey.start(options));
    }

    /// A cluster of the step's own: three primaries and a replica of each.
    public static PrivateCluster privateCluster(String... options) {
        return Steps.orExit(() -> PrivateCluster.start(options));
    }

    /// Runs a method of the lesson in a process of its own, recorded into the same transcript, ended with the lesson.
    public static Actor spawn(String name, Step method) {
        return Actor.spawn(name, method.name());
    }

    /// Says, from a spawned method, on which port of loopback it answers: [Actor#port] waits for that.
    public static void serves(int port) {
        Output.show(Actor.PORT + port);
    }

    /// Listens for HTTP on a free port of loopback until the process ends. Each request has a virtual thread of that
    /// name. A handler that fails is told on stderr.
    ///
    /// @return the port
    public static int listen(String thread, Listener.Handler handler) throws IOException {
        return Listener.start(thread, handler);
    }

    /// An HTTP client, recorded; the same one at each call. It waits a second for a connection; for how long to wait
    /// for a response each request says, with `timeout`.
    public static HttpClient http() {
        return Bench.http();
    }

    /// The FlughafenDB, recorded and read-only.
    public static DataSource flughafen() {
        return Steps.orExit(Bench::flughafen);
    }

    /// A private copy of the FlughafenDB, recorded and writable, deleted with the lesson; the same one at each call.
    public static DataSource flughafenCopy() {
        return Steps.orExit(Bench::flughafenCopy);
    }

    /// The first column of the rows that a statement finds, or that an update returns, as text. Empty if it has no
    /// rows.
    public static List<String> column(DataSource db, String sql, Object... parameters) throws SQLException {
        return Answers.column(db, sql, parameters);
    }

    /// A number that INFO has, whatever its section: `used_memory`; the first of a line, so of `cmdstat_get` its calls.
    /// 0 if there is none of that name.
    public static long info(UnifiedJedis valkey, String name) {
        return Answers.info(valkey, name);
    }

    // --- measuring and showing ---

    /// Times `action` 200 times, after as many to warm up, and shows the distribution.
    public static Latency measure(String name, Latency.Action action) throws Exception {
        return measure(name, SAMPLES, action);
    }

    /// Times `action` as often as `samples` says, after as many to warm up, and shows the distribution.
    public static Latency measure(String name, int samples, Latency.Action action) throws Exception {
        Latency latency = Latency.of(samples, action);
        Recorder.get().add(new Event.Measured(name, samples, latency.p50(), latency.p99(), latency.max()));
        Output.show(Terminal.standard().quiet("  %-28s %s".formatted(name, latency)));
        return latency;
    }

    /// Shows a table. The first row names the columns: `row("query", "rows", measured("p50"))`.
    public static void table(String title, Figures.Row header, Figures.Row... rows) {
        table(title, header, Arrays.asList(rows));
    }

    /// Shows a table whose rows were collected.
    public static void table(String title, Figures.Row header, List<Figures.Row> rows) {
        Event.Table table = Figures.table(title, header, rows);
        Recorder.get().add(table);
        Output.show(Terminal.standard().table(table));
    }

    /// A row of a table, a cell for each column; `null` is an empty one.
    public static Figures.Row row(Object... cells) {
        return new Figures.Row(Arrays.asList(cells));
    }

    /// Names a column whose values differ from run to run.
    public static Figures.Measured measured(String name) {
        return new Figures.Measured(name);
    }

    /// Shows bars of one unit.
    public static void chart(String title, String unit, Figures.Bar... bars) {
        show(Figures.bars(title, unit, Arrays.asList(bars)));
    }

    /// Shows lines over a common axis.
    public static void chart(String title, String xAxis, String yAxis, Figures.Line... lines) {
        show(Figures.lines(title, xAxis, yAxis, Arrays.asList(lines)));
    }

    /// A bar as long as `value`, in its chart's unit.
    public static Figures.Bar bar(String label, double value) {
        return new Figures.Bar(label, value);
    }

    /// A line through the points `x[i]`, `y[i]`.
    public static Figures.Line line(String name, double[] x, double[] y) {
        return new Figures.Line(name, x, y);
    }

    private static void show(Event.Chart chart) {
        Recorder.get().add(chart);
        Output.show(Terminal.standard().chart(chart));
    }

    /// Shows grids with a cell for each of many things, of which some are `marked`: `chart("Keys", "evicted", ...)`.
    public static void chart(String title, String marked, Figures.Cells... rows) {
        Event.Grid grid = Figures.grid(title, marked, Arrays.asList(rows));
        Recorder.get().add(grid);
        Output.show(Terminal.standard().grid(grid));
    }

    /// A grid with a cell for each of many things, in their order, and whether it is `marked`.
    public static Figures.Cells cells(String name, boolean[] marked) {
        return new Figures.Cells(name, marked);
    }

    /// Shows boxes within boxes. Unlike other charts they are held to the golden file.
    public static void chart(String title, Figures.Box... boxes) {
        var nested = new Event.Boxes(title, Figures.boxes(Arrays.asList(boxes)));
        Recorder.get().add(nested);
        Output.show(Terminal.standard().boxes(nested));
    }

    /// A box that holds others. What is to be said of it is its `mark`; without one, `""`, it is drawn quietly.
    public static Figures.Box box(String label, String mark, Figures.Box... inner) {
        return new Figures.Box(label, mark, Arrays.asList(inner));
    }
}
