///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.joining;
import static lab.Lab.*;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import lab.Actor;
import lab.Figures.Row;
import tools.jackson.databind.json.JsonMapper;

final int maxAge = knob("maxage", 300, 300, 3_600); // s, of a response
final int quota = knob("quota", 40, 40, 1_000);     // requests an hour
final int limit = knob("failures", 3, 1, 19);       // then nobody asks
final boolean careful = knob("careful", true);      // or store all

volatile int now; // s, a clock of our own: the steps move it
volatile String mode; // how the origin works, or fails
Actor origin;
List<Ask> cities; // for the weather in 40 of them, in English
Ask first;

void main() {
    steps(this::freshness, this::anHour, this::variants,
            this::behindReaders, varies(this::withoutCache),
            varies(this::manyCities), this::failures, this::originDies);
}

final CountDownLatch goOn = new CountDownLatch(1); // for what is held
final Map<Integer, Integer> spent = new ConcurrentHashMap<>(); // by hour

/// The origin: a weather service in a process of its own.
void weather() throws Exception {
    serves(listen("request",
            exchange -> answer(exchange, exchange.getRequestHeaders())));
    while (IO.readln() != null) goOn.countDown();
}

/// Answers, or fails as it is told. A filter sets Cache-Control always.
void answer(HttpExchange exchange, Headers asked) throws Exception {
    String how = asked.getFirst("X-Mode");
    int hour = Integer.parseInt(asked.getFirst("X-Clock")) / 3_600;
    boolean html = how.equals("html");
    byte[] body = (html ? "<h1>Please log in</h1>"
            : report(exchange.getRequestURI().getPath(), hour,
                    asked.getFirst("Accept-Language"))).getBytes();
    Thread.sleep(how.equals("slow") ? 1_000 : 2);
    if (how.equals("held")) goOn.await(30, SECONDS);
    String etag = "\"%.8s\"".formatted(UUID.nameUUIDFromBytes(body)); // MD5
    int status = how.equals("500") ? 500
            : spent.merge(hour, 1, Integer::sum) > quota ? 429
            : etag.equals(asked.getFirst("If-None-Match")) ? 304 : 200;

    Headers fields = exchange.getResponseHeaders();
    fields.set("ETag", etag);
    fields.set("Content-Type", html ? "text/html" : "application/json");
    fields.set("Cache-Control", "max-age=" + maxAge
            + ", stale-while-revalidate=60, stale-if-error=1800");
    if (how.matches("no-.*|private")) fields.add("Cache-Control", how);
    if (!how.equals("unvaried")) fields.set("Vary", "Accept-Language");
    if (how.equals("old")) fields.set("Age", "240");
    exchange.sendResponseHeaders(status, status == 200 ? body.length : -1);
    int end = how.equals("cut") ? body.length / 2 : body.length;
    if (status == 200) exchange.getResponseBody().write(body, 0, end);
    exchange.getResponseBody().flush();
}

/// The temperatures of 24 hours from `hour` on, in German or in English.
String report(String path, int hour, String language) throws Exception {
    List<String> temperatures = column(flughafen(), """
            SELECT temp FROM airport, weatherdata WHERE station = airport_id
            AND iata = ? ORDER BY log_date, time LIMIT 24 OFFSET ?""",
            path.replace("/weather:", ""), hour);
    String title = language.equals("de") ? "Wetter" : "Weather";
    return "{\"%s\": %s}".formatted(title, temperatures);
}

/// A request for `/weather:ATL`, here without the slash, and the fields of
/// its header.
record Ask(String key, Map<String, String> fields) {
    /// The secondary key: what it has in the fields that `vary` names.
    String variant(String vary) {
        return Stream.of(vary.toLowerCase(Locale.ROOT).split("[ ,]+"))
                .map(name -> name + "=" + fields.get(name))
                .collect(joining("\n"));
    }
}

