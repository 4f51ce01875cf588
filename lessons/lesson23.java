///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.Protocol.Command.*;

import java.lang.module.ModuleDescriptor.Version;
import java.util.concurrent.atomic.AtomicBoolean;
import lab.Figures;
import lab.PrivateCluster;
import lab.PrivateValkey;
import lab.Step;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

final int writers = knob("writers", 8, 4, 50);
final int timeout = knob("timeout", 500, 200, 5_000); // ms of silence
final String coverage = knob("coverage", "yes"); // yes or no

PrivateCluster cluster;    // nodes 0, 1, 2; and 3, 4, 5, their replicas
RedisClusterClient client; // it follows redirections
Map<String, ConnectionPool> pools; // its connections to each node

void main() {
    steps(this::whichSlot, this::manyKeys, this::rates, this::moved,
            this::asked, since("9.0", "slots move, and no writer sees it",
                    varies(this::migration)), this::staleReplica,
            varies(this::handover), varies(this::killed),
            varies(this::promoted), this::frontCache);
}

/// CRC-16 (polynomial 1021, as in XMODEM) modulo 16,384. Of a key with a
/// {tag} only the tag counts: from the first { to the first } after it.
int slot(String key) {
    int open = key.indexOf('{');
    int close = open < 0 ? -1 : key.indexOf('}', open);
    if (close > open + 1) key = key.substring(open + 1, close);
    int crc = 0;
    for (byte b : key.getBytes()) {
        crc ^= b << 8 & 0xff00;
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ 0x1021;
        }
    }
    return crc & 16_383;
}

/// Which of so many nodes has the key. Node n's slots begin at
/// n * 16,384 / nodes, rounded down.
int node(String key, int nodes) {
    return ((slot(key) + 1) * nodes - 1) / 16_384;
}

/// Sends commands to one node, on a connection that follows nothing. Says
/// the last reply; an error is a reply, too.
String ask(int node, String... commands) {
    String reply = "";
    try (var connection = pools.get(address(node)).getResource()) {
        for (String command : commands) {
            String[] words = command.split(" ");
            try {
                connection.sendCommand(words[0]::getBytes,
                        Arrays.copyOfRange(words, 1, words.length));
                reply = "" + SafeEncoder.encodeObject(connection.getOne());
            } catch (JedisException e) {
                reply = e.getMessage();
            }
        }
    }
    for (int n = 0; n < 6; n++) { // ports differ from run to run
        reply = reply.replace(address(n), "node " + n);
    }
    return reply;
}

String address(int node) {
    return "127.0.0.1:" + cluster.nodes().get(node).port();
}

/// Six servers start. Then the server's word on slots is held to ours.
void whichSlot() throws Exception {
    cluster = privateCluster("cluster-allow-replica-migration no",
            "cluster-node-timeout 2000", // word of others is quicker
            "cluster-require-full-coverage " + coverage);
    client = (RedisClusterClient) cluster.client();
    await("word of the replicas", () -> {
        client.refreshClusterTopology();
        pools = client.getClusterNodes();
        return pools.size() == 6;
    });

    table("Where is it?", row("key", "slot", "node"), Stream.of("flight:1",
            "flight:2", "flight:3", "{flight:3}:seats", "{}flight:3")
            .map(key -> row(key, slot(key), node(key, 3))).toList());
    var keys = IntStream.range(0, 25).boxed().flatMap(i -> Stream.of(
            "flight:" + i, "{" + i + "}:crew", "{}" + i, "{{" + i + "}}"));
    check("the server says so of 100 keys, too", keys.allMatch(key ->
            ask(0, "CLUSTER KEYSLOT " + key).equals("" + slot(key))
            && ask(node(key, 3), "EXISTS " + key).equals("0")));
}

/// Polls, and gives up after 30 s.
void await(String what, Callable<Boolean> so) throws Exception {
    long end = System.nanoTime() + SECONDS.toNanos(30);
    while (!so.call()) {
        if (System.nanoTime() > end) throw new TimeoutException(what);
        Thread.sleep(10);
    }
}

