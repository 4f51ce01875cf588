///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;
import static redis.clients.jedis.params.XAddParams.xAddParams;

import java.sql.SQLException;
import lab.Actor;
import lab.Step;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.resps.StreamEntry;

final int flights = knob("flights", 100, 1, 1_000); // with a page
final int missed = knob("missed", 2, 0, 1_000); // pages written while away
final int keep = knob("keep", 1_000, 2, 100_000); // entries of a stream

final int ttl = 300_000; // ms for which a page is kept
final List<String> pages = Stream.concat(Stream.of("board"),
        IntStream.rangeClosed(1, flights).mapToObj(i -> "flight:" + i))
        .toList();
final String tag = key("tag"); // the set of their keys
final LongAdder commands = new LongAdder();
final List<Outcome> outcomes = new ArrayList<>();

void main() {
    steps(this::fourWays, this::lostMember, this::keptMember,
            this::lostCounter, this::byHand, this::rolledBack,
            this::relayDies, this::away, this::decide);
}

/// Valkey, and each command is counted.
UnifiedJedis cache() {
    commands.increment();
    return valkey();
}

/// In braces, so that all keys of an airline share a slot of a cluster.
String key(String page) {
    return "{airline:1}:" + page;
}

/// A page. Of all that is on it the airline's name will do here.
String load(String page) throws SQLException {
    return page + " of " + ask("""
            SELECT airlinename FROM airline WHERE airline_id = 1""")
            .getFirst();
}

/// The write: one row.
void rename() throws SQLException {
    ask("""
            UPDATE airline SET airlinename = airlinename || '+'
            WHERE airline_id = 1""");
}

List<String> ask(String sql, Object... parameters) throws SQLException {
    return column(flughafenCopy(), sql, parameters);
}

/// Cache-aside, as in lesson 02: kept under a key, loaded from a page.
String plain(String key, String page) throws Exception {
    String known = cache().get(key);
    if (known != null) return known;
    String text = load(page);
    cache().set(key, text, setParams().px(ttl));
    return text;
}

/// One way to read a page.
interface Read {
    String page(String page) throws Exception;
}

/// What a rename did: how many pages are stale, and until when; how many
/// keys the writer deleted. In commands: its cost, and that of a hit.
record Outcome(String way, int stale, String until, long deleted,
        long write, long hit) {}

/// All pages are kept, airline 1 is renamed, the writer invalidates, and
/// all pages are read again.
Outcome outcome(String way, String until, Read read,
        Callable<Long> invalidate) throws Exception {
    forget();
    stale(read); // fills the cache
    commands.reset();
    stale(read);
    long hit = commands.sumThenReset() / pages.size();
    rename();
    long deleted = invalidate.call();
    long write = commands.sum();
    outcomes.add(new Outcome(way, stale(read), until, deleted, write, hit));
    return outcomes.getLast();
}

/// Deletes every page, and the tag that we will come to.
void forget() {
    valkey().unlink(Stream.concat(pages.stream(), Stream.of("tag"))
            .map(this::key).toArray(String[]::new));
}

/// Reads all pages: how many are not as the database has them?
int stale(Read read) throws Exception {
    int stale = 0;
    for (String page : pages) if (isStale(read, page)) stale++;
    return stale;
}

boolean isStale(Read read, String page) throws Exception {
    return !read.page(page).equals(load(page));
}

/// The keys that the writer knows: those of the flights.
long deleteKnown() {
    return cache().unlink(pages.stream().skip(1).map(this::key)
            .toArray(String[]::new));
}

/// Cache-aside, and the tag holds the key. A tag lives as long as the
/// youngest of its keys.
String tagged(String page) throws Exception {
    String known = cache().get(key(page));
    if (known != null) return known;
    String text = load(page);
    cache().eval("""
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            redis.call('SADD', KEYS[2], KEYS[1])
            redis.call('PEXPIRE', KEYS[2], ARGV[2])""",
            List.of(key(page), tag), List.of(text, "" + ttl));
    return text;
}

Step inGap = () -> {};

/// Here somebody else may do something. In a race it does so, once.
void gap() throws Exception {
    Step now = inGap;
    inGap = () -> {};
    now.run();
}

/// Deletes what the tag holds, and the tag.
long deleteTagged() throws Exception {
    var keys = new ArrayList<>(cache().smembers(tag));
    gap();
    keys.add(tag);
    return cache().unlink(keys.toArray(String[]::new));
}

/// Cache-aside; the key has a generation, read before anything is loaded.
String inGeneration(String page) throws Exception {
    String known = cache().get(key("generation"));
    String generation = known == null ? "0" : known;
    return plain(key(page + ":" + generation), page);
}

/// Deletes nothing.
long nextGeneration() {
    cache().incr(key("generation"));
    return 0;
}