/// A stored response. `born`: when the origin made or confirmed it, in s.
record Entry(int status, Map<String, List<String>> fields, String body,
        long born) {
    String field(String name) {
        return String.join(", ", fields.getOrDefault(name, List.of()));
    }

    /// The seconds that Cache-Control has for a directive. 0 without it,
    /// and if nothing is to be used unasked.
    int seconds(String directive) {
        String rule = field("cache-control").toLowerCase(Locale.ROOT);
        var found = Pattern.compile(directive + "=(\\d{1,9})")
                .matcher(rule);
        boolean counts = found.find() && !rule.contains("no-cache");
        return counts ? Integer.parseInt(found.group(1)) : 0;
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

final LongAdder requests = new LongAdder();
final LongAdder bodies = new LongAdder(); // in their responses

/// A request to the origin: conditional, if what is known has an ETag. A
/// 304 renews that, and has no body. 10 s are for a busy machine.
Entry send(Ask ask, Entry known) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(
                    "http://127.0.0.1:" + origin.port() + "/" + ask.key()))
            .timeout(Duration.ofMillis(mode.equals("slow") ? 200 : 10_000))
            .headers("X-Clock", "" + now, "X-Mode", mode);
    ask.fields().forEach(request::header);
    String etag = known.field("etag");
    if (!etag.isEmpty()) request.header("If-None-Match", etag);
    requests.increment();
    var response = http().send(request.build(), BodyHandlers.ofString());
    if (!response.body().isEmpty()) bodies.increment();
    Entry kept = response.statusCode() == 304 ? known : new Entry(
            response.statusCode(), Map.of(), response.body(), now);
    var fields = new TreeMap<>(kept.fields());
    fields.putAll(response.headers().map()); // names in lower case
    long age = response.headers().firstValueAsLong("age").orElse(0);
    return new Entry(kept.status(), fields, kept.body(), now - age);
}

int failed; // fetches in a row
int next; // when the next may try

/// A circuit breaker: after `limit` failures in a row nobody asks for 30 s;
/// then one request does.
synchronized boolean mayAsk() {
    if (failed >= limit && now < next) return false;
    next = now + 30;
    return true;
}

synchronized void asked(boolean well) {
    failed = well ? 0 : failed + 1;
}

/// Asks the origin, if need be and if the breaker lets it. Only a report is
/// stored: no failure, also none that says 200.
Entry fetch(Ask ask) throws Exception {
    Entry known = lookup(ask);
    if (known.stale(now) < 0) return known; // stored a moment ago
    if (!mayAsk()) throw new IOException("nobody asks now");
    try {
        Entry entry = send(ask, known);
        boolean report = entry.status() == 200
                && entry.field("content-type")
                        .matches("application/json *(;.*)?");
        if (careful && !report) throw new IOException("no report");
        asked(true);
        String rule = entry.field("cache-control").toLowerCase(Locale.ROOT);
        if (!rule.matches(".*(no-store|private).*")) store(ask, entry);
        return entry;
    } catch (IOException e) {
        asked(false);
        throw e;
    }
}

/// It sends at most 8 requests at once.
final ExecutorService pool = Executors.newFixedThreadPool(8,
        Thread.ofVirtual().name("fetch").factory());
final Map<Ask, Future<Entry>> underWay = new ConcurrentHashMap<>();

/// The fetch that is under way for a request; if none is, it starts one.
Future<Entry> coalesced(Ask ask) {
    return underWay.computeIfAbsent(ask, _ -> pool.submit(() -> {
        try {
            return fetch(ask);
        } finally {
            underWay.remove(ask);
        }
    }));
}

/// What a reader gets, and where from: `hit`, `stale`, `origin`, `error`.
record Answer(String from, String body) {}

Answer read(Ask ask) throws Exception {
    Entry known = lookup(ask);
    long stale = known.stale(now);
    if (stale < 0) return new Answer("hit", known.body());
    var fetch = coalesced(ask);
    var old = new Answer("stale", known.body());
    if (stale < known.seconds("stale-while-revalidate")) return old;
    try {
        return new Answer("origin", fetch.get(30, SECONDS).body());
    } catch (ExecutionException | TimeoutException e) {
        boolean bug = e instanceof ExecutionException
                && !(e.getCause() instanceof IOException);
        if (bug) throw e;
        boolean usable = stale < known.seconds("stale-if-error");
        return usable ? old : new Answer("error", "");
    }
}