/// Two keys that node 0 has, in two slots; then 100 keys.
void manyKeys() {
    table("Sent to node 0", row("what", "reply"),
            row("MGET", ask(0, "MGET flight:1 flight:4")),
            row("MULTI, SET, SET, EXEC", ask(0, "MULTI",
                    "SET flight:1 LX", "SET flight:4 LX", "EXEC")),
            row("EVAL", ask(0, "EVAL return(1) 2 flight:1 flight:4")));
    check("nothing is set", client.exists("flight:1", "flight:4") == 0);

    long flights = mgets("flight:");
    long tagged = mgets("{LX}:flight:");
    table("MGET of 100 keys", row("keys", "MGET executed"),
            row("flight:0 to 99", flights),
            row("{LX}:flight:0 to 99", tagged));
    check("as many MGET as slots", tagged == 1
            && flights == IntStream.range(0, 100)
            .map(i -> slot("flight:" + i)).distinct().count());
}

/// Into how many MGET the client splits one of 100 keys.
long mgets(String prefix) {
    for (int n = 0; n < 3; n++) ask(n, "CONFIG RESETSTAT");
    client.mget(IntStream.range(0, 100).mapToObj(i -> prefix + i)
            .toArray(String[]::new));
    var calls = Pattern.compile("cmdstat_mget:calls=(\\d+)");
    return IntStream.range(0, 3).boxed().flatMap(n ->
            calls.matcher(ask(n, "INFO commandstats")).results())
            .mapToLong(found -> Long.parseLong(found.group(1))).sum();
}

/// Three threads, a connection to each primary; and the same by the
/// server's own benchmark.
void rates() throws Exception {
    sets(); // warms up
    table("Three connections", row("client", measured("SET per second")),
            row("this lesson", sets()),
            row("valkey-benchmark", benchmark()));
}

/// A thread for each key sets it 1,000 times. SET per second, in all.
long sets() {
    Executor threads = Thread.ofVirtual().name("client ", 1)::start;
    long start = System.nanoTime();
    Stream.of("flight:1", "flight:2", "flight:3").map(key ->
            CompletableFuture.runAsync(() -> IntStream.range(0, 1_000)
                    .forEach(i -> client.set(key, "xyz")), threads))
            .toList().forEach(CompletableFuture::join);
    return 3_000 * SECONDS.toNanos(1) / (System.nanoTime() - start);
}

/// What the program beside the server says, if there is one.
Object benchmark() throws Exception {
    PrivateValkey server = cluster.nodes().getFirst();
    Path program = server.program("valkey-benchmark");
    if (!Files.isExecutable(program)) return "not installed";
    var run = new ProcessBuilder(program.toString(), "--cluster",
            "-p", "" + server.port(), "-c", "3",
            "-n", "3000", "-t", "set", "--csv").start();
    if (!run.waitFor(30, SECONDS)) run.destroyForcibly();
    String last = run.inputReader().readAllLines().getLast();
    return Math.round(Double.parseDouble(last.split("\"")[3]));
}

/// One key, asked for at each node.
void moved() {
    client.set("flight:8", "LX");
    var replies = IntStream.range(0, 6)
            .mapToObj(n -> ask(n, "GET flight:8")).toList();
    table("GET flight:8", row("node", "reply"), IntStream.range(0, 6)
            .mapToObj(n -> row(n, replies.get(n))).toList());
    check("its primary answers, five redirect", replies.stream()
            .filter("MOVED 44 node 0"::equals).count() == 5);
}

String id(int node) {
    return ask(node, "CLUSTER MYID");
}

/// A slot on its way, by hand: what node 0 lacks, node 1 is asked for.
void asked() {
    String setSlot = "CLUSTER SETSLOT 44 ";
    String crew = "{flight:8}:crew";
    ask(1, setSlot + "IMPORTING " + id(0));
    ask(0, setSlot + "MIGRATING " + id(1));
    table("While slot 44 is on its way", row("sent", "to", "reply"),
            row("GET flight:8", "node 0", ask(0, "GET flight:8")),
            row("MGET of both", "node 0", ask(0, "MGET flight:8 " + crew)),
            row("GET " + crew, "node 0", ask(0, "GET " + crew)),
            row("GET " + crew, "node 1", ask(1, "GET " + crew)),
            row("ASKING, GET", "node 1", ask(1, "ASKING", "GET " + crew)));
    client.set(crew, "7");
    check("the client sets it on node 1",
            ask(1, "ASKING", "GETDEL " + crew).equals("7"));
    for (int n : new int[] {0, 1}) ask(n, setSlot + "STABLE");
}

