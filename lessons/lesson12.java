///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.Protocol.Command.CLIENT;
import static redis.clients.jedis.params.SetParams.setParams;
import static redis.clients.jedis.util.CompareCondition.valueEq;

import java.sql.Connection;
import java.sql.SQLException;
import lab.Figures;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;

final String schedule = knob("schedule", "rrwwr"); // whose turn it is
final int lease = knob("lease", 5_000); // ms for a lease, and for a mark
final int patience = knob("patience", 100); // ms that WAIT waits

final String key = "flight:1000:row";
final int ttl = 60_000; // ms for which a row is kept
final LongAdder loads = new LongAdder();

void main() {
    if (!schedules("rrrww").contains(schedule) || lease < 1
            || patience < 1 || patience > 1_000) {
        System.err.println("--schedule takes three r and two w, --lease "
                + "1 ms or more, --patience 1 to 1000 ms");
        System.exit(2);
    }
    steps(this::fourRaces, this::everySchedule,
            since("8.1", "leases: after no schedule an old row stays",
                    this::leases),
            this::ownWrite, this::staleRead,
            since("8.1", "leases: and yet a reader sees time go back",
                    this::backInTime),
            since("9.0", "marks before the commit: no reader does",
                    this::marks),
            this::noReplica, this::deafReplica);
}

/// A flight as the database has it. Each commit adds 1 to its version.
record Flight(long version, String departure) {
    /// As it is kept: `2 11:00`.
    String text() {
        return version + " " + departure;
    }
}

/// Null for what is no row: nothing, a lease, a mark.
Flight flight(String kept) {
    if (kept == null || !kept.matches("\\d+ .*")) return null;
    String[] parts = kept.split(" ");
    return new Flight(Long.parseLong(parts[0]), parts[1]);
}

Flight cached() throws Exception {
    turn();
    return flight(valkey().get(key));
}

void keep(Flight row) throws Exception {
    turn();
    valkey().set(key, row.text(), setParams().px(ttl));
}

void forget() throws Exception {
    turn();
    valkey().del(key);
}

Flight load() throws Exception {
    turn();
    loads.increment();
    try (var db = flughafenCopy().getConnection()) {
        return ask(db, """
                SELECT version, strftime('%H:%M', departure)
                FROM flight WHERE flight_id = 1000""");
    }
}

Flight commit(String departure) throws Exception {
    turn();
    try (var db = flughafenCopy().getConnection()) {
        return update(db, departure);
    }
}

Flight update(Connection db, String departure) throws SQLException {
    return ask(db, """
            UPDATE flight SET version = version + 1,
                departure = date(departure) || ' ' || ? || ':00'
            WHERE flight_id = 1000
            RETURNING version, strftime('%H:%M', departure)""",
            departure);
}

Flight ask(Connection db, String text, Object... parameters)
        throws SQLException {
    try (var sql = db.prepareStatement(text)) {
        int place = 0;
        for (Object p : parameters) sql.setObject(++place, p);
        var row = sql.executeQuery();
        row.next();
        return new Flight(row.getLong(1), row.getString(2));
    }
}

/// Cache-aside.
Flight read() throws Exception {
    Flight known = cached();
    if (known != null) return known;
    Flight row = load();
    keep(row);
    return row;
}

/// One of the ways to let the flight leave at another time.
interface Write {
    Flight to(String departure) throws Exception;
}

Flight updateDelete(String departure) throws Exception {
    Flight now = commit(departure);
    forget();
    return now;
}

Flight deleteUpdate(String departure) throws Exception {
    forget();
    return commit(departure);
}

Flight updateSet(String departure) throws Exception {
    Flight now = commit(departure);
    keep(now);
    return now;
}

/// Before the commit nobody knows the version: it sets 0.
Flight setUpdate(String departure) throws Exception {
    keep(new Flight(0, departure));
    return commit(departure);
}

final ScopedValue<Player> me = ScopedValue.newInstance();

