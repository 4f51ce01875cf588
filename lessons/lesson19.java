///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
// Templates that escape what they are given.
//DEPS org.freemarker:freemarker:2.3.35
//SOURCES lab/Lab.java
//FILES lesson19.ftlh
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;

import com.sun.net.httpserver.HttpExchange;
import freemarker.template.Configuration;
import freemarker.template.Template;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import lab.Actor;

final boolean stay = knob("stay", false); // all stays up, for a browser
final int idle = knob("idle", 30, 1, 480); // minutes

void main() {
    if (stay) steps(this::stay);
    else steps(this::ownMemory, this::sharedSession, this::refused,
            this::hostileNames, this::twoTabs, varies(this::nodeDies));
}

String node = "the balancer"; // or what a node is called
Template template;            // of all pages
List<String> passports;       // of those who can log in
List<String> board;           // ids of the flights on sale
final Map<String, Map<String, String>> memory = new ConcurrentHashMap<>();
final Semaphore goOn = new Semaphore(0);

/// What a node needs, and the balancer.
void prepare() throws Exception {
    var templates = new Configuration(Configuration.VERSION_2_3_35);
    templates.setClassForTemplateLoading(getClass(), "/");
    templates.setSharedVariable("node", node);
    template = templates.getTemplate("lesson19.ftlh");
    passports = column(flughafenCopy(), """
            SELECT passportno FROM passenger ORDER BY 1 LIMIT 3""");
    board = column(flughafenCopy(), """
            SELECT flight_id FROM flight JOIN airport ON airport_id = "from"
            WHERE iata = 'ZRH' ORDER BY departure LIMIT 6""");
}

/// A node of the application, in a process of its own.
void node() throws Exception {
    node = IO.readln();
    prepare();
    serves(listen("request", this::serve));
    while ("go on".equals(IO.readln())) goOn.release();
}

void send(HttpExchange at, int status, String body) throws IOException {
    at.sendResponseHeaders(status, 0); // 0: the length is not told
    at.getResponseBody().write(body.getBytes());
    at.close();
}

void page(HttpExchange at, int status, Map<String, ?> values)
        throws Exception {
    var html = new StringWriter();
    template.process(values, html);
    at.getResponseHeaders().set("Content-Type", "text/html");
    // nothing is kept: the back button asks again
    at.getResponseHeaders().set("Cache-Control", "no-store");
    send(at, status, html.toString());
}

String header(HttpExchange at, String name) {
    return at.getRequestHeaders().getOrDefault(name, List.of("")).get(0);
}

/// The value of a name in `a=1; b=2` or `a=1&b=2`; "" without.
String valueOf(String name, String pairs, String between) {
    return Arrays.stream(pairs.split(between))
            .filter(pair -> pair.startsWith(name + "="))
            .map(pair -> URLDecoder.decode(pair.split("=", 2)[1],
                    Charset.defaultCharset())).findFirst().orElse("");
}

/// A new id, of 122 random bits, and the cookie that has it.
/// `__Host-`: only with Secure, only for this host. Lax: a link from
/// elsewhere brings it along, a form posted from there does not.
String newId(HttpExchange at) {
    String id = UUID.randomUUID().toString();
    at.getResponseHeaders().set("Set-Cookie", "__Host-session=" + id
            + "; Path=/; Secure; HttpOnly; SameSite=Lax");
    return id;
}

String sha256(String text) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
            .digest(text.getBytes()));
}

/// The token of a session's forms: who knows the id can compute it.
String csrf(String id) throws Exception {
    return sha256("csrf:" + id);
}

/// The key of a session. Who can read Valkey cannot take one over.
String sessionKey(String id) throws Exception {
    return "session:" + sha256(id);
}

/// A session's fields; none, if there is no such session. Its idle time
/// begins again.
Map<String, String> read(HttpExchange at, String id) throws Exception {
    if (marked(at, "memory")) return memory.getOrDefault(id, Map.of());
    valkey().pexpire(sessionKey(id), idle * 60_000L);
    return valkey().hgetAll(sessionKey(id));
}

/// A flight is a field of its own. A session that is over stays over.
void put(String id, String flight) throws Exception {
    valkey().eval("""
            if redis.call('EXISTS', KEYS[1]) == 1 then
                redis.call('HSET', KEYS[1], ARGV[1], '')
            end""", List.of(sessionKey(id)), List.of(flight));
}

/// Whether the lesson wishes something special; from nobody else.
boolean marked(HttpExchange at, String wish) {
    return !stay && header(at, "Lesson").equals(wish);
}

/// If that is the wish, stops here until the lesson says to go on.
void hold(HttpExchange at, String place) throws Exception {
    if (!marked(at, ProcessHandle.current().pid() + " " + place)) return;
    IO.println(place);
    if (!goOn.tryAcquire(20, SECONDS)) throw new TimeoutException();
}

