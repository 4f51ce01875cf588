///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;

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

final int maxAge = knob("maxage", 300, 300, 3_600); // s, of each response
final int age = maxAge * 4 / 5;                     // s, if it says one
final int quota = knob("quota", 40, 40, 1_000);     // requests an hour
final int readers = knob("readers", 50, 1, 500);    // who read at once
final int bound = knob("bound", 8, 1, 40);          // requests at once
final int limit = knob("failures", 3, 1, 19);       // then nobody asks

volatile int now; // s, a clock of our own: the steps move it
Actor origin;
List<String> cities;

void main() {
    steps(this::freshness, this::anHour, this::variants,
            this::behindReaders, this::withoutCache, this::manyCities,
            this::failures, this::originDies);
}

volatile String mode; // what the origin was told last
volatile CountDownLatch told = new CountDownLatch(1); // by its next word
final AtomicInteger inFlight = new AtomicInteger();
final AtomicInteger most = new AtomicInteger(); // that were in flight
final Map<String, Integer> spent = new ConcurrentHashMap<>(); // of quotas

/// The origin: a weather service. It is told, in words, what to do next.
void weather() throws Exception {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    var loopback = InetAddress.getLoopbackAddress();
    var server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/weather/", exchange -> {
        try (exchange) {
            answer(exchange, mode);
        } catch (Exception e) {
            throw new IOException(e); // the server closes the connection
        }
    });
    server.start();
    serves(server.getAddress().getPort());
    for (String word; (word = IO.readln()) != null; IO.println(word)) {
        mode = word;
        told.countDown();
        told = new CountDownLatch(1);
        if (word.equals("bound")) word = "more than " + bound
                + " requests at once: " + (most.get() > bound);
    }
}

/// Answers, or fails. A filter gives each response its Cache-Control.
void answer(HttpExchange exchange, String how) throws Exception {
    most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    if (how.equals("slow")) told.await(30, SECONDS);
    else Thread.sleep(2);
    inFlight.decrementAndGet();

    var asked = exchange.getRequestHeaders();
    int clock = Integer.parseInt(asked.getFirst("X-Clock"));
    String key = asked.getFirst("X-Key") + " in hour " + clock / 3_600;
    boolean refused = spent.merge(key, 1, Integer::sum) > quota;
    String report = report(exchange.getRequestURI(), clock / 3_600,
            asked.getFirst("Accept-Language"));
    byte[] body = switch (how) {
        case "html" -> "<h1>Please log in</h1>".getBytes();
        case "half", "cut" -> report.substring(0, 500).getBytes();
        default -> report.getBytes();
    };
    String etag = "\"" + UUID.nameUUIDFromBytes(body) + "\"";
    int status = refused ? 429 : how.equals("500") ? 500
            : etag.equals(asked.getFirst("If-None-Match")) ? 304 : 200;

    var fields = exchange.getResponseHeaders();
    fields.set("Content-Type",
            how.equals("html") ? "text/html" : "application/json");
    fields.set("ETag", etag);
    fields.set("Vary", "Accept-Language");
    fields.set("Cache-Control", switch (how) {
        case "no-store", "private", "no-cache" -> how;
        default -> "max-age=" + maxAge
                + ", stale-while-revalidate=60, stale-if-error=1800";
    });
    if (how.equals("old")) fields.set("Age", "" + age);
    if (refused) fields.set("Retry-After", "" + (3_600 - clock % 3_600));
    int announced = how.equals("cut") ? 2 * body.length : body.length;
    exchange.sendResponseHeaders(status, status == 200 ? announced : -1);
    if (status == 200) exchange.getResponseBody().write(body);
    exchange.getResponseBody().flush();
}

/// The weather of 24 hours from `hour` on, in German or English.
String report(URI uri, int hour, String language) throws Exception {
    return column(flughafen(), """
            SELECT json_object('title', ?,
                'hours', json_group_array(json_object('time', time,
                    'temperature', temp, 'sky', weather)))
            FROM (SELECT time, temp, weather
                FROM airport JOIN weatherdata ON station = airport_id
                WHERE iata = ?
                ORDER BY log_date, time LIMIT 24 OFFSET ?)""",
            language.startsWith("de") ? "Wetter" : "Weather",
            uri.getPath().replace("/weather/", ""), hour).getFirst();
}

/// A request: its path, and the fields of its header.
record Ask(String path, Map<String, String> fields) {
    /// The secondary key: what it has in the fields that `vary` names.
    String variant(String vary) {
        return Stream.of(vary.toLowerCase(Locale.ROOT).split("[ ,]+"))
                .map(fields::get).toList().toString();
    }
}