/// A thread that goes on when it may, and stops before its next turn.
record Player(String name, FutureTask<Flight> work, Semaphore go,
        Semaphore stopped) {}

Player player(String name, Callable<Flight> work) {
    return new Player(name, new FutureTask<>(work), new Semaphore(0),
            new Semaphore(0));
}

/// Waits for its turn. A thread that does not play always has it.
void turn() throws Exception {
    if (!me.isBound()) return;
    me.get().stopped().release();
    await(me.get().go());
}

void await(Semaphore semaphore) throws Exception {
    if (!semaphore.tryAcquire(20, SECONDS)) throw new TimeoutException();
}

/// Starts a thread, and waits until it stops before its first turn.
void start(Player player) throws Exception {
    Thread.ofVirtual().name(player.name()).start(
            () -> ScopedValue.where(me, player).run(() -> {
                player.work().run();
                player.stopped().release();
            }));
    await(player.stopped());
}

/// What was done between two turns, and the version written or read.
record Operation(String name, int from, int to, long version) {}

/// Plays a schedule: whose turn it is, by first letters. Turns of one who
/// has ended are passed over.
List<Operation> play(String schedule, Player... players)
        throws Exception {
    var byLetter = new HashMap<Character, Player>();
    for (Player p : players) {
        byLetter.put(p.name().charAt(0), p);
        start(p);
    }
    for (char turn : schedule.toCharArray()) {
        Player p = byLetter.get(turn);
        if (p.work().isDone()) continue;
        p.go().release();
        await(p.stopped());
    }
    var history = new ArrayList<Operation>();
    for (Player p : players) {
        char letter = p.name().charAt(0);
        long version = p.work().get(1, SECONDS).version();
        history.add(new Operation(p.name(), schedule.indexOf(letter),
                schedule.lastIndexOf(letter), version));
    }
    return history;
}

/// Version 1, at 10:00. If `warm`, Valkey has it.
void reset(boolean warm) throws Exception {
    try (var db = flughafenCopy().getConnection()) {
        ask(db, """
                UPDATE flight SET version = 1,
                    departure = date(departure) || ' 10:00:00'
                WHERE flight_id = 1000 RETURNING version, departure""");
    }
    forget();
    if (warm) read();
}

/// Does Valkey say other than the database?
boolean stale() throws Exception {
    Flight known = cached();
    return known != null
            && !known.departure().equals(load().departure());
}

/// Plays a schedule. Then all is quiet, and Valkey and database are asked.
Figures.Row race(String order, String schedule, Player... players)
        throws Exception {
    reset(false);
    play(schedule, players);
    check(order + ": what stays is wrong", stale());
    String kept = valkey().get(key);
    return row(order, schedule, kept == null ? "-" : kept,
            load().text(), valkey().pttl(key));
}

/// A reader and a writer, or two writers, and one race of each order.
void fourRaces() throws Exception {
    addVersions();
    table("After the race", row("order", "schedule", "Valkey has",
                    "database has", measured("for how many ms")),
            race("update, delete", schedule, player("reader", this::read),
                    player("writer", () -> updateDelete("11:00"))),
            race("delete, update", "wrrrw", player("reader", this::read),
                    player("writer", () -> deleteUpdate("11:00"))),
            race("update, set", "fssf",
                    player("first", () -> updateSet("11:00")),
                    player("second", () -> updateSet("12:00"))),
            race("set, update", "fssf",
                    player("first", () -> setUpdate("11:00")),
                    player("second", () -> setUpdate("12:00"))));
}

/// The FlughafenDB has no versions; the lesson's copy of it gets them.
void addVersions() throws Exception {
    try (var db = flughafenCopy().getConnection();
            var sql = db.createStatement()) {
        sql.execute("ALTER TABLE flight ADD version INTEGER DEFAULT 1");
    }
}

