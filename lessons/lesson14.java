///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import lab.Actor;
import lab.Figures.Row;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

final int maxAge = knob("maxage", 300, 300, 3_600); // s, of a response
final int quota = knob("quota", 40, 40, 1_000);     // requests an hour
final int readers = knob("readers", 50, 1, 500);    // who read at once
final int bound = knob("bound", 8, 1, 40);          // requests at once
final int limit = knob("failures", 3, 1, 19);       // then nobody asks

volatile int now; // s, a clock of our own: the steps move it
volatile String mode; // what the origin is to do: "works", or how it fails
Actor origin;
List<String> cities;
Ask first; // the weather in the first of them, in English

void main() {
    steps(this::freshness, this::anHour, this::variants,
            this::behindReaders, this::withoutCache,
            varies(this::manyCities), this::failures, this::originDies);
}

final CountDownLatch goOn = new CountDownLatch(1); // for what is held
final AtomicInteger inFlight = new AtomicInteger();
final Map<String, Integer> spent = new ConcurrentHashMap<>(); // of quotas

/// The origin: a weather service in a process of its own.
void weather() throws Exception {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    var loopback = InetAddress.getLoopbackAddress();
    var server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/weather/", exchange -> {
        try (exchange) {
            answer(exchange, exchange.getRequestHeaders());
        } catch (Exception e) {
            throw new IOException(e); // the server closes the connection
        }
    });
    server.start();
    serves(server.getAddress().getPort());
    while (IO.readln() != null) goOn.countDown();
}

/// Answers, or fails as it is told. A filter sets Cache-Control always.
void answer(HttpExchange exchange, Headers asked) throws Exception {
    String how = asked.getFirst("X-Mode");
    int clock = Integer.parseInt(asked.getFirst("X-Clock"));
    String key = asked.getFirst("X-Key") + " in hour " + clock / 3_600;
    boolean busy = inFlight.incrementAndGet() > bound;
    Thread.sleep(2);
    inFlight.decrementAndGet();
    String report = report(exchange.getRequestURI().getPath(),
            clock / 3_600, asked.getFirst("Accept-Language"));
    if (how.equals("slow")) Thread.sleep(1_000);
    if (how.equals("held")) goOn.await(30, SECONDS);
    String half = report.substring(0, report.length() / 2);
    byte[] body = switch (how) {
        case "html" -> "<h1>Please log in</h1>".getBytes();
        case "half", "cut" -> half.getBytes();
        default -> report.getBytes();
    };
    var digest = UUID.nameUUIDFromBytes(body).toString(); // MD5
    String etag = '"' + digest.substring(0, 8) + '"';
    int status = busy ? 503 : how.equals("500") ? 500
            : spent.merge(key, 1, Integer::sum) > quota ? 429
            : etag.equals(asked.getFirst("If-None-Match")) ? 304 : 200;

    Headers fields = exchange.getResponseHeaders();
    fields.putAll(Headers.of("ETag", etag, "Vary", "Accept-Language",
            "Content-Type", how.equals("html") ? "text/html"
                    : "application/json",
            "Cache-Control", how.matches("no-.*|private") ? how
                    : "max-age=" + maxAge + ", stale-while-revalidate=60"
                    + ", stale-if-error=1800"));
    if (how.equals("old")) fields.set("Age", "240");
    int left = 3_600 - clock % 3_600;
    if (status == 429) fields.set("Retry-After", "" + left);
    int announced = how.equals("cut") ? 2 * body.length : body.length;
    exchange.sendResponseHeaders(status, status == 200 ? announced : -1);
    if (status == 200) exchange.getResponseBody().write(body);
    exchange.getResponseBody().flush();
}

/// The temperatures of 24 hours from `hour` on, in German or in English.
String report(String path, int hour, String language) throws Exception {
    return column(flughafen(), """
            SELECT json_object('title', ?,
                'temperatures', json_group_array(temp))
            FROM (SELECT temp
                FROM airport JOIN weatherdata ON station = airport_id
                WHERE iata = ?
                ORDER BY log_date, time LIMIT 24 OFFSET ?)""",
            language.startsWith("de") ? "Wetter" : "Weather",
            path.replace("/weather/", ""), hour).getFirst();
}

/// A request: its path, and the fields of its header.
record Ask(String path, Map<String, String> fields) {
    String key() {
        return "http:" + path;
    }