/// The same rename, four times.
void fourWays() throws Exception {
    Read kept = page -> plain(key(page), page);
    Outcome ttl = outcome("TTL", "the TTL", kept, () -> 0L);
    Outcome key = outcome("key", "the TTL", kept, this::deleteKnown);
    check("key: what is stale is the board", isStale(kept, "board"));
    Outcome tag = outcome("tag", "", this::tagged, this::deleteTagged);
    Outcome generation = outcome("generation", "", this::inGeneration,
            this::nextGeneration);
    chart("Stale pages", "of " + pages.size(), bar("TTL", ttl.stale),
            bar("key", key.stale), bar("tag", tag.stale),
            bar("generation", generation.stale));
    check("TTL: every page is stale", ttl.stale == pages.size());
    check("key: one page is stale", key.stale == 1);
    check("tag and generation: none", tag.stale + generation.stale == 0);
    check("the tag deletes its pages and itself, no more",
            tag.deleted == pages.size() + 1);
    check("generation: every page is in memory twice",
            pages.stream().allMatch(page -> valkey().exists(
                    key(page + ":0"), key(page + ":1")) == 2));
    check("the dead board has a TTL", valkey().pttl(key("board:0")) > 0);
    check("a tag costs more at the write, a generation at each read",
            tag.write > generation.write && tag.hit < generation.hit);
}

/// Two writes. While the first one invalidates, a reader reads the board.
/// After which of the two is the board stale?
List<Boolean> twoWrites(Callable<Long> invalidate) throws Exception {
    forget();
    rename();
    var reader = new FutureTask<>(() -> tagged("board"));
    inGap = () -> {
        Thread.ofVirtual().name("reader").start(reader);
        reader.get(10, SECONDS);
    };
    invalidate.call();
    boolean first = isStale(this::tagged, "board");
    rename();
    invalidate.call();
    return List.of(first, isStale(this::tagged, "board"));
}

void lostMember() throws Exception {
    List<Boolean> stale = twoWrites(this::deleteTagged);
    check("after the first write the board is right", !stale.get(0));
    check("after the second it is stale", stale.get(1));
}

/// Deletes keys and takes them off the tag: these, no other, at once.
long deleteExactly(String tag) throws Exception {
    var keys = new ArrayList<>(cache().smembers(tag));
    gap();
    keys.addFirst(tag);
    return (long) cache().eval("""
            local deleted = 0
            for i = 2, #KEYS do
                deleted = deleted + redis.call('UNLINK', KEYS[i])
                redis.call('SREM', KEYS[1], KEYS[i])
            end
            return deleted""", keys, List.of());
}

void keptMember() throws Exception {
    List<Boolean> stale = twoWrites(() -> deleteExactly(tag));
    check("the board is right after both",
            stale.equals(List.of(false, false)));
}

/// The counter is evicted, say.
void lostCounter() throws Exception {
    valkey().unlink(key("generation"));
    String board = inGeneration("board");
    check("the board is back from generation 0",
            board.equals(valkey().get(key("board:0")))
                    && !board.equals(valkey().get(key("board:1"))));
}

/// Whoever renames an airline writes a message, in the same transaction.
void prepareOutbox() throws SQLException {
    ask("""
            CREATE TABLE outbox (
                message INTEGER PRIMARY KEY AUTOINCREMENT,
                tag TEXT NOT NULL)""");
    ask("""
            CREATE TRIGGER renamed AFTER UPDATE OF airlinename ON airline
            BEGIN
                INSERT INTO outbox (tag)
                VALUES ('{airline:' || new.airline_id || '}:tag');
            END""");
}

/// Moves messages from the outbox to the stream, the oldest first.
void relay() throws Exception {
    for (String message : ask(
            "SELECT message FROM outbox ORDER BY message")) {
        String tag = ask("SELECT tag FROM outbox WHERE message = ?",
                message).getFirst();
        cache().xadd("changes", xAddParams().maxLen(keep),
                Map.of("message", message, "tag", tag));
        gap();
        ask("DELETE FROM outbox WHERE message = ?", message);
    }
}

StreamEntryID seen = new StreamEntryID("0-0"); // by the consumer

/// Invalidates what new messages name: how many keys for each of them?
List<Long> consume() throws Exception {
    var deleted = new ArrayList<Long>();
    for (StreamEntry entry : valkey().xrange("changes", "(" + seen, "+")) {
        deleted.add(deleteExactly(entry.getFields().get("tag")));
        seen = entry.getID();
    }
    return deleted;
}

/// An UPDATE by hand: no code of ours runs after it.
void byHand() throws Exception {
    prepareOutbox();
    Outcome done = outcome("outbox", "the relay", this::tagged, () -> 0L);
    check("every page is stale", done.stale == pages.size());
    relay();
    check("one message, and it deletes every page",
            consume().equals(List.of((long) pages.size())));
    check("no page is stale", stale(this::tagged) == 0);
}

