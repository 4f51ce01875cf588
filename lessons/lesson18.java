///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.Protocol.Command.SAVE;
import static redis.clients.jedis.Protocol.Command.SLOWLOG;
import static redis.clients.jedis.params.SetParams.setParams;

import lab.Figures;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

final int idle = knob("idle", 30, 1, 1_440);   // minutes without a request
final int cap = knob("cap", 480, 1, 1_440);    // minutes from log in on
final int visit = knob("visit", 20, 1, 1_440); // minutes between requests

final Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
final SecureRandom random = new SecureRandom();
final String secret = random128(); // the servers' own, for HMAC
final String ada = "1000";         // passengers: their numbers
final String bob = "2000";

UnifiedJedis store; // the Valkey that holds the sessions
long now;           // ms, by a clock of the lesson's own

void main() {
    steps(this::twoTabs, this::newIdAtLogin, this::whoReadsValkey,
            this::afterLogout, this::refused, this::idleAndCap,
            this::lateWrite, this::everywhere, this::lateLogin,
            since("9.1", "a code that is good once, and for a minute",
                    this::oneTime),
            this::restarts);
}

String random128() {
    byte[] bits = new byte[16];
    random.nextBytes(bits);
    return base64.encodeToString(bits);
}

/// HMAC-SHA-256: nobody makes it, or checks a guess, without the secret.
String hmac(String text) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(), "HmacSHA256"));
    return base64.encodeToString(mac.doFinal(text.getBytes()));
}

/// What all ids of a user begin with: 66 bits that say nothing of them.
String tag(String user) throws Exception {
    return hmac("tag of " + user).substring(0, 11);
}

/// Where a user's sessions are listed.
String index(String tag) {
    return "session:{" + tag + "}";
}

/// Where a session is: under SHA-256 of its id. The id does not leave us.
String key(String id) throws Exception {
    var sha256 = MessageDigest.getInstance("SHA-256");
    return index(id.substring(0, 11)) + ":"
            + base64.encodeToString(sha256.digest(id.getBytes()));
}

/// Runs a script on the session of an id. What cannot be an id does not
/// get as far as Valkey.
Object run(String script, String id, String... more) throws Exception {
    if (!id.matches("[\\w-]{11}\\.[\\w-]{22}")) return 401L;
    var arguments = new ArrayList<>(List.of("" + now,
            "" + idle * 60_000L, "" + cap * 60_000L));
    arguments.addAll(List.of(more));
    return store.eval("local now, idle, cap = unpack(ARGV)\n" + script,
            List.of(key(id), index(id.substring(0, 11))), arguments);
}

/// A new id. Nothing knows it yet.
String newId(String tag) {
    return tag + "." + random128();
}

/// Names it in the index: for a minute it may become a session. Throws
/// out what has reached its end.
final String begin = """
        redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
        redis.call('ZADD', KEYS[2], now + 60000, KEYS[1])
        redis.call('PEXPIRE', KEYS[2], cap)
        """;

/// Makes it a session, if the index still names it.
final String open = """
        local ends = redis.call('ZSCORE', KEYS[2], KEYS[1]) or now
        if ends - now <= 0 then return end
        redis.call('HSET', KEYS[1], unpack(ARGV, 4))
        redis.call('PEXPIRE', KEYS[1], math.min(idle, cap))
        redis.call('ZADD', KEYS[2], now + cap, KEYS[1])
        redis.call('PEXPIRE', KEYS[2], cap)
        """;

/// Both at once: for a user, or for a visitor without a name, `""`.
String session(String user) throws Exception {
    boolean named = !user.isEmpty();
    String id = newId(tag(named ? user : random128()));
    run(begin + open, id, named ? "user" : "visitor", user);
    return id;
}

/// How each request begins. The index knows the end that no request moves.
/// The hash lives for `idle`, or up to that end: PEXPIRE with 0 or less
/// deletes it.
final String live = """
        local ends = redis.call('ZSCORE', KEYS[2], KEYS[1]) or now
        redis.call('PEXPIRE', KEYS[1], math.min(idle, ends - now))
        if redis.call('EXISTS', KEYS[1]) == 0 then return 401 end
        """;

/// Null if there is no such session, or no such field in it.
String read(String id, String field) throws Exception {
    return run(live + "return redis.call('HGET', KEYS[1], ARGV[4])",
            id, field) instanceof String value ? value : null;
}

/// 200; 401 if there is no session; 413 if it would get too large: it has
/// at most 16 fields of at most 1,000 bytes.
long write(String id, String field, String value) throws Exception {
    return (long) run(live + """
            local others = redis.call('HLEN', KEYS[1])
                - redis.call('HEXISTS', KEYS[1], ARGV[4])
            if others >= 16 or #ARGV[5] > 1000 then return 413 end
            redis.call('HSET', KEYS[1], ARGV[4], ARGV[5])
            return 200
            """, id, field, value);
}