    /// The secondary key: what it has in the fields that `vary` names.
    String variant(String vary) {
        return Stream.of(vary.toLowerCase(Locale.ROOT).split("[ ,]+"))
                .map(fields::get).toList().toString();
    }
}

/// A stored response. `born`: when the origin made or confirmed it, in s.
record Entry(int status, Map<String, List<String>> fields, String body,
        long born) {
    String field(String name) {
        return String.join(", ", fields.getOrDefault(name, List.of()));
    }

    /// The seconds that Cache-Control has for a directive; 0 without it.
    int seconds(String directive) {
        var found = Pattern.compile("(^|[ ,])" + directive + "=(\\d+)")
                .matcher(field("cache-control"));
        return found.find() ? Integer.parseInt(found.group(2)) : 0;
    }

    /// For how many seconds it has been stale; below 0 it is fresh.
    long stale(int now) {
        return now - born - seconds("max-age");
    }
}

final JsonMapper json = JsonMapper.builder().build();
final Entry none = new Entry(0, Map.of(), "", 0); // it is never fresh

/// What is stored for a request, or `none`.
Entry lookup(Ask ask) {
    Map<String, String> stored = valkey().hgetAll(ask.key());
    String text = stored.get(ask.variant(stored.getOrDefault("vary", "")));
    return text == null ? none : json.readValue(text, Entry.class);
}

/// A hash for each URL: what its responses vary by, and each variant. Two
/// hours are longer than any window here.
void store(Ask ask, Entry entry) {
    String vary = entry.field("vary");
    String text = json.writeValueAsString(entry);
    valkey().eval("""
            redis.call('HSET', KEYS[1], 'vary', ARGV[1], ARGV[2], ARGV[3])
            redis.call('PEXPIRE', KEYS[1], 7200000)""",
            List.of(ask.key()), List.of(vary, ask.variant(vary), text));
}

final Semaphore permits = new Semaphore(bound);
final LongAdder requests = new LongAdder();
final LongAdder bodies = new LongAdder(); // in their responses

/// A request to the origin: conditional, if what is known has an ETag. A
/// 304 renews that, and has no body.
Entry send(Ask ask, Entry known) throws Exception {
    int patience = mode.equals("slow") ? 200 : 10_000; // ms, if it is busy
    var request = HttpRequest.newBuilder(URI.create(
                    "http://127.0.0.1:" + origin.port() + ask.path()))
            .timeout(Duration.ofMillis(patience)).header("X-Key", "airport")
            .header("X-Clock", "" + now).header("X-Mode", mode);
    ask.fields().forEach(request::header);
    String etag = known.field("etag");
    if (!etag.isEmpty()) request.header("If-None-Match", etag);
    HttpResponse<String> response;
    permits.acquire();
    try {
        requests.increment();
        response = http().send(request.build(), BodyHandlers.ofString());
    } finally {
        permits.release();
    }
    if (!response.body().isEmpty()) bodies.increment();
    long age = response.headers().firstValueAsLong("age").orElse(0);
    int status = response.statusCode();
    var fields = new TreeMap<>(response.headers().map());
    if (status != 304) {
        return new Entry(status, fields, response.body(), now - age);
    }
    known.fields().forEach(fields::putIfAbsent);
    return new Entry(known.status(), fields, known.body(), now - age);
}

/// After `limit` failures in a row nobody asks for 30 s; then one does.
class Breaker {
    int failures;
    int until;

    synchronized boolean lets() {
        if (now < until) return false;
        if (failures >= limit) until = now + 30; // one tries, alone
        return true;
    }

    synchronized void ended(boolean well) {
        failures = well ? 0 : failures + 1;
        until = failures < limit ? 0 : now + 30;
    }
}

Breaker breaker;
boolean careful = true; // or store all that RFC 9111 allows

/// Throws for what is no report.
void verify(Entry entry) throws IOException {
    if (entry.status() != 200
            || !entry.field("content-type").equals("application/json")) {
        throw new IOException("no report: " + entry.status());
    }
    json.readTree(entry.body());
}

/// Asks the origin, if need be and if the breaker lets it.
Entry fetch(Ask ask) throws Exception {
    Entry known = lookup(ask);
    if (known.stale(now) < 0) return known; // stored a moment ago
    if (!breaker.lets()) throw new IOException("nobody asks now");
    try {
        Entry entry = send(ask, known);
        if (careful) verify(entry);
        breaker.ended(true);
        String rule = entry.field("cache-control");
        if (!rule.matches(".*(no-store|private).*")) store(ask, entry);
        return entry;
    } catch (IOException | JacksonException e) {
        breaker.ended(false);
        throw new IOException(e);
    }
}