void rolledBack() throws Exception {
    try (var db = flughafenCopy().getConnection();
            var sql = db.createStatement()) {
        db.setAutoCommit(false);
        sql.execute("UPDATE airline SET airlinename = 'Oops'");
        db.rollback();
    }
    check("no message", ask("SELECT message FROM outbox").isEmpty());
}

/// A relay in a process of its own, which stops before it deletes.
void slowRelay() throws Exception {
    inGap = () -> IO.readln("added\n");
    relay();
}

/// It is killed there, and another one takes over.
void relayDies() throws Exception {
    valkey().unlink(tag, key("board"));
    tagged("board"); // now in the tag, alone
    rename();
    Actor relay = spawn("relay", this::slowRelay);
    check("the first relay adds", relay.hear().equals("added"));
    relay.kill();
    relay();
    check("the message is in the stream twice",
            valkey().xrange("changes", "(" + seen, "+").size() == 2);
    check("the second time there is nothing to delete",
            consume().equals(List.of(1L, 0L)));
}

/// Copies in the memory of a process.
Map<String, String> copies() {
    return IntStream.rangeClosed(0, missed).boxed().collect(
            Collectors.toMap(i -> "page:" + i, _ -> "old"));
}

Object tell(Connection own, Command command, Object... words) {
    return own.executeCommand(
            new CommandArguments(command).addObjects(words));
}

/// From now on Valkey says on this connection which pages are written.
/// Jedis 8 speaks RESP3; messages on the channel need RESP2.
void track(Connection own) {
    tell(own, Command.HELLO, 2);
    Object id = tell(own, Command.CLIENT, "ID");
    tell(own, Command.CLIENT, "TRACKING", "ON", "REDIRECT", id,
            "BCAST", "PREFIX", "page:");
    tell(own, Command.SUBSCRIBE, "__redis__:invalidate");
}

/// Waits for the next message; the key that it names.
String hear(Connection own) {
    var message = (List<?>) own.getUnflushedObject();
    Object named = message.getLast();
    Object key = named instanceof List<?> keys ? keys.getFirst() : named;
    return new String((byte[]) key);
}

/// Writes a page, and tells a stream and a channel. How many listen?
long write(UnifiedJedis valkey, String page) {
    valkey.set(page, "new");
    valkey.xadd("written", xAddParams().maxLen(keep), Map.of("key", page));
    return valkey.publish("written", page);
}

/// Drops the copies that the stream names after `read`.
StreamEntryID replay(UnifiedJedis valkey, StreamEntryID read,
        Map<String, String> copies) {
    for (StreamEntry entry : valkey.xrange("written", "(" + read, "+")) {
        copies.remove(entry.getFields().get("key"));
        read = entry.getID();
    }
    return read;
}

/// Three processes hear of one write, are away, and come back. On a node
/// of our own: in a cluster each node tracks its own keys.
void away() throws Exception {
    var valkey = (RedisClient) privateValkey().client();
    Map<String, String> subscribed = copies();
    Map<String, String> tracked = copies();
    Map<String, String> replayed = copies();
    try (var one = valkey.getPool().getResource();
            var other = valkey.getPool().getResource()) {
        tell(one, Command.SUBSCRIBE, "written");
        track(other);
        write(valkey, "page:0");
        subscribed.remove(hear(one));
        tracked.remove(hear(other));
        tell(one, Command.UNSUBSCRIBE);
        tell(other, Command.UNSUBSCRIBE);
        var read = replay(valkey, new StreamEntryID("0-0"), replayed);

        long heard = 0;
        for (int i = 1; i <= missed; i++) {
            heard += write(valkey, "page:" + i);
        }
        check("nobody listens, and PUBLISH does not mind", heard == 0);

        tell(one, Command.SUBSCRIBE, "written"); // they are back
        tell(other, Command.SUBSCRIBE, "__redis__:invalidate");
        replay(valkey, read, replayed);
        write(valkey, "page:0");
        check("both hear of the next write, and of none before",
                hear(one).equals("page:0")
                        && hear(other).equals("page:0"));
        tell(one, Command.UNSUBSCRIBE);
        other.setBroken(); // no use to the pool: it tracks
    }

    table("Copies of " + (missed + 1) + " pages, each of them written",
            row("told by", "stale"), // each that is left
            row("Pub/Sub", subscribed.size()),
            row("tracking", tracked.size()),
            row("stream", replayed.size()));
    check("Pub/Sub and tracking: what was written meanwhile is stale",
            subscribed.size() == missed && tracked.size() == missed);
    check("stream: nothing is stale", replayed.isEmpty());
}

/// What was counted.
void decide() {
    table("One rename, " + pages.size() + " pages",
            row("way", "stale", "until", "keys deleted",
                    "commands a write", "commands a hit"),
            outcomes.stream().map(o -> row(o.way, o.stale, o.until,
                    o.deleted, o.write, o.hit)).toList());
}