/// A new hour, nothing stored for `first`, and an origin that obeys.
void begin(String mode) {
    this.mode = mode;
    now = (now / 3_600 + 1) * 3_600;
    valkey().del(first.key()); // the other cities are stored only once
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
            SELECT DISTINCT 'weather:' || iata FROM airport
            JOIN weatherdata ON station = airport_id LIMIT 40""").stream()
            .map(key -> new Ask(key, Map.of("accept-language", "en")))
            .toList();
    first = cities.getFirst();
    check("no Age: hits for max-age", hits("works") == maxAge);
    check("Age: 240: hits for 240 s less", hits("old") == maxAge - 240);
}

/// The seconds for which what the origin sends is a hit.
int hits(String mode) throws Exception {
    begin(mode);
    read(first);
    int start = now;
    while (read(first).from().equals("hit")) now++;
    settle();
    return now - start;
}

/// An hour, a read each minute: not stored; stored, but confirmed each
/// time; fresh for max-age.
void anHour() throws Exception {
    var rows = new ArrayList<Row>();
    for (String how : List.of("no-store", "private", "no-cache", "works")) {
        begin(how);
        int answers = 0;
        for (int minute = 0; minute < 60; minute++, now += 60) {
            if (!read(first).body().isEmpty()) answers++;
            settle();
        }
        rows.add(row(how, valkey().exists(first.key()),
                requests.intValue(), bodies.intValue(), answers));
    }
    table("60 reads",
            row("origin", "stored", "requests", "bodies", "answers"), rows);
    int paid = Math.min(60, quota);
    int periods = Math.ceilDiv(60, Math.ceilDiv(maxAge, 60));
    check("a 304 saves the body; only freshness saves requests",
            rows.equals(List.of(row("no-store", false, 60, paid, paid),
                    row("private", false, 60, paid, paid),
                    row("no-cache", true, 60, 1, paid),
                    row("works", true, periods, 1, 60))));
}

/// Two languages; and an origin that forgets Vary.
void variants() throws Exception {
    begin("works");
    Ask german = new Ask(first.key(), Map.of("accept-language", "de"));
    String wetter = read(german).body();
    check("each language has its entry", wetter.contains("Wetter")
            && read(first).body().contains("Weather")
            && read(german).equals(new Answer("hit", wetter)));
    begin("unvaried");
    read(german);
    check("without Vary: German for who asks in English",
            read(first).body().contains("Wetter"));
}

/// So many readers, each in a thread of its own.
List<String> atOnce(int readers, IntFunction<Callable<String>> reader)
        throws Exception {
    var all = IntStream.range(0, readers).mapToObj(reader).toList();
    var threads = Thread.ofVirtual().name("readers").factory();
    try (var each = Executors.newThreadPerTaskExecutor(threads)) {
        var read = each.invokeAll(all, 60, SECONDS);
        return read.stream().map(Future::resultNow).toList();
    }
}

/// A stale entry. The origin does not answer while a reader waits.
void behindReaders() throws Exception {
    begin("works");
    read(first);
    now += maxAge;
    mode = "held";
    var all = atOnce(50, _ -> () -> read(first).from());
    check("all are answered, while a fetch is under way",
            all.stream().allMatch("stale"::equals) && underWay.size() == 1);
    origin.tell("go on");
    settle();
    check("it is the only one, and the next reader has a hit",
            requests.sum() == 1 + 1 && read(first).from().equals("hit"));
}

/// Five readers for each of 40 cities: so many requests and reports.
void crowd(int asked, int reports, Function<Ask, Callable<String>> reader)
        throws Exception {
    begin("works");
    long got = atOnce(200, i -> reader.apply(cities.get(i % 40))).stream()
            .filter(body -> body.contains("Weather")).count();
    check("200 readers: " + asked + " requests, " + reports + " reports",
            requests.sum() == asked && got == reports);
}

/// Each has a request of its own, and a report while the quota lasts.
void withoutCache() throws Exception {
    crowd(200, Math.min(quota, 200),
            ask -> () -> pool.submit(() -> send(ask, none)).get().body());
}

/// A request for each city.
void manyCities() throws Exception {
    crowd(40, 200, ask -> () -> read(ask).body());
}

/// Four ways to fail. What does a reader get, and what stays stored?
void failures() throws Exception {
    for (String how : List.of("500", "slow", "cut", "html")) {
        begin("works");
        now += 3_600 - maxAge; // soon there is other weather
        var good = new Answer("stale", read(first).body());
        mode = how;
        now += maxAge + 60; // too late for stale-while-revalidate
        check(how + ": the stale report", read(first).equals(good));
        now += 1_740;
        check(how + ": after the window an error; it is still stored",
                read(first).from().equals("error")
                && lookup(first).body().equals(good.body()));
    }
}

/// 20 reads, one after the other: where they are answered from.
void reads(String when, String from, int asked) throws Exception {
    requests.reset();
    var sources = new TreeSet<String>();
    for (int i = 0; i < 20; i++) sources.add(read(first).from());
    check("%s: %s, requests: %d".formatted(when, from, asked),
            sources.toString().equals(from) && requests.sum() == asked);
}

/// The origin is killed, and comes back.
void originDies() throws Exception {
    begin("works");
    read(first);
    origin.kill();
    now += maxAge + 60;
    reads("20 reads of what is stale", "[stale]", limit);
    now += 1_740;
    reads("after the window", "[error]", 1);
    origin = spawn("weather", this::weather);
    now += 30;
    reads("it is back", "[hit, origin]", 1);
}
