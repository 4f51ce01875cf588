///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.Protocol.Command.CLIENT;
import static redis.clients.jedis.params.SetParams.setParams;
import static redis.clients.jedis.util.CompareCondition.valueEq;

import lab.Figures;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisDataException;

final String schedule = knob("schedule", "rrwwr"); // whose turn it is
final String leased = knob("leased", "rrwssrtw"); // under leases

final String key = "flight:1000:row";
final int ttl = 60_000;   // ms for which a row is kept,
final int lease = 10_000; // and a lease
final LongAdder loads = new LongAdder();

void main() {
    if (!(schedule + " " + leased).matches("[rstvw]+ [rstvw]+")) {
        System.err.println("--schedule and --leased are words of the "
                + "letters r, s, t (readers) and v, w (writers)");
        System.exit(2);
    }
    steps(this::fourRaces, this::everySchedule,
            since("8.1", "leases: no old row stays", this::leases),
            this::ownWrite,
            since("9.0", "whoever refuses an old row deletes it",
                    this::healed),
            this::staleRead,
            since("8.1", "leases: and yet time goes back",
                    this::backInTime),
            this::replica);
}

/// A flight is kept as text, version and departure: `2 11:00`. Each
/// commit adds 1 to the version.
long version(String row) {
    return Long.parseLong(row.split(" ")[0]);
}

String departure(String row) {
    return row.split(" ")[1];
}

/// What Valkey has, or null.
String cached() throws Exception {
    turn();
    return valkey().get(key);
}

void keep(String row) throws Exception {
    turn();
    valkey().set(key, row, setParams().px(ttl));
}

void forget() throws Exception {
    turn();
    valkey().del(key);
}

String load() throws Exception {
    turn();
    loads.increment();
    return column(flughafenCopy(), """
            SELECT version || strftime(' %H:%M', departure)
            FROM flight WHERE flight_id = 1000""").getFirst();
}

String commit(String departure) throws Exception {
    turn();
    return column(flughafenCopy(), """
            UPDATE flight SET version = version + 1,
                departure = date(departure) || ' ' || ? || ':00'
            WHERE flight_id = 1000
            RETURNING version || strftime(' %H:%M', departure)""",
            departure).getFirst();
}

/// Cache-aside.
String read() throws Exception {
    String known = cached();
    if (known != null) return known;
    String row = load();
    keep(row);
    return row;
}

/// One of the ways to let the flight leave at another time.
interface Write {
    String to(String departure) throws Exception;
}

String updateDelete(String departure) throws Exception {
    String now = commit(departure);
    forget();
    return now;
}

String deleteUpdate(String departure) throws Exception {
    forget();
    return commit(departure);
}

String updateSet(String departure) throws Exception {
    String now = commit(departure);
    keep(now);
    return now;
}

/// Before the commit nobody knows the version: it sets 0.
String setUpdate(String departure) throws Exception {
    keep("0 " + departure);
    return commit(departure);
}

final ScopedValue<Player> me = ScopedValue.newInstance();

/// A thread that goes on when it may, and stops before its next turn.
record Player(String name, FutureTask<String> work, Semaphore go,
        Semaphore stopped) {}

/// Waits for its turn. A thread that does not play always has it.
void turn() throws Exception {
    if (!me.isBound()) return;
    me.get().stopped().release();
    await(me.get().go());
}

void await(Semaphore semaphore) throws Exception {
    if (!semaphore.tryAcquire(20, SECONDS)) throw new TimeoutException();
}

/// Starts a thread, which stops before its first turn. Letters from v on
/// are writers, of different departures.
Player start(char letter, Callable<String> read, Write write)
        throws Exception {
    String departure = letter == 'v' ? "11:00" : "12:00";
    Callable<String> work =
            letter < 'v' ? read : () -> write.to(departure);
    String name = (letter < 'v' ? "reader " : "writer ") + letter;
    var player = new Player(name, new FutureTask<>(work),
            new Semaphore(0), new Semaphore(0));
    Thread.ofVirtual().name(name).start(
            () -> ScopedValue.where(me, player).run(() -> {
                player.work().run();
                player.stopped().release();
            }));
    await(player.stopped());
    return player;
}

/// What was done between two turns, and the version written or read.
record Operation(String name, int from, int to, long version) {}