/// A stored response. `born`: when the origin made or confirmed it, in s.
record Entry(int status, Map<String, String> fields, String body,
        long born) {
    /// The seconds that Cache-Control has for a directive; 0 without it.
    int seconds(String directive) {
        var found = Pattern.compile("(^|[ ,])" + directive + "=(\\d+)")
                .matcher(fields.getOrDefault("cache-control", ""));
        return found.find() ? Integer.parseInt(found.group(2)) : 0;
    }

    /// Whether Cache-Control has one of the directives.
    boolean forbids(String directives) {
        return fields.getOrDefault("cache-control", "")
                .matches(".*(" + directives + ").*");
    }

    boolean fresh(int now) {
        return now - born < seconds("max-age");
    }

    /// Whether a window of RFC 5861 is open: it begins with staleness.
    boolean within(String window, int now) {
        return now - born < seconds("max-age") + seconds(window);
    }
}

final JsonMapper json = JsonMapper.builder().build();

/// What is stored for a request, or null.
Entry lookup(Ask ask) {
    Map<String, String> stored = valkey().hgetAll(ask.path());
    String text = stored.get(ask.variant(stored.getOrDefault("vary", "")));
    return text == null ? null : json.readValue(text, Entry.class);
}

/// A hash for each URL: what its responses vary by, and each variant. Two
/// hours are longer than any window here.
void store(Ask ask, Entry entry) {
    String vary = entry.fields().getOrDefault("vary", "");
    valkey().eval("""
            redis.call('HSET', KEYS[1], 'vary', ARGV[1], ARGV[2], ARGV[3])
            redis.call('PEXPIRE', KEYS[1], 7200000)""",
            List.of(ask.path()), List.of(vary, ask.variant(vary),
                    json.writeValueAsString(entry)));
}

final Semaphore permits = new Semaphore(bound);
final LongAdder requests = new LongAdder();
final LongAdder bytes = new LongAdder(); // of bodies
int patience = 10_000; // ms for a response: this machine may be busy

/// A request to the origin: conditional, if a response is stored. A 304
/// renews that one, and has no body.
Entry send(Ask ask, Entry stored) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(
                    "http://127.0.0.1:" + origin.port() + ask.path()))
            .timeout(Duration.ofMillis(patience))
            .header("X-Key", "airport").header("X-Clock", "" + now);
    ask.fields().forEach(request::header);
    if (stored != null) {
        request.header("If-None-Match", stored.fields().get("etag"));
    }
    HttpResponse<String> response;
    permits.acquire();
    try {
        requests.increment();
        response = http().send(request.build(), BodyHandlers.ofString());
    } finally {
        permits.release();
    }
    bytes.add(response.body().length());
    long born = now - response.headers().firstValueAsLong("age").orElse(0);
    boolean same = response.statusCode() == 304;
    var fields = new TreeMap<String, String>();
    if (same) fields.putAll(stored.fields());
    response.headers().map().forEach((name, values) ->
            fields.put(name, String.join(", ", values)));
    return same ? new Entry(stored.status(), fields, stored.body(), born)
            : new Entry(response.statusCode(), fields, response.body(), born);
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
    String type = entry.fields().get("content-type");
    if (entry.status() != 200 || !"application/json".equals(type)) {
        throw new IOException(entry.status() + ", " + type);
    }
    json.readTree(entry.body());
}