final Map<Ask, FutureTask<Entry>> underWay = new ConcurrentHashMap<>();

/// The fetch that is under way for a request; if none is, it starts one.
FutureTask<Entry> coalesced(Ask ask, Executor thread) {
    var mine = new FutureTask<>(() -> {
        try {
            return fetch(ask);
        } finally {
            underWay.remove(ask);
        }
    });
    var theirs = underWay.putIfAbsent(ask, mine);
    if (theirs != null) return theirs;
    thread.execute(mine);
    return mine;
}

/// What a reader gets, and where from: `hit`, `stale`, `origin`, `error`.
record Answer(String from, String body) {}

final Answer error = new Answer("error", "");

Answer read(Ask ask) throws Exception {
    Entry known = lookup(ask);
    if (known.stale(now) < 0) return new Answer("hit", known.body());
    if (known.stale(now) < known.seconds("stale-while-revalidate")) {
        coalesced(ask, Thread.ofVirtual().name("background")::start);
        return new Answer("stale", known.body());
    }
    try {
        Entry entry = coalesced(ask, Runnable::run).get(30, SECONDS);
        return new Answer("origin", entry.body());
    } catch (ExecutionException e) {
        if (!(e.getCause() instanceof IOException)) throw e; // a bug
        boolean usable = known.stale(now) < known.seconds("stale-if-error");
        return usable ? new Answer("stale", known.body()) : error;
    }
}

Ask ask(int city, String language) {
    return new Ask("/weather/" + cities.get(city),
            Map.of("accept-language", language));
}

/// A new hour, nothing stored for `first`, and an origin that obeys.
void begin(String mode) {
    this.mode = mode;
    now = (now / 3_600 + 1) * 3_600;
    valkey().del(first.key()); // the other cities are stored only once
    breaker = new Breaker();
    requests.reset();
    bodies.reset();
}

/// Waits for what is under way in the background.
void settle() throws Exception {
    for (var fetch : underWay.values()) fetch.get(30, SECONDS);
}

/// For how long is a response fresh? A reader asks each second.
void freshness() throws Exception {
    origin = spawn("weather", this::weather);
    cities = column(flughafen(), """
            SELECT DISTINCT iata FROM airport
            JOIN weatherdata ON station = airport_id LIMIT 40""");
    first = ask(0, "en");
    var rows = new ArrayList<Row>();
    for (String how : List.of("works", "old", "no-cache", "no-store",
            "private")) {
        begin(how);
        read(first);
        boolean stored = valkey().exists(first.key());
        int start = now;
        while (read(first).from().equals("hit")) now++;
        settle();
        rows.add(row(how, stored, now - start));
    }
    table("A read each second", row("origin", "stored", "hits"), rows);
    check("hits for max-age, less the Age it came with; else none",
            rows.equals(List.of(row("works", true, maxAge),
                    row("old", true, maxAge - 240),
                    row("no-cache", true, 0),
                    row("no-store", false, 0), row("private", false, 0))));
}

/// An hour, a read each minute: not stored; stored, but confirmed each
/// time; fresh for max-age.
void anHour() throws Exception {
    var rows = new ArrayList<Row>();
    for (String how : List.of("no-store", "no-cache", "works")) {
        begin(how);
        int answers = 0;
        for (int minute = 0; minute < 60; minute++, now += 60) {
            if (!read(first).body().isEmpty()) answers++;
            settle();
        }
        rows.add(row(how, requests.intValue(), bodies.intValue(), answers));
    }
    table("60 reads", row("origin", "requests", "bodies", "answers"), rows);
    int paid = Math.min(60, quota);
    check("not stored: answers for the quota",
            rows.get(0).equals(row("no-store", 60, paid, paid)));
    check("confirmed: one body, and not one answer more",
            rows.get(1).equals(row("no-cache", 60, 1, paid)));
    int periods = Math.ceilDiv(60, Math.ceilDiv(maxAge, 60));
    check("fresh: a request per max-age, and all are answered",
            rows.get(2).equals(row("works", periods, 1, 60)));
}