/// Ends a session, and returns what was in it: field, value, field ...
List<String> end(String id) throws Exception {
    Object data = run(live + """
            redis.call('HDEL', KEYS[1], 'visitor') -- a mark, no data
            local data = redis.call('HGETALL', KEYS[1])
            redis.call('DEL', KEYS[1])
            redis.call('ZREM', KEYS[2], KEYS[1])
            return data
            """, id);
    return data instanceof List<?> fields
            ? fields.stream().map(Object::toString).toList() : List.of();
}

/// The data move to an id that nobody has seen before.
String login(String old, String user) throws Exception {
    String id = newId(tag(user));
    run(begin, id);
    // here the password is checked; only then:
    var data = new ArrayList<>(end(old));
    boolean aUsers = IntStream.range(0, data.size() / 2)
            .anyMatch(i -> data.get(i * 2).equals("user"));
    if (aUsers) data.clear();
    data.addAll(List.of("user", user));
    run(open, id, data.toArray(String[]::new));
    return id;
}

/// Ends all sessions of a user. Without its index none counts: a crash
/// before the loop leaves data, which expire, and nobody logged in.
void endAll(String user) throws Exception {
    var keys = (List<?>) store.eval("""
            local keys = redis.call('ZRANGE', KEYS[1], 0, -1)
            redis.call('DEL', KEYS[1])
            return keys""", List.of(index(tag(user))), List.of());
    for (Object key : keys) store.unlink((String) key);
}

/// What a page for users only answers. Without a store nobody gets in.
int page(String id) throws Exception {
    try {
        return read(id, "user") == null ? 401 : 200;
    } catch (JedisException e) {
        return 503;
    }
}

interface Tab { Object write(String field) throws Exception; }

/// Two tabs of a browser, at once: one for the seat, one for the meal.
void tabs(Tab tab) throws Exception {
    var meal = new FutureTask<>(() -> tab.write("meal"));
    Thread.ofVirtual().name("other tab").start(meal);
    tab.write("seat");
    meal.get(10, SECONDS);
}

/// Both tabs read the session; then each adds a field of its own.
void twoTabs() throws Exception {
    store = valkey();
    var bothRead = new CyclicBarrier(2);
    String blob = "session:blob";
    store.set(blob, "user=1000", setParams().px(60_000));
    tabs(field -> {
        String all = store.get(blob);
        bothRead.await(10, SECONDS);
        return store.set(blob, all + " " + field + "=set",
                setParams().keepTtl());
    });
    check("one value: of two fields, one is there",
            store.get(blob).split(" ").length == 2);

    String id = session("");
    tabs(field -> {
        read(id, field);
        bothRead.await(10, SECONDS);
        return write(id, field, "set");
    });
    check("a hash: both are there", store.hlen(key(id)) == 3);
}

/// What a server can check without a store: user, end, HMAC.
String token(String user) throws Exception {
    String text = user + "." + (now + idle * 60_000L);
    return text + "." + hmac(text);
}

boolean valid(String token) throws Exception {
    String[] part = token.split("\\.");
    String ours = hmac(part[0] + "." + part[1]);
    return MessageDigest.isEqual(ours.getBytes(), part[2].getBytes())
            && now < Long.parseLong(part[1]);
}

/// Ada logs out. Somebody has kept what her browser sent.
void afterLogout() throws Exception {
    String id = session(ada);
    end(id);
    check("session: 401", page(id) == 401);
    String token = token(ada); // log out ends nothing: nothing is kept
    check("signed token: still good", valid(token));
    check("with Bob's number: not", !valid(token.replace(ada, bob)));
}

/// An attacker has made Ada's browser send an id that he knows.
void newIdAtLogin() throws Exception {
    String known = session("");
    write(known, "basket", "LX8");
    String id = login(known, ada);
    check("her new id is good", page(id) == 200);
    String basket = store.hget(key(id), "basket");
    check("her basket came along", "LX8".equals(basket));
    check("the old id: 401", page(known) == 401);

    String madeUp = newId(tag(ada)); // by somebody else
    check("an id that we did not make: 401", page(madeUp) == 401);

    String bobs = login(id, bob);
    check("Bob, in her browser: no basket",
            !store.hexists(key(bobs), "basket"));
}

/// A server that notes every command, those of scripts, too.
void whoReadsValkey() throws Exception {
    try (var server = privateValkey("--slowlog-log-slower-than 0",
            "--slowlog-max-len 1000")) {
        store = server.client();
        String id = session(ada);
        write(id, "basket", "LX8");
        end(id);
        String log = "" + store.executeCommand(new CommandObject<>(
                new CommandArguments(SLOWLOG).add("GET").add(-1),
                BuilderFactory.ENCODED_OBJECT));
        byte[] own = Base64.getUrlDecoder().decode(id.substring(12));
        check("128 bits of an id are its own", own.length * 8 == 128);
        check("Valkey knows its key", log.contains(key(id)));
        check("and not those bits", !log.contains(id.substring(12)));
    }
    store = valkey();
}