/// A node answers. GET shows, and changes nothing.
void serve(HttpExchange at) throws Exception {
    String id = valueOf("__Host-session", header(at, "Cookie"), "; ");
    Map<String, String> session = read(at, id);
    hold(at, "has read");
    boolean post = at.getRequestMethod().equals("POST");
    String paths = post ? "/(login|logout|add|remove|book)" : "/";
    if (!at.getRequestURI().getPath().matches(paths))
        page(at, 404, Map.of("title", "No such page"));
    else if (post) post(at, id, session);
    else if (session.isEmpty()) logInPage(at, 200, "Log in");
    else page(at, 200, Map.of("title", "Flights from Zurich",
            "session", session, "csrf", csrf(id),
            "board", offers(session.get("user"))));
}

/// For whoever is nobody. Its cookie is no session: it is for the token.
void logInPage(HttpExchange at, int status, String title)
        throws Exception {
    String id = newId(at);
    page(at, status, Map.of("title", title, "csrf", csrf(id),
            "passports", passports));
}

/// The flights on sale, as JSON: with the weather there on arrival, and
/// whether the user has booked.
List<String> offers(String user) throws Exception {
    return column(flughafenCopy(), """
            SELECT json_object('id', '' || flight_id, 'number', flightno,
                'city', city, 'departure', departure, 'booked', EXISTS (
                    SELECT 1 FROM booking b WHERE passenger_id = ?1
                    AND b.flight_id = flight.flight_id), 'weather', (
                    SELECT concat_ws(' ', temp, '°C', weather)
                    FROM weatherdata WHERE station = "to"
                    AND log_date = date(arrival) AND time <= time(arrival)
                    ORDER BY time DESC LIMIT 1))
            FROM flight JOIN airport_geo ON "to" = airport_id
            WHERE flight_id IN (SELECT value FROM json_each(?2))
            ORDER BY departure""", user, board.toString());
}

/// Changes something, if the request is from a form of this session.
void post(HttpExchange at, String id, Map<String, String> session)
        throws Exception {
    String form = new String(at.getRequestBody().readNBytes(8_000));
    String path = at.getRequestURI().getPath();
    // in a time that does not tell how much of the token is right
    boolean ours = !id.isEmpty() && MessageDigest.isEqual(
            csrf(id).getBytes(), valueOf("csrf", form, "&").getBytes());
    if (!ours || session.isEmpty() && !path.equals("/login")) {
        page(at, 403, Map.of("title", "This form is not your session's"));
        return;
    }
    String flight = valueOf("flight", form, "&");
    if (path.matches("/add|/remove") && !board.contains(flight)) {
        page(at, 400, Map.of("title", "No such flight"));
        return;
    }
    switch (path) {
        case "/login" -> {
            if (!logIn(at, id, form)) return;
        }
        case "/logout" -> valkey().unlink(sessionKey(id));
        case "/add" -> put(id, flight);
        case "/remove" -> valkey().hdel(sessionKey(id), flight);
        default -> book(id, session);
    }
    hold(at, "has written");
    at.getResponseHeaders().set("Location", "/"); // by GET: a reload
    send(at, 303, "");                            // does not post again
}

/// Books what is in the basket, in one statement, and empties it. Sent
/// twice it books once: the second finds no basket, or the bookings.
void book(String id, Map<String, String> session) throws Exception {
    List<String> basket = new ArrayList<>(board);
    basket.retainAll(session.keySet());
    column(flughafenCopy(), """
            INSERT INTO booking (flight_id, passenger_id, price)
            SELECT value, ?1, 99 FROM json_each(?2)
            WHERE NOT EXISTS (SELECT 1 FROM booking
                WHERE flight_id = value AND passenger_id = ?1)""",
            session.get("user"), basket.toString());
    for (String flight : basket) valkey().hdel(sessionKey(id), flight);
}

/// Begins a session under a new id, whatever came with the request.
boolean logIn(HttpExchange at, String old, String form)
        throws Exception {
    List<String> found = column(flughafenCopy(), """
            SELECT passenger_id || ' ' || firstname || ' ' || lastname
            FROM passenger WHERE passportno = ?""",
            valueOf("passport", form, "&"));
    if (found.isEmpty() || !valueOf("password", form, "&").equals("demo")) {
        logInPage(at, 403, "Not this passport with this password");
        return false;
    }
    valkey().unlink(sessionKey(old)); // who was logged in before
    String id = newId(at);
    String[] who = found.getFirst().split(" ", 2);
    if (marked(at, "memory")) {
        memory.put(id, Map.of("user", who[0], "name", who[1]));
    } else valkey().eval("""
            redis.call('HSET', KEYS[1], 'user', ARGV[1], 'name', ARGV[2])
            redis.call('PEXPIRE', KEYS[1], ARGV[3])""",
            List.of(sessionKey(id)),
            List.of(who[0], who[1], "" + idle * 60_000L));
    return true;
}