/// Adds a number to a set, and says whether that is acknowledged.
interface Write extends BiPredicate<String, String> {}

final Write plain = (key, number) -> client.sadd(key, number) == 1;
List<Writer> all; // those who write in a step

/// Adds numbers to a set of its own, one after another.
///
/// @param acks each number that was acknowledged, and when, in ns
record Writer(String key, Map<String, Long> acks, LongAdder errors) {
    Void work(Write write, AtomicBoolean stop) throws Exception {
        for (int n = 0; !stop.get(); n++) {
            try {
                if (write.test(key, "" + n)) {
                    acks.put("" + n, System.nanoTime());
                }
            } catch (JedisException e) {
                errors.increment();
            }
            Thread.sleep(1);
        }
        return null;
    }

    /// The longest between two acknowledged writes, in ms.
    long pause() {
        long[] at = acks.values().stream().mapToLong(t -> t).sorted()
                .toArray();
        return IntStream.range(1, at.length).mapToLong(i ->
                (at[i] - at[i - 1]) / 1_000_000).max().orElse(0);
    }
}

/// Something happens while all write. Before it begins and after it has
/// ended each writer has 50 writes acknowledged. Then: is each there?
void during(String name, Write write, Step event) throws Exception {
    all = IntStream.rangeClosed(1, writers).mapToObj(w -> new Writer(
            "bookings:" + w, new ConcurrentHashMap<>(), new LongAdder()))
            .toList();
    var stop = new AtomicBoolean();
    var threads = Thread.ofVirtual().name("writer ", 1).factory();
    try (var pool = Executors.newThreadPerTaskExecutor(threads);
            AutoCloseable _ = () -> stop.set(true)) {
        for (Writer w : all) pool.submit(() -> w.work(write, stop));
        fifty();
        event.run();
        fifty();
    }
    var rows = all.stream().map(w -> {
        var lost = new HashSet<>(w.acks.keySet());
        lost.removeAll(client.smembers(w.key));
        client.del(w.key);
        return row(w.key, node(w.key, 3), lost.size(), w.acks.size(),
                w.errors, w.pause());
    }).toList();
    table(name, row("writes to", "part", "lost", measured("acknowledged"),
            measured("errors"), measured("longest wait, ms")), rows);
    check("nothing that was acknowledged is lost", rows.stream()
            .allMatch(row -> row.cells().get(2).equals(0)));
}

/// Waits for 50 more acknowledged writes of each.
void fifty() throws Exception {
    var before = all.stream().map(w -> w.acks.size()).toList();
    await("50 writes of each", () -> IntStream.range(0, writers)
            .allMatch(i -> all.get(i).acks.size() >= before.get(i) + 50));
}

/// Of how many writers a write ended with an error.
long hurt() {
    return all.stream().filter(w -> w.errors.sum() > 0).count();
}

/// 300 slots of node 1 go to node 2, in one command.
void migration() throws Exception {
    Version ours = cluster.nodes().getFirst().version();
    if (ours.compareTo(Version.parse("9")) < 0) {
        IO.println("the servers of the cluster are older than 9.0");
        return;
    }
    during("Migration", plain, () -> {
        ask(1, "CLUSTER MIGRATESLOTS SLOTSRANGE 7300 7599 NODE " + id(2));
        await("the migration", () -> ask(1, "CLUSTER GETSLOTMIGRATIONS")
                .contains("state=success"));
    });
    check("no errors", hurt() == 0);
    check("bookings:1 is node 2's",
            ask(1, "GET bookings:1").equals("MOVED 7590 node 2"));
}

/// A replica that is asked, and then one that lags.
void staleReplica() {
    String get = "GET flight:8";
    ask(0, "SET flight:8 LX", "WAIT 1 4000"); // until node 3 has it
    check("asked, a replica redirects", ask(3, get).startsWith("MOVED"));
    check("after READONLY it answers",
            ask(3, "READONLY", get).equals("LX"));
    ask(3, "CLIENT PAUSE 60000 WRITE");
    client.set("flight:8", "OS");
    check("the replica has LX", ask(3, "READONLY", get).equals("LX"));
    ask(3, "CLIENT UNPAUSE", "READWRITE");
}