/// Version 1, at 10:00, and not in Valkey.
void reset() throws Exception {
    column(flughafenCopy(), """
            UPDATE flight SET version = 1,
                departure = date(departure) || ' 10:00:00'
            WHERE flight_id = 1000""");
    forget();
}

/// Plays a schedule: whose turn it is, by letters. Turns of one who has
/// ended are passed over; who has not ended after the last goes on.
List<Operation> play(String schedule, Callable<String> read, Write write)
        throws Exception {
    reset();
    var players = new HashMap<Character, Player>();
    var history = new TreeMap<Character, Operation>();
    String turns = schedule.repeat(3); // nobody needs more turns
    for (int now = 0; now < turns.length(); now++) {
        char letter = turns.charAt(now);
        if (!players.containsKey(letter)) {
            players.put(letter, start(letter, read, write));
        }
        Player player = players.get(letter);
        if (player.work().isDone()) continue;
        player.go().release();
        await(player.stopped());
        if (!player.work().isDone()) continue;
        history.put(letter, new Operation(player.name(),
                schedule.indexOf(letter), now,
                version(player.work().get())));
    }
    return List.copyOf(history.values());
}

/// Does Valkey say other than the database?
boolean stale() throws Exception {
    String kept = cached();
    return kept != null && !departure(kept).equals(departure(load()));
}

/// Plays a schedule. Then all is quiet, and Valkey and database are asked.
Figures.Row race(String order, Write write, String schedule)
        throws Exception {
    play(schedule, this::read, write);
    check(order + ": what stays is wrong", stale());
    return row(order, schedule, cached(), load(), valkey().pttl(key));
}