/// Asks the origin, if need be and if the breaker lets it.
Entry fetch(Ask ask) throws Exception {
    Entry stored = lookup(ask);
    if (stored != null && stored.fresh(now)) return stored; // just now
    if (!breaker.lets()) throw new IOException("nobody asks now");
    try {
        Entry entry = send(ask, stored);
        if (careful) verify(entry);
        breaker.ended(true);
        if (!entry.forbids("no-store|private")) store(ask, entry);
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

Answer read(Ask ask) throws Exception {
    Entry stored = lookup(ask);
    if (stored != null && stored.fresh(now)) {
        return new Answer("hit", stored.body());
    }
    if (stored != null && stored.within("stale-while-revalidate", now)) {
        coalesced(ask, Thread.ofVirtual().name("background")::start);
        return new Answer("stale", stored.body());
    }
    try {
        Entry entry = coalesced(ask, Runnable::run).get(30, SECONDS);
        return new Answer("origin", entry.body());
    } catch (ExecutionException e) {
        if (!(e.getCause() instanceof IOException)) throw e;
        return stored != null && stored.within("stale-if-error", now)
                ? new Answer("stale", stored.body())
                : new Answer("error", "");
    }
}

Ask ask(int city, String language) {
    return new Ask("/weather/" + cities.get(city),
            Map.of("accept-language", language));
}

/// Tells the origin what to do, and waits until it has heard.
String tell(String word) throws Exception {
    origin.tell(word);
    return origin.hear();
}

/// A new hour, an empty cache, and an origin that does as it is told.
void begin(String how) throws Exception {
    now = (now / 3_600 + 1) * 3_600;
    for (int i = 0; i < 40; i++) valkey().del(ask(i, "en").path());
    breaker = new Breaker();
    requests.reset();
    bytes.reset();
    tell(how);
}

/// Waits for what is under way in the background.
void settle() throws Exception {
    for (var fetch : underWay.values()) fetch.get(30, SECONDS);
}

/// For how long is a response fresh? A reader asks each second.
void freshness() throws Exception {
    origin = spawn("weather", this::weather);
    cities = column(flughafen(), """
            SELECT iata FROM airport WHERE EXISTS (
                SELECT * FROM weatherdata WHERE station = airport_id)
            ORDER BY airport_id LIMIT 40""");
    var rows = new ArrayList<Row>();
    for (String how : List.of("works", "old", "no-cache", "no-store",
            "private")) {
        begin(how);
        Ask ask = ask(0, "en");
        read(ask);
        String stored = valkey().exists(ask.path()) ? "yes" : "no";
        int start = now;
        while (read(ask).from().equals("hit")) now++;
        settle();
        rows.add(row(how, stored, now - start));
    }
    table("A read each second", row("origin", "stored", "hits"), rows);
    check("fresh for max-age, less the Age with which it came",
            rows.get(0).equals(row("works", "yes", maxAge))
            && rows.get(1).equals(row("old", "yes", maxAge - age)));
    check("no-cache: stored, but never a hit",
            rows.get(2).equals(row("no-cache", "yes", 0)));
    check("no-store and private: not stored",
            rows.get(3).equals(row("no-store", "no", 0))
            && rows.get(4).equals(row("private", "no", 0)));
}

record Hour(String how, int answered, long requests, long bytes) {}

/// A reader asks each minute, for an hour.
Hour hour(String how) throws Exception {
    begin(how);
    int answered = 0;
    for (int minute = 0; minute < 60; minute++, now += 60) {
        if (!read(ask(0, "en")).from().equals("error")) answered++;
        settle();
    }
    return new Hour(how, answered, requests.sum(), bytes.sum());
}

/// Not stored; stored but confirmed each time; fresh for max-age.
void anHour() throws Exception {
    Hour none = hour("no-store");
    Hour confirmed = hour("no-cache");
    Hour fresh = hour("works");
    table("60 reads in an hour", row("origin", "requests", "answered",
                    measured("bytes of bodies")),
            Stream.of(none, confirmed, fresh).map(hour -> row(hour.how,
                    hour.requests, hour.answered, hour.bytes)).toList());
    int most = Math.min(60, quota);
    check("not stored: as many answers as the quota has",
            none.requests == 60 && none.answered == most);
    check("confirmed: one body, and not one answer more",
            confirmed.requests == 60 && confirmed.answered == most
            && confirmed.bytes * most == none.bytes);
    int minutes = Math.ceilDiv(maxAge, 60);
    check("fresh: a request per max-age, and all are answered",
            fresh.requests == Math.ceilDiv(60, minutes)
            && fresh.answered == 60);
}

/// Two languages; another spelling; and a cache that ignores Vary.
void variants() throws Exception {
    begin("works");
    String german = read(ask(0, "de")).body();
    String english = read(ask(0, "en")).body();
    check("each language has its entry", german.contains("Wetter")
            && read(ask(0, "de")).equals(new Answer("hit", german))
            && read(ask(0, "en")).equals(new Answer("hit", english)));
    check("another spelling: another request, for the same text",
            read(ask(0, "de-CH")).equals(new Answer("origin", german)));
    var byUrl = new HashMap<String, String>();
    byUrl.putIfAbsent(ask(0, "de").path(), german);
    byUrl.putIfAbsent(ask(0, "en").path(), english);
    check("keyed by the URL alone: German for who asks in English",
            byUrl.get(ask(0, "en").path()).equals(german));
}

interface Read {
    String body(Ask ask) throws Exception;
}

/// Readers, each in a thread of its own, and cities in turn.
List<String> atOnce(int readers, int cities, Read read) throws Exception {
    var threads = Thread.ofVirtual().name("readers").factory();
    try (var pool = Executors.newThreadPerTaskExecutor(threads)) {
        return pool.invokeAll(IntStream.range(0, readers)
                .mapToObj(i -> (Callable<String>) () ->
                        read.body(ask(i % cities, "en"))).toList())
                .stream().map(Future::resultNow).toList();
    }
}

/// A stale entry. The origin does not answer while a reader waits.
void behindReaders() throws Exception {
    begin("works");
    now += 3_600 - maxAge;
    String old = read(ask(0, "en")).body();
    now += maxAge; // it is stale, and there is other weather
    tell("slow");
    var bodies = atOnce(readers, 1, ask -> read(ask).body());
    check("all readers get the old report, while a fetch is under way",
            Set.copyOf(bodies).equals(Set.of(old)) && underWay.size() == 1);
    tell("works");
    settle();
    check("one request for all, after the first", requests.sum() == 2);
    Answer next = read(ask(0, "en"));
    check("the next reader has a hit: the new report",
            next.from().equals("hit") && !next.body().equals(old));
}

/// Five readers for each of 40 cities: how many of them get a report?
long reports(Read read) throws Exception {
    begin("works");
    long reports = atOnce(200, 40, read).stream()
            .filter(body -> body.contains("Weather")).count();
    IO.println(requests + " requests, " + reports + " reports");
    return reports;
}

/// Each sends its own request.
void withoutCache() throws Exception {
    long reports = reports(ask -> send(ask, null).body());
    check("200 requests, and reports for the quota",
            requests.sum() == 200 && reports == Math.min(quota, 200));
}

/// The same readers, with a cache.
void manyCities() throws Exception {
    long reports = reports(ask -> read(ask).body());
    check("a request for each city, a report for each reader",
            requests.sum() == 40 && reports == 200);
    check("the bound holds", tell("bound").endsWith("false"));
}

/// Five ways to fail. What does a reader get, and what is stored?
void failures() throws Exception {
    Ask ask = ask(0, "en");
    var rows = new ArrayList<Row>();
    for (String how : List.of("500", "slow", "cut", "half", "html")) {
        begin("works");
        patience = how.equals("slow") ? 200 : 10_000;
        Answer good = new Answer("stale", read(ask).body());
        var stored = valkey().hgetAll(ask.path());
        tell(how);
        now += maxAge + 60; // too late for stale-while-revalidate
        Answer inside = read(ask);
        now += 1_740;
        Answer after = read(ask);
        check(how + ": the good report, and in the end an error",
                inside.equals(good) && after.from().equals("error"));
        check(how + ": what is stored stays",
                valkey().hgetAll(ask.path()).equals(stored));

        begin(how);
        careful = false;
        read(ask);
        careful = true;
        tell("works");
        now += 60;
        rows.add(row(how, inside.from(), after.from(), read(ask).from()));
    }
    patience = 10_000;
    table("The origin fails", row("how", "inside the window", "after it",
            "stored unseen: a minute later"), rows);
    check("stored unseen, three of five are served as hits", rows.stream()
            .filter(row -> row.cells().getLast().equals("hit")).count() == 3);
}

/// Reads a city 20 times: what the last one got, after how many requests.
String twenty() throws Exception {
    requests.reset();
    String from = "";
    for (int i = 0; i < 20; i++) from = read(ask(0, "en")).from();
    return from + ", requests: " + requests;
}

/// The origin is killed, and comes back.
void originDies() throws Exception {
    begin("works");
    read(ask(0, "en"));
    origin.kill();
    now += maxAge + 60;
    String closed = twenty();
    String open = twenty();
    now += 30;
    String halfOpen = twenty();
    now += 1_800;
    String after = twenty();
    origin = spawn("weather", this::weather);
    tell("works");
    now += 30;
    String back = twenty();
    table("20 reads each", row("the origin", "readers get"),
            row("is dead", closed),
            row("at once", open),
            row("30 s later", halfOpen),
            row("after the window", after),
            row("is back, 30 s later", back));
    check("so many failures, then nobody asks",
            closed.equals("stale, requests: " + limit)
            && open.equals("stale, requests: 0"));
    check("after 30 s one tries",
            halfOpen.equals("stale, requests: 1"));
    check("after the window: errors", after.equals("error, requests: 1"));
    check("the origin is back: one request, then hits",
            back.equals("hit, requests: 1"));
}