/// All ways to arrange these turns.
Set<String> schedules(String turns) {
    if (turns.isEmpty()) return Set.of("");
    var all = new TreeSet<String>();
    for (int i = 0; i < turns.length(); i++) {
        String others = turns.substring(0, i) + turns.substring(i + 1);
        for (String rest : schedules(others)) {
            all.add(turns.charAt(i) + rest);
        }
    }
    return all;
}

/// After how many of all schedules is it wrong what stays?
int wrong(String turns, boolean warm, Supplier<Player> one,
        Supplier<Player> other) throws Exception {
    int wrong = 0;
    for (String schedule : schedules(turns)) {
        reset(warm);
        play(schedule, one.get(), other.get());
        if (stale()) wrong++;
    }
    return wrong;
}

/// A reader and a writer, the key cold; the same, warm; two writers.
List<Integer> wrong(Callable<Flight> read, Write write)
        throws Exception {
    Supplier<Player> reader = () -> player("reader", read);
    Supplier<Player> first = () -> player("f", () -> write.to("11:00"));
    Supplier<Player> second = () -> player("s", () -> write.to("12:00"));
    return List.of(wrong("rrrff", false, reader, first),
            wrong("rrrff", true, reader, first),
            wrong("ffss", false, first, second));
}

/// One order in all its schedules.
Figures.Row tally(String order, Write write, Integer... expected)
        throws Exception {
    List<Integer> wrong = wrong(this::read, write);
    check(order + ": " + wrong, wrong.equals(List.of(expected)));
    return row(order, wrong.get(0), wrong.get(1), wrong.get(2));
}

/// Not only the schedules that somebody thought of.
void everySchedule() throws Exception {
    table("Schedules after which it is wrong what stays",
            row("order", "reader and writer, cold: of 10",
                    "warm: of 10", "two writers: of 6"),
            tally("update, delete", this::updateDelete, 1, 0, 0),
            tally("delete, update", this::deleteUpdate, 6, 2, 0),
            tally("update, set", this::updateSet, 1, 0, 2),
            tally("set, update", this::setUpdate, 4, 0, 2));
}

/// Cache-aside under a lease. NX and GET: takes it if there is nothing,
/// and says what there is.
Flight leasedRead() throws Exception {
    String token = "lease:" + UUID.randomUUID();
    turn();
    String known = valkey().setGet(key, token, setParams().nx().px(lease));
    if (flight(known) != null) return flight(known);
    Flight row = load();
    if (known != null) return row; // another's lease, or a mark
    turn();
    valkey().set(key, row.text(), setParams().px(ttl)
            .condition(valueEq(token))); // IFEQ
    return row;
}

void leases() throws Exception {
    var wrong = wrong(this::leasedRead, this::updateDelete);
    check("update, delete, and leases: " + wrong,
            wrong.equals(List.of(0, 0, 0)));
}

/// A read that takes nothing older than what its user has written.
Flight readSince(long version) throws Exception {
    Flight known = cached();
    if (known != null && known.version() >= version) return known;
    return load();
}

/// The first race once more. The writer has a version from its commit.
void ownWrite() throws Exception {
    reset(false);
    var writer = player("writer", () -> updateDelete("11:00"));
    play("rrwwr", player("reader", this::read), writer);
    Flight mine = writer.work().get();
    check("a plain read: the write is gone", !read().equals(mine));
    long before = loads.sum();
    boolean seen = true;
    for (int i = 0; i < 10; i++) {
        seen &= readSince(mine.version()).equals(mine);
    }
    check("ten reads with the version: all see it", seen);
    check("and each is a query", loads.sum() - before == 10);
    check("who has no version does not", !readSince(0).equals(mine));
}

/// An operation that no order explains. The versions tell in which order
/// the register was written. So what begins when another has ended may
/// not have an older version, nor write the version that one has read.
/// Empty: the history is linearizable.
Optional<Operation> impossible(List<Operation> history) {
    return history.stream().filter(late -> history.stream().anyMatch(
            early -> early.to() < late.from()
                    && (early.version() > late.version()
                    || early.version() == late.version()
                    && late.name().equals("writer")))).findFirst();
}