/// What somebody may send.
void refused() throws Exception {
    var fields = new ArrayList<>(List.of("user", ada));
    for (int i = 1; i < 16; i++) fields.addAll(List.of("field " + i, ""));
    String id = newId(tag(ada));
    run(begin + open, id, fields.toArray(String[]::new));
    String large = "x".repeat(1_001);
    check("1,001 bytes: 413", write(id, "field 1", large) == 413);
    check("a 17th field: 413", write(id, "field 16", "") == 413);
    check("what cannot be an id: 401", page("x".repeat(9_999)) == 401);
}

/// Time passes: the clock goes on, and the session's end in Valkey comes
/// nearer by as much.
void pass(int minutes, String id) throws Exception {
    now += minutes * 60_000L;
    store.pexpire(key(id), store.pttl(key(id)) - minutes * 60_000L);
}

/// Bob does not come back. Ada comes every `visit` minutes.
void idleAndCap() throws Exception {
    String bobs = session(bob);
    pass(idle, bobs);
    check("idle for " + idle + " minutes: 401", page(bobs) == 401);

    String adas = session(ada);
    var hours = DoubleStream.builder();
    var left = DoubleStream.builder();
    int minute = 0;
    boolean within = true;
    for (; page(adas) == 200 && minute <= cap; minute += visit) {
        double minutes = store.pttl(key(adas)) / 60_000.0;
        within &= minutes <= idle && minute + minutes <= cap;
        hours.add(minute / 60.0);
        left.add(minutes);
        pass(visit, adas);
    }
    chart("Ada's session", "hours since log in", "minutes to live",
            line("at each request", hours.build().toArray(),
                    left.build().toArray()));
    check("no request gives more than " + idle + " minutes", within);
    check("she is logged in until the cap, and not longer",
            cap <= minute && minute < cap + visit);
}

/// A request has looked at its session. Before it writes, the session
/// expires.
void lateWrite() throws Exception {
    String id = session(ada);
    store.pexpire(key(id), 0); // its idle time is over
    store.hset(key(id), "basket", "LX8");
    check("HSET: there is one without a user",
            store.hgetAll(key(id)).equals(Map.of("basket", "LX8")));
    check("which never expires", store.pttl(key(id)) == -1);
    store.del(key(id));
    check("look and write in one script: 401",
            write(id, "basket", "LX8") == 401);
    check("and nothing is there", !store.exists(key(id)));
}

/// Ada has a phone and a laptop.
void everywhere() throws Exception {
    String phone = session(ada);
    String laptop = session(ada);
    endAll(ada);
    check("her phone: 401", page(phone) == 401);
    check("her laptop: 401", page(laptop) == 401);

    session(ada);
    now += cap * 60_000L;
    String late = session(ada);
    String index = index(tag(ada));
    check("past the cap: forgotten", store.zcard(index) == 1);
    store.del(index); // by mistake
    check("a session that no index names: 401", page(late) == 401);
}

/// A thief has the password. His log in is under way, the password found
/// right, when Ada changes it and ends all her sessions.
void lateLogin() throws Exception {
    endAll(ada);
    String naive = session(ada); // a name only now, after the password
    check("a session made after that: 200", page(naive) == 200);

    String id = newId(tag(ada));
    run(begin, id); // a name first, then the password
    endAll(ada);
    run(open, id, "user", ada);
    check("one that had its name before: 401", page(id) == 401);
}

/// A code that confirms a payment. It is sent twice.
void oneTime() throws Exception {
    String id = session(ada);
    run(live + """
            return redis.call('HSETEX', KEYS[1], 'PX', 60000,
                'FIELDS', 1, 'code', ARGV[4])""", id, "471108");
    long left = store.hpttl(key(id), "code").getFirst();
    check("it is good for a minute", 0 < left && left <= 60_000);
    var first = store.hgetdel(key(id), "code");
    var second = store.hgetdel(key(id), "code");
    check("the first time it is there", first.contains("471108"));
    check("the second time not", second.contains(null));
}

/// Ada and Bob are logged in. Bob logs out, and Valkey is killed. What do
/// their pages answer when it is back?
Figures.Row restarted(String kept, String log, int adaGets, int bobGets)
        throws Exception {
    try (var server = privateValkey("--appendonly " + log,
            "--appendfsync always")) {
        store = server.client();
        String adas = session(ada);
        String bobs = session(bob);
        if (kept.equals("snapshot")) {
            store.executeCommand(new CommandArguments(SAVE));
        }
        end(bobs);
        server.kill();
        check("while it is down: 503", page(adas) == 503);
        server.restart();
        var pages = List.of(page(adas), page(bobs));
        check(kept + ": " + pages, pages.equals(List.of(adaGets, bobGets)));
        return row(kept, pages.getFirst(), pages.getLast());
    }
}

void restarts() throws Exception {
    table("After the restart", row("on disk", "Ada", "Bob, logged out"),
            restarted("nothing", "no", 401, 401),
            restarted("append-only file", "yes", 200, 401),
            restarted("snapshot", "no", 200, 200));
}