/// Writes through a connection to the key's primary, and asks how many
/// replicas have it: WAIT speaks of the writes of its own connection.
long addAndWait(String key, String number, int replicas, int ms) {
    try (var primary = client.getConnectionFromSlot(slot(key))) {
        primary.executeCommand(
                new CommandArguments(SADD).key(key).add(number));
        return (long) primary.executeCommand(
                new CommandArguments(WAIT).add(replicas).add(ms));
    } catch (JedisException e) {
        client.refreshClusterTopology(); // somebody else may have it now
        throw e;
    }
}

boolean follows(int replica) {
    return ask(replica, "ROLE").contains(", connected,");
}

/// Node 3 takes over from node 0, which is well.
void handover() throws Exception {
    during("Handover", plain, () -> {
        ask(3, "CLUSTER FAILOVER");
        await("node 3", () -> ask(3, "ROLE").startsWith("[master"));
    });
    check("no errors", hurt() == 0);
}

/// Node 3 dies. Node 0 may ask for votes only when each writer has met an
/// error, and is promoted. Node 3 comes back and follows.
void killed() throws Exception {
    String set = "CONFIG SET cluster-";
    for (int n = 0; n < 6; n++) ask(n, set + "node-timeout " + timeout);
    ask(0, set + "replica-no-failover yes");
    during("Killed", (key, number) ->
            addAndWait(key, number, 1, 1_000) > 0, () -> {
        cluster.nodes().get(3).kill();
        await("errors", () -> all.stream().allMatch(w -> w.errors.sum() > 0
                || coverage.equals("no") && node(w.key, 3) > 0));
        ask(0, set + "replica-no-failover no");
        await("node 0", () -> ask(0, "ROLE").startsWith("[master"));
        cluster.nodes().get(3).restart();
        await("node 3", () -> follows(3));
    });
    chart("The longest wait", "ms", all.stream().map(w ->
            bar(w.key, w.pause())).toArray(Figures.Bar[]::new));
    check("each writer got errors", hurt() == writers);
}

/// Node 4 follows node 2, too. Then both replicas go deaf, one by one.
void promoted() throws Exception {
    ask(4, "CLUSTER REPLICATE " + id(2));
    await("node 4", () -> follows(4));
    long two = addAndWait("bookings:2", "1", 2, 4_000);
    ask(4, "CLIENT PAUSE 60000 WRITE");
    long one = addAndWait("bookings:2", "2", 1, 4_000);
    ask(5, "CLIENT PAUSE 60000 WRITE");
    long none = addAndWait("bookings:2", "3", 1, 100);
    cluster.nodes().get(2).kill();
    cluster.nodes().get(5).kill();
    await("node 4", () -> ask(4, "ROLE").startsWith("[master"));
    String kept = ask(4, "CLIENT UNPAUSE", "SMEMBERS bookings:2");
    table("Three writes", row("number", "WAIT said", "is there"),
            row(1, two, kept.contains("1")),
            row(2, one, kept.contains("2")),
            row(3, none, kept.contains("3")));
    check("what both replicas had is there, and nothing else",
            two == 2 && one == 1 && none == 0 && kept.equals("[1]"));
}

/// How many times its fair part of the requests the hottest node gets, if
/// `cached` flights, the most asked for, are answered before it.
double hottest(int nodes, double cached) {
    double[] load = new double[nodes];
    double all = 0;
    for (int rank = 1; rank <= 20_000; rank++) {
        double requests = 1.0 / rank; // Zipf
        all += requests;
        if (rank > cached) load[node("flight:" + rank, nodes)] += requests;
    }
    return Arrays.stream(load).max().getAsDouble() * nodes / all;
}

/// The load of the hottest node, by the number of nodes, as a line.
Figures.Line curve(String name, DoubleUnaryOperator cached) {
    double[] nodes = {3, 10, 30, 100};
    return line(name, nodes, Arrays.stream(nodes).map(n ->
            hottest((int) n, cached.applyAsDouble(n))).toArray());
}

/// Counted, not sent: who has to answer all these requests?
void frontCache() {
    chart("The hottest node", "nodes", "times the fair part",
            curve("no front cache", n -> 0),
            curve("n entries", n -> n),
            curve("n ln n entries", n -> n * Math.log(n)));
    check("without one: over five times", hottest(100, 0) > 5);
    check("460 entries: less than its part", hottest(100, 460) < 1);
}