/// Plays and shows a history: who is impossible?
String verdict(String schedule, Callable<Flight> read, Write write)
        throws Exception {
    reset(false);
    var history = play(schedule, player("reader", read),
            player("second", read), player("third", read),
            player("writer", () -> write.to("11:00")));
    table(schedule, row("operation of", "from", "to", "version"),
            history.stream().map(o -> row(o.name(), o.from(), o.to(),
                    o.version())).toList());
    return impossible(history).map(Operation::name).orElse("nobody");
}

void staleRead() throws Exception {
    check("update, delete: the second reader", verdict("rrwwrst",
            this::read, this::updateDelete).equals("second"));
}

void backInTime() throws Exception {
    check("the same, and leases: nobody", verdict("rrwwrssst",
            this::leasedRead, this::updateDelete).equals("nobody"));
    check("before the delete: the third reader", verdict("rrwssrtw",
            this::leasedRead, this::updateDelete).equals("third"));
}

final ProtocolCommand delIfEq = () -> "DELIFEQ".getBytes();

/// While the mark is there, no read is a hit and none gets a lease. The
/// update locks the row first, so that writers mark one after the other.
Flight markedWrite(String departure) throws Exception {
    String mark = "mark:" + UUID.randomUUID();
    Flight now;
    try (var db = flughafenCopy().getConnection()) {
        db.setAutoCommit(false);
        turn();
        now = update(db, departure);
        valkey().set(key, mark, setParams().px(lease));
        turn();
        db.commit();
    }
    turn();
    valkey().executeCommand(
            new CommandArguments(delIfEq).key(key).add(mark));
    return now;
}

void marks() throws Exception {
    check("leases and marks: nobody", verdict("rrwwssrttw",
            this::leasedRead, this::markedWrite).equals("nobody"));
}

/// A primary that takes no write without a replica.
void noReplica() {
    try (var alone = privateValkey("--min-replicas-to-write 1")) {
        long replicas = alone.client().waitReplicas(key, 1, patience);
        check("WAIT: nobody", replicas == 0);
        String error = "";
        try {
            alone.client().set(key, "1 10:00");
        } catch (JedisDataException e) {
            error = e.getMessage();
        }
        check("SET: " + error, error.startsWith("NOREPLICAS"));
    }
}

/// A replica that answers, but for a while takes nothing from its primary.
void deafReplica() {
    try (var primary = privateValkey("--min-replicas-to-write 1",
                    "--repl-diskless-sync-delay 0");
            var replica = privateValkey(
                    "--replicaof 127.0.0.1 " + primary.port())) {
        var writer = primary.client();
        var reader = replica.client();
        check("a replica comes", writer.waitReplicas(key, 1, 10_000) == 1);
        writer.set(key, "1 10:00");
        check("it has the row", writer.waitReplicas(key, 1, 10_000) == 1
                && reader.get(key).equals("1 10:00"));

        reader.executeCommand(new CommandArguments(CLIENT)
                .add("PAUSE").add(10_000).add("WRITE"));
        try (var mine = writer.pipelined()) { // one connection
            mine.set(key, "2 11:00");
            var replicas = mine.waitReplicas(key, 1, patience);
            mine.sync();
            check("WAIT after the SET: nobody", replicas.get() == 0);
            check("WAIT on another connection: one replica",
                    writer.waitReplicas(key, 1, patience) == 1);
        }
        check("the SET stands", writer.get(key).equals("2 11:00"));
        check("the replica is stale", reader.get(key).equals("1 10:00"));

        reader.executeCommand(new CommandArguments(CLIENT).add("UNPAUSE"));
        writer.set(key, "3 12:00");
        check("it has caught up", writer.waitReplicas(key, 1, 10_000) == 1
                && reader.get(key).equals("3 12:00"));
    }
}