/// Two languages; another spelling; and a cache that ignores Vary.
void variants() throws Exception {
    begin("works");
    String german = read(ask(0, "de")).body();
    String english = read(first).body();
    check("each language has its entry", german.contains("Wetter")
            && read(ask(0, "de")).equals(new Answer("hit", german))
            && read(first).equals(new Answer("hit", english)));
    check("another spelling: another request, for the same text",
            read(ask(0, "de-CH")).equals(new Answer("origin", german)));
    var byUrl = new HashMap<>(Map.of(ask(0, "de").key(), german));
    byUrl.putIfAbsent(first.key(), english);
    check("keyed by the URL alone: German for who asks in English",
            byUrl.get(first.key()).equals(german));
}

/// So many readers, each in a thread of its own, and cities in turn.
List<String> atOnce(int readers, int cities,
        Function<Ask, Callable<String>> read) throws Exception {
    var all = IntStream.range(0, readers)
            .mapToObj(i -> read.apply(ask(i % cities, "en"))).toList();
    var threads = Thread.ofVirtual().name("readers").factory();
    try (var pool = Executors.newThreadPerTaskExecutor(threads)) {
        return pool.invokeAll(all).stream().map(Future::resultNow).toList();
    }
}

/// A stale entry. The origin does not answer while a reader waits.
void behindReaders() throws Exception {
    begin("works");
    now += 3_600 - maxAge;
    String old = read(first).body();
    now += maxAge; // it is stale, and there is other weather
    mode = "held";
    var got = atOnce(readers, 1, ask -> () -> read(ask).body());
    check("all get the old report, while a fetch is under way",
            Set.copyOf(got).equals(Set.of(old)) && underWay.size() == 1);
    origin.tell("go on");
    settle();
    check("it is the only one", requests.sum() == 1 + 1);
    Answer next = read(first);
    check("the next reader has a hit: the new report",
            next.from().equals("hit") && !next.body().equals(old));
}

/// Five readers for each of 40 cities: how many of them get a report?
long reports(Function<Ask, Callable<String>> read) throws Exception {
    begin("works");
    long reports = atOnce(200, 40, read).stream()
            .filter(body -> body.contains("Weather")).count();
    IO.println(requests + " requests, " + reports + " reports");
    return reports;
}

/// Each sends its own request.
void withoutCache() throws Exception {
    long reports = reports(ask -> () -> send(ask, none).body());
    check("200 requests, and reports for the quota",
            requests.sum() == 200 && reports == Math.min(quota, 200));
}

/// The same readers, with a cache.
void manyCities() throws Exception {
    long reports = reports(ask -> () -> read(ask).body());
    check("a request for each city", requests.sum() == 40);
    check("a report for each reader", reports == 200);
}

/// Five ways to fail. What does a reader get, and what is stored?
void failures() throws Exception {
    var rows = new ArrayList<Row>();
    for (String how : List.of("500", "slow", "cut", "half", "html")) {
        begin("works");
        Answer good = new Answer("stale", read(first).body());
        var stored = valkey().hgetAll(first.key());
        mode = how;
        now += maxAge + 60; // too late for stale-while-revalidate
        Answer inside = read(first);
        now += 1_740;
        Answer after = read(first);
        check(how + ": the good report stays, and in the end is too old",
                inside.equals(good) && after.from().equals("error")
                && valkey().hgetAll(first.key()).equals(stored));

        begin(how);
        careful = false;
        read(first);
        careful = true;
        mode = "works";
        now += 60;
        rows.add(row(how, inside.from(), after.from(), read(first).from()));
    }
    table("The origin fails", row("how", "inside the window", "after it",
            "stored unseen: a minute later"), rows);
    check("stored unseen: three of five are hits", rows.stream()
            .filter(r -> r.cells().getLast().equals("hit")).count() == 3);
}

/// 20 reads: where they have their answers from, and the requests.
String twenty() throws Exception {
    requests.reset();
    var from = new TreeSet<String>();
    for (int i = 0; i < 20; i++) from.add(read(first).from());
    IO.println("20 reads: " + from + ", requests: " + requests);
    return from + " " + requests;
}

/// The origin is killed, and comes back.
void originDies() throws Exception {
    begin("works");
    read(first);
    origin.kill();
    now += maxAge + 60;
    check("some failures, and then nobody asks",
            twenty().equals("[stale] " + limit));
    check("the next reads ask nobody", twenty().equals("[stale] 0"));
    now += 30;
    check("30 s later one tries", twenty().equals("[stale] 1"));
    now += 1_710;
    check("after the window: errors", twenty().equals("[error] 1"));
    origin = spawn("weather", this::weather);
    now += 30;
    check("it is back: one tries, and all have hits",
            twenty().equals("[hit, origin] 1"));
}
