///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import lab.Actor;

// A cache that does not read what the responses say. Mend it.

int now; // s
String mode; // what the origin is to do
Actor origin;

void main() {
    steps(this::fresh, this::arrivesOld, this::languages, this::notStored,
            this::failure, this::tooOld);
}

/// The body of what the origin says about `/weather`. All responses have
/// `max-age=300, stale-if-error=1800` and `Vary: Accept-Language`, or
/// `no-store`. This is all you have to change.
String read(String language) throws Exception {
    String key = "weather";
    String known = valkey().get(key);
    if (known != null) {
        String[] bornAndBody = known.split(":", 2);
        int age = now - Integer.parseInt(bornAndBody[0]);
        if (age < 300) return bornAndBody[1];
    }
    HttpResponse<String> response = send(language);
    valkey().set(key, now + ":" + response.body(),
            setParams().px(7_200_000));
    return response.body();
}

/// Asks the origin.
HttpResponse<String> send(String language) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(
                    "http://127.0.0.1:" + origin.port() + "/weather"))
            .timeout(Duration.ofSeconds(10)).header("X-Mode", mode)
            .header("Accept-Language", language).build();
    return http().send(request, BodyHandlers.ofString());
}

/// The origin. It counts its reports, so that no two are the same.
void weather() throws Exception {
    var reports = new AtomicInteger();
    serves(listen("request", exchange -> {
        Headers asked = exchange.getRequestHeaders();
        String how = asked.getFirst("X-Mode");
        Headers fields = exchange.getResponseHeaders();
        fields.set("Vary", "Accept-Language");
        fields.set("Cache-Control", how.equals("no-store") ? how
                : "max-age=300, stale-if-error=1800");
        if (how.equals("old")) fields.set("Age", "240");
        byte[] body = (asked.getFirst("Accept-Language") + ", report "
                + reports.incrementAndGet()).getBytes();
        if (how.equals("fails")) body = "Sorry!".getBytes();
        exchange.sendResponseHeaders(how.equals("fails") ? 500 : 200,
                body.length);
        exchange.getResponseBody().write(body);
    }));
    IO.readln();
}

/// An hour later: all that was stored is older than any window.
void begin(String mode) {
    now += 3_600;
    this.mode = mode;
}

/// What a reader gets; "an error" for an exception.
String told(String language) {
    try {
        return read(language);
    } catch (Exception e) {
        return "an error";
    }
}

void fresh() throws Exception {
    origin = spawn("weather", this::weather);
    begin("works");
    String first = told("en");
    now += 299;
    check("after 299 s: a hit", told("en").equals(first));
    now += 1;
    check("after 300 s: a new report", !told("en").equals(first));
}

void arrivesOld() {
    begin("old");
    String first = told("en");
    now += 59;
    check("it came with Age: 240. After 59 s: a hit",
            told("en").equals(first));
    now += 1;
    check("after 60 s it is 300 s old: a new report",
            !told("en").equals(first));
}

void languages() {
    begin("works");
    String german = told("de");
    String english = told("en");
    check("who asks in English is answered in English",
            english.startsWith("en"));
    check("both are hits afterwards", told("de").equals(german)
            && told("en").equals(english));
}

void notStored() {
    begin("no-store");
    String first = told("en");
    check("no-store: the next reader gets a new report",
            !told("en").equals(first));
}

void failure() {
    begin("works");
    String good = told("en");
    now += 301;
    mode = "fails";
    check("stale, and the origin fails: the report of before",
            told("en").equals(good));
    now += 1;
    check("again: a failure has not replaced it",
            told("en").equals(good));
    mode = "works";
    check("it works again: a new report", told("en").startsWith("en")
            && !told("en").equals(good));
}

void tooOld() {
    begin("works");
    told("en");
    mode = "fails";
    now += 300 + 1_799;
    check("in the window of stale-if-error: the report of before",
            told("en").startsWith("en"));
    now += 1;
    check("after it: an error", told("en").equals("an error"));
}