/// A reader r and a writer w, or two writers v and w.
void fourRaces() throws Exception {
    column(flughafenCopy(),
            "ALTER TABLE flight ADD version INTEGER DEFAULT 1");
    table("After the race", row("order", "schedule", "Valkey has",
                    "database has", measured("for how many ms")),
            race("update, delete", this::updateDelete, schedule),
            race("delete, update", this::deleteUpdate, "wrrrw"),
            race("update, set", this::updateSet, "vwwv"),
            race("set, update", this::setUpdate, "vwwv"));
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

/// After how many of all schedules is it wrong what stays? Some turns
/// come `before` each: those of a reader s leave the key warm.
int wrong(String before, String turns, Callable<String> read,
        Write write) throws Exception {
    int wrong = 0;
    for (String schedule : schedules(turns)) {
        play(before + schedule, read, write);
        if (stale()) wrong++;
    }
    return wrong;
}

/// One order in all its schedules: a reader and a writer, the key cold;
/// the same, warm; two writers.
Figures.Row tally(String order, Callable<String> read, Write write,
        Integer... expected) throws Exception {
    List<Integer> wrong = List.of(wrong("", "rrrww", read, write),
            wrong("sss", "rrrww", read, write),
            wrong("", "vvww", read, write));
    check(order + ": " + wrong, wrong.equals(List.of(expected)));
    return row(order, wrong.get(0), wrong.get(1), wrong.get(2));
}

/// Not only the schedules that somebody thought of.
void everySchedule() throws Exception {
    table("Schedules after which it is wrong what stays",
            row("order", "reader and writer, cold: of 10",
                    "warm: of 10", "two writers: of 6"),
            tally("update, delete", this::read, this::updateDelete,
                    1, 0, 0),
            tally("delete, update", this::read, this::deleteUpdate,
                    6, 2, 0),
            tally("update, set", this::read, this::updateSet, 1, 0, 2),
            tally("set, update", this::read, this::setUpdate, 4, 0, 2));
}

/// Cache-aside under a lease. NX and GET: takes it if there is nothing,
/// and says what there is.
String leasedRead() throws Exception {
    String token = "lease:" + UUID.randomUUID();
    turn();
    String known = valkey().setGet(key, token, setParams().nx().px(lease));
    if (known != null && !known.startsWith("lease:")) return known;
    String row = load();
    if (known != null) return row; // another has the lease
    turn();
    valkey().set(key, row, setParams().px(ttl)
            .condition(valueEq(token))); // IFEQ
    return row;
}

void leases() throws Exception {
    tally("update, delete, and leases", this::leasedRead,
            this::updateDelete, 0, 0, 0);
}

/// A read that takes nothing older than what its user has written.
String readSince(long version) throws Exception {
    String known = cached();
    if (known != null && version(known) >= version) return known;
    return load();
}

/// The first race once more: the version that its writer committed.
long lostWrite() throws Exception {
    return play("rrwwr", this::read, this::updateDelete)
            .getLast().version();
}

void ownWrite() throws Exception {
    long mine = lostWrite();
    long before = loads.sum();
    check("a read with its version: it is there, and again",
            version(readSince(mine)) == mine
                    && version(readSince(mine)) == mine);
    check("two reads, two queries", loads.sum() == before + 2);
    check("the others get the old row", version(read()) < mine);
}

/// Reads until the row is new enough. What is not it deletes, but no other
/// that came meanwhile. The database has nothing older, so this ends.
String healingRead(long version) throws Exception {
    String row = leasedRead();
    while (version(row) < version) {
        turn();
        valkey().executeCommand(new CommandArguments(
                () -> "DELIFEQ".getBytes()).key(key).add(row));
        row = leasedRead();
    }
    return row;
}

void healed() throws Exception {
    long mine = lostWrite();
    long before = loads.sum();
    check("it is there, and again", version(healingRead(mine)) == mine
            && version(healingRead(mine)) == mine);
    check("two reads, one query", loads.sum() == before + 1);
    check("now all see it", version(read()) == mine);
}

/// An operation that no order explains. The versions tell in which order
/// the register was written. So what begins when another has ended may
/// not have an older version, nor write the version that one has read.
/// "nobody": the history is linearizable.
String impossible(List<Operation> history) {
    return history.stream().filter(late -> history.stream().anyMatch(
            early -> early.to() < late.from()
                    && (early.version() > late.version()
                    || early.version() == late.version()
                    && late.name().startsWith("writer"))))
            .map(Operation::name).findFirst().orElse("nobody");
}

/// Plays and shows a history: who is impossible?
String verdict(String schedule, Callable<String> read, Write write)
        throws Exception {
    var history = play(schedule, read, write);
    table(schedule, row("operation of", "from", "to", "version"),
            history.stream().map(o -> row(o.name(), o.from(), o.to(),
                    o.version())).toList());
    return impossible(history);
}

void staleRead() throws Exception {
    check("update, delete: reader s", verdict("rrwwrst",
            this::read, this::updateDelete).equals("reader s"));
}

void backInTime() throws Exception {
    check("the same, and leases: nobody", verdict("rrwwrssst",
            this::leasedRead, this::updateDelete).equals("nobody"));
    check("before the delete: reader t", verdict(leased,
            this::leasedRead, this::updateDelete).equals("reader t"));
}

/// A primary that takes no write without a replica; and then a replica
/// that answers, and takes nothing from its primary.
void replica() {
    var primary = privateValkey("--min-replicas-to-write 1",
            "--repl-diskless-sync-delay 0");
    var writer = primary.client();
    try {
        writer.set(key, "1 10:00");
    } catch (JedisDataException e) {
        IO.println(e.getMessage());
    }
    check("no replica: SET is refused", !writer.exists(key));
    check("and WAIT counts nobody", writer.waitReplicas(key, 1, 100) == 0);

    var reader = privateValkey("--replicaof 127.0.0.1 " + primary.port())
            .client();
    check("a replica comes", writer.waitReplicas(key, 1, 10_000) == 1);
    writer.set(key, "1 10:00");
    check("it has the row", writer.waitReplicas(key, 1, 10_000) == 1
            && reader.get(key).equals("1 10:00"));

    reader.executeCommand(new CommandArguments(CLIENT)
            .add("PAUSE").add(60_000).add("WRITE"));
    try (var mine = writer.pipelined()) { // one connection of the pool
        mine.set(key, "2 11:00");
        var replicas = mine.waitReplicas(key, 1, 100);
        mine.sync();
        check("WAIT behind the SET: nobody", replicas.get() == 0);
        check("WAIT on another connection: one replica",
                writer.waitReplicas(key, 1, 100) == 1);
    }
    check("the SET stands", writer.get(key).equals("2 11:00"));
    check("the replica is stale", reader.get(key).equals("1 10:00"));
}