Actor a;
Actor b;
String address; // of the balancer
final List<Actor> up = new CopyOnWriteArrayList<>(); // for all it knows
final AtomicInteger turn = new AtomicInteger();

/// The balancer: round robin. A node that fails is taken out. The next
/// gets a request that was never sent, or that may be sent twice: a GET.
void forward(HttpExchange at) throws Exception {
    String method = at.getRequestMethod();
    var asked = HttpRequest.newBuilder().timeout(ofSeconds(30))
            .headers("Cookie", header(at, "Cookie"),
                    "Lesson", header(at, "Lesson"))
            .method(method, BodyPublishers.ofByteArray(
                    at.getRequestBody().readAllBytes()));
    HttpResponse<String> answer = null;
    while (answer == null) {
        var nodes = List.copyOf(up);
        if (nodes.isEmpty()) throw new IOException("no node is up");
        Actor to = nodes.get(turn.getAndIncrement() % nodes.size());
        asked.uri(URI.create("http://localhost:" + to.port()
                + at.getRequestURI()));
        try {
            answer = http().send(asked.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            up.remove(to);
            if (!(e instanceof ConnectException || method.equals("GET"))) {
                page(at, 502, Map.of("title", "Done, or not done"));
                return;
            }
        }
    }
    at.getResponseHeaders().putAll(answer.headers().map());
    send(at, answer.statusCode(), answer.body());
}

/// Nodes and the balancer.
void open() throws Exception {
    prepare(); // first: nodes share the copy that there is
    a = spawn("nodeA", this::node);
    b = spawn("nodeB", this::node);
    a.tell("nodeA");
    b.tell("nodeB");
    address = "http://localhost:" + listen("balancer", this::forward);
    up.addAll(List.of(a, b));
}

/// All is up, until Ctrl-C.
void stay() throws Exception {
    open();
    IO.println("nodeA is process " + a.pid());
    IO.println("nodeB is process " + b.pid());
    IO.println("Open " + address + " in a browser; Ctrl-C ends all");
    new CountDownLatch(1).await();
}

final HttpClient client = HttpClient.newHttpClient(); // not recorded

/// A user's browser: a cookie, and the page that it shows.
class Browser {
    String to = address;
    String lesson = ""; // what it wishes, as no other browser does
    String cookie = ""; // what a node has set, with its attributes
    String token = "";
    String page = "";

    /// Posts a form, or, if that is null, gets a page.
    int send(String path, String form) throws Exception {
        var asked = HttpRequest.newBuilder(URI.create(to + path))
                .headers("Cookie", cookie.split(";")[0], "Lesson", lesson);
        if (form != null) asked.POST(BodyPublishers.ofString(
                form + "&csrf=" + token));
        var answer = client.send(asked.timeout(ofSeconds(60)).build(),
                BodyHandlers.ofString());
        cookie = answer.headers().firstValue("Set-Cookie").orElse(cookie);
        page = answer.body();
        String[] parts = page.split("\"csrf\" value=\"");
        if (parts.length > 1) token = parts[1].split("\"")[0];
        return answer.statusCode();
    }

    Browser logIn(int user) throws Exception {
        send("/", null);
        send("/login", "password=demo&passport=" + passports.get(user));
        send("/", null);
        return this;
    }

    /// How many of four pages have that text.
    long with(String text) throws Exception {
        long pages = 0;
        for (int i = 0; i < 4; i++) {
            send("/", null);
            if (page.contains(text)) pages++;
        }
        return pages;
    }

    String key() throws Exception {
        return sessionKey(valueOf("__Host-session", cookie, "; "));
    }
}

Browser ann;

/// Sessions in the memory of the node that began them.
void ownMemory() throws Exception {
    open();
    ann = new Browser();
    ann.lesson = "memory";
    check("logged in on no page", ann.logIn(0).with("Log out") == 0);
}

/// The same nodes, with sessions in Valkey.
void sharedSession() throws Exception {
    ann = new Browser().logIn(0);
    ann.send("/add", "flight=" + board.get(0));
    check("of four pages, A makes two", ann.with("Made by nodeA") == 2);
    check("the basket is on all four", ann.with("\"/remove\"") == 4);
    check("the session expires", valkey().pttl(ann.key()) > 0);
    ann.send("/book", "");
    check("what she booked, both nodes know", ann.with("Booked") == 4);
    check("and the basket is empty", ann.with("Nothing yet") == 4);
    // as if a node had died before it emptied the basket
    valkey().hset(ann.key(), board.get(0), "");
    ann.send("/book", "");
    check("sent again: one booking", column(flughafenCopy(), """
            SELECT count(*) FROM booking JOIN passenger
            USING (passenger_id) WHERE passportno = ? AND flight_id = ?""",
            passports.get(0), board.get(0)).equals(List.of("1")));
}

/// Whether a cookie leads to the form to log in, and to no session.
boolean nobody(String cookie) throws Exception {
    var browser = new Browser();
    browser.cookie = cookie;
    browser.token = csrf(valueOf("__Host-session", cookie, "; "));
    return browser.send("/add", "flight=" + board.get(0)) == 403
            && browser.with("Log out") == 0;
}

/// What a session does for its user and for nobody else.
void refused() throws Exception {
    var bob = new Browser();
    bob.send("/", null);
    String planted = bob.cookie;
    check("no script reads the cookie, no post from elsewhere has it",
            planted.endsWith("; Path=/; Secure; HttpOnly; SameSite=Lax"));
    bob.send("/login", "password=demo&passport=" + passports.get(1));
    String known = bob.cookie;
    check("to log in gives a new id", !known.equals(planted));
    check("the id from before is nobody's", nobody(planted));
    check("nor is a forged one", nobody("__Host-session=forged"));
    check("the token from before: 403", bob.send("/logout", "") == 403);
    bob.token = ann.token;
    check("ann's token: 403", bob.send("/logout", "") == 403);
    check("GET /logout: 404", bob.send("/logout", null) == 404);
    check("nothing was done", bob.with("Log out") == 4);
    check("bob's token: 303", bob.send("/logout", "") == 303);
    check("and his id is nobody's", nobody(known));
    valkey().pexpire(bob.logIn(1).key(), 0); // its idle time is over
    check("nor is an id that has expired", nobody(bob.cookie));
}

/// Names that would be HTML.
void hostileNames() throws Exception {
    column(flughafenCopy(), "UPDATE passenger SET lastname = '<script>'");
    column(flughafenCopy(), "UPDATE airport_geo SET city = '<script>'");
    String page = new Browser().logIn(2).page;
    check("no name is HTML", !page.contains("<script"));
    check("each is text", page.split("&lt;script&gt;").length == 8);
}

/// Posts a form, or gets a page, and returns when that node holds it.
Future<Integer> held(Actor by, String place, Browser who, String path,
        String form) throws Exception {
    turn.set(up.indexOf(by));
    who.lesson = by.pid() + " " + place;
    var sent = new FutureTask<>(() -> who.send(path, form));
    Thread.ofVirtual().start(sent);
    by.hear();
    who.lesson = "";
    return sent;
}

/// Two tabs of Ann's browser add a flight each. Both nodes read the
/// session before one of them writes.
void twoTabs() throws Exception {
    var one = held(a, "has read", ann, "/add", "flight=" + board.get(1));
    var two = held(b, "has read", ann, "/add", "flight=" + board.get(2));
    a.tell("go on");
    b.tell("go on");
    check("both are added",
            one.get(20, SECONDS) == 303 && two.get(20, SECONDS) == 303);
    check("both are in the basket", valkey().hkeys(ann.key())
            .containsAll(board.subList(1, 3)));
}

/// The answer to a form; whether the flight is in the basket, before and
/// after the form is sent again.
List<Object> outcome(Browser who, Future<Integer> answer)
        throws Exception {
    return List.of(answer.get(20, SECONDS),
            valkey().hexists(who.key(), board.get(0)),
            who.send("/add", "flight=" + board.get(0)),
            who.with("\"/remove\"") == 4);
}

/// A node dies while it makes a page, and over two forms.
void nodeDies() throws Exception {
    var carl = new Browser();
    carl.lesson = "memory";
    carl.to = "http://localhost:" + a.port(); // always A: sticky
    check("sticky: logged in", carl.logIn(2).with("Log out") == 4);

    Browser bob = new Browser().logIn(1);
    Browser dora = new Browser().logIn(1); // his passport, her session
    String form = "flight=" + board.get(0);
    var page = held(a, "has read", ann, "/", null);
    var early = held(a, "has read", bob, "/add", form);
    var late = held(a, "has written", dora, "/add", form);
    a.kill();
    check("B makes the page", page.get(20, SECONDS) == 200
            && ann.page.contains("Made by nodeB"));
    check("Valkey: logged in", ann.with("Log out") == 4);
    carl.to = address;
    check("sticky: logged out", carl.with("Log out") == 0);
    check("died before it wrote: 502, not added; sent again: added",
            outcome(bob, early).equals(List.of(502, false, 303, true)));
    check("died after: 502, and it is added; sent again: the same",
            outcome(dora, late).equals(List.of(502, true, 303, true)));
}
