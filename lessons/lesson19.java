///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES lab/Lab.java
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import javax.sql.DataSource;
import lab.Actor;

final boolean stay = knob("stay", false); // all stays up, for a browser
final int pairs = knob("pairs", 2, 1, 50);               // of pages
final int idle = knob("idle", 30, 1, 480);               // minutes
final int rounds = knob("rounds", 10_000, 1, 1_000_000); // of PBKDF2
final DataSource copy = flughafenCopy();

void main() {
    if (stay) steps(this::stay);
    else steps(this::ownMemory, this::sharedSession, this::forgedPosts,
            this::hostileNames, this::twoTabs, this::nodeDies,
            this::unknownOutcome);
}

/// HTML as it is. All else that comes into a template is escaped.
record Html(String text) {}

/// Fills a template: a value for each %s.
Html html(String template, Object... values) {
    return new Html(template.formatted(Arrays.stream(values)
            .map(v -> v instanceof Html(String text) ? text : ("" + v)
                    .replace("&", "&amp;").replace("<", "&lt;")
                    .replace(">", "&gt;").replace("\"", "&quot;")
                    .replace("'", "&#39;")).toArray()));
}

void page(HttpExchange at, int status, String title, Html main)
        throws IOException {
    var headers = at.getResponseHeaders();
    headers.set("Content-Type", "text/html; charset=utf-8");
    headers.set("Cache-Control", "no-store"); // the back button asks again
    headers.set("Content-Security-Policy", // no script, whatever comes
            "default-src 'none'; style-src 'unsafe-inline'");
    send(at, status, html("""
            <!doctype html><html lang="en"><meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>%s</title><style>
            html { color-scheme: light dark; font: 18px/1.5 system-ui }
            body { max-width: 38em; margin: auto; padding: 1em }
            li, header { display: flex; flex-wrap: wrap; gap: .5em }
            ul { padding: 0 } li { border-top: 1px solid; padding: .5em 0 }
            span { flex: 1 14em } input, button { font: inherit }
            </style><main><h1>%s</h1>%s</main><footer>Made by %s</footer>
            """, title, title, main, node).text());
}

void send(HttpExchange at, int status, String body) throws IOException {
    byte[] bytes = body.getBytes();
    at.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    at.getResponseBody().write(bytes);
    at.close();
}

/// A button that posts: what to, with the token of a session.
Html button(String id, String to, String label) throws Exception {
    return html("""
            <form method="post" action="%s"><button>%s</button>
            <input type="hidden" name="csrf" value="%s"></form>
            """, to, label, csrf(id));
}

/// For whoever is nobody. Its cookie is no session: it is for the token.
void logInPage(HttpExchange at, int status, String title)
        throws Exception {
    String id = newId();
    setCookie(at, id, "");
    page(at, status, title, html("""
            <form method="post" action="/login">
            <input type="hidden" name="csrf" value="%s">
            <p><label>Passport number<br><input name="passport"
                autocomplete="username"></label>
            <p><label>Password<br><input name="password" type="password"
                autocomplete="current-password"></label>
            <p><button>Log in</button></form><p>To try: %s, password demo.
            """, csrf(id), String.join(", ", passports)));
}

/// Flights, each with a button.
Html flights(Collection<String> ids, String id, String to, String label)
        throws Exception {
    var items = new StringBuilder("<ul>");
    for (String row : column(copy, """
            SELECT line FROM offer WHERE flight_id IN (
                SELECT value FROM json_each(?)) ORDER BY departure""",
            ids.toString())) {
        String[] flight = row.split(" ", 3);
        items.append(html("<li><span><b>%s</b> %s</span>%s", flight[1],
                flight[2], button(id, to + "?" + flight[0],
                        label + " " + flight[1])).text());
    }
    return new Html(items + "</ul>");
}

/// Flights as they are offered, with the weather there on arrival.
final String offer = """
        CREATE VIEW offer AS SELECT flight_id, departure,
            printf('%d %s to %s, %.16s, %.2f. There: %s', flight_id,
                flightno, city, departure, (SELECT min(price)
                    FROM booking b WHERE b.flight_id = f.flight_id),
                ifnull((SELECT temp || ' °C ' || ifnull(weather, '')
                    FROM weatherdata WHERE station = "to"
                    AND log_date = date(arrival) AND time <= time(arrival)
                    ORDER BY time DESC LIMIT 1), 'nobody measures')) line
        FROM flight f JOIN airport_geo ON "to" = airport_id""";

String newId() {
    byte[] id = new byte[32]; // 256 bits
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
}

/// `__Host-`: only with Secure, only for this host. Lax: a link from
/// elsewhere brings it along, a form from elsewhere does not.
void setCookie(HttpExchange at, String id, String more) {
    at.getResponseHeaders().set("Set-Cookie", "__Host-session=" + id
            + "; Path=/; Secure; HttpOnly; SameSite=Lax" + more);
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
String key(String id) throws Exception {
    return "session:" + sha256(id);
}

/// A session's fields; none, if there is no such session. Its idle time
/// begins again; the end that it had from its beginning stays.
Map<String, String> read(HttpExchange at, String id) throws Exception {
    if (marked(at, "memory")) return memory.getOrDefault(id, Map.of());
    Map<String, String> session = valkey().hgetAll(key(id));
    if (!session.isEmpty()) valkey().pexpireAt(key(id), Math.min(
            System.currentTimeMillis() + idle * 60_000L,
            Long.parseLong(session.get("until"))));
    return session;
}

/// Begins a session under a new id, for eight hours at most.
void begin(HttpExchange at, String passenger, String name)
        throws Exception {
    String id = newId();
    long until = System.currentTimeMillis() + 8 * 3_600_000;
    setCookie(at, id, "");
    if (marked(at, "memory")) memory.put(id, Map.of("name", name));
    else valkey().eval("""
            redis.call('HSET', KEYS[1], 'passenger', ARGV[1],
                'name', ARGV[2], 'until', ARGV[3])
            redis.call('PEXPIRE', KEYS[1], ARGV[4])""", List.of(key(id)),
            List.of(passenger, name, "" + until, "" + idle * 60_000));
}

/// A flight is a field of its own. A session that is over stays over.
void put(String id, String flight) throws Exception {
    valkey().eval("""
            if redis.call('EXISTS', KEYS[1]) == 1 then
                redis.call('HSET', KEYS[1], ARGV[1], '')
            end""", List.of(key(id)), List.of(flight));
}

String node = "the balancer"; // or what a node is called
List<String> passports;       // of those who can log in
List<String> board;           // ids of the flights on sale
final SecureRandom random = new SecureRandom();
final Map<String, Map<String, String>> memory = new ConcurrentHashMap<>();
final Semaphore goOn = new Semaphore(0);

/// Who can log in, and what there is to book.
void look() throws Exception {
    passports = column(copy, "SELECT passportno FROM passenger "
            + "ORDER BY passenger_id LIMIT 3");
    board = column(copy, """
            SELECT flight_id FROM flight JOIN airport ON airport_id = "from"
            WHERE iata = 'ZRH' ORDER BY departure LIMIT 6""");
}

/// A node of the application, in a process of its own.
void node() throws Exception {
    node = IO.readln();
    look();
    serves(listen("http", this::serve));
    while ("go on".equals(IO.readln())) goOn.release();
}

/// Serves on loopback, each request in a virtual thread: on which port.
int listen(String threads, HttpHandler handler) throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // seconds: a client gives up an idle connection sooner, after 30
    System.setProperty("sun.net.httpserver.idleInterval", "300");
    var server = HttpServer.create(new InetSocketAddress(
            InetAddress.getLoopbackAddress(), 0), 0, "/", handler);
    server.setExecutor(Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name(threads).factory()));
    server.start();
    return server.getAddress().getPort();
}

String header(HttpExchange at, String name) {
    return at.getRequestHeaders().getOrDefault(name, List.of(""))
            .getFirst();
}

/// The value of a name in `a=1; b=2` or `a=1&b=2`; "" without.
String valueOf(String name, String pairs) {
    return Arrays.stream(pairs.split("; |&"))
            .filter(pair -> pair.startsWith(name + "="))
            .map(pair -> URLDecoder.decode(pair.split("=", 2)[1],
                    Charset.defaultCharset())).findFirst().orElse("");
}

/// Whether the lesson wishes something special; from nobody else.
boolean marked(HttpExchange at, String wish) {
    return !stay && header(at, "Lesson").equals(wish);
}

/// If that is the wish, stops here until the lesson says to go on.
void hold(HttpExchange at, String place) throws Exception {
    if (!marked(at, node + " " + place)) return;
    IO.println(place);
    if (!goOn.tryAcquire(20, SECONDS)) throw new TimeoutException();
}

/// Answers a request. What fails, lets nobody in.
void serve(HttpExchange at) throws IOException {
    try {
        String id = valueOf("__Host-session", header(at, "Cookie"));
        Map<String, String> session = read(at, id);
        hold(at, "has read");
        if (at.getRequestMethod().equals("POST")) post(at, id, session);
        else get(at, id, session);
    } catch (Exception e) {
        System.err.println(node + ": " + e);
        page(at, 503, "Not now", html(""));
    }
}

/// Shows, and changes nothing.
void get(HttpExchange at, String id, Map<String, String> session)
        throws Exception {
    if (!at.getRequestURI().getPath().equals("/")) {
        page(at, 404, "No such page", html(""));
    } else if (session.isEmpty()) {
        logInPage(at, 200, "Log in");
    } else {
        var basket = new TreeSet<>(session.keySet());
        basket.retainAll(board);
        page(at, 200, "Flights from Zurich", html("""
                <header><span>%s</span>%s</header>%s<h2>Basket</h2>
                %s%s<h2>Booked</h2><p>%s</p>""",
                session.get("name"), button(id, "/logout", "Log out"),
                flights(board, id, "/add", "Add"),
                flights(basket, id, "/remove", "Remove"),
                button(id, "/book?" + newId() + "," + String.join(",",
                        basket), "Book what is in the basket"),
                String.join(", ", booked(session.get("passenger")))));
    }
}

/// Changes something, if the request is from a form of this session.
void post(HttpExchange at, String id, Map<String, String> session)
        throws Exception {
    String form = new String(at.getRequestBody().readNBytes(8_000));
    String path = at.getRequestURI().getPath();
    String value = "" + at.getRequestURI().getQuery();
    if (id.isEmpty() || !same(csrf(id), valueOf("csrf", form))
            || session.isEmpty() && !path.equals("/login")) {
        page(at, 403, "Nothing was done", html("<p>This form is not from "
                + "your session. <a href='/'>Start again</a>"));
        return;
    }
    switch (path) {
        case "/login" -> {
            if (!logIn(at, form)) return;
        }
        case "/logout" -> {
            valkey().unlink(key(id));
            setCookie(at, "", "; Max-Age=0");
        }
        case "/add" -> put(id, board.get(board.indexOf(value)));
        case "/remove" -> valkey().hdel(key(id), value);
        case "/book" -> book(at, id, session.get("passenger"), value);
        default -> throw new IllegalArgumentException(path);
    }
    at.getResponseHeaders().set("Location", "/"); // by GET: a reload
    send(at, 303, "");                            // does not post again
}

/// Compares in a time that does not tell how much of it is right.
boolean same(String a, String b) {
    return MessageDigest.isEqual(a.getBytes(), b.getBytes());
}

/// Gives a new id, whatever came with the request.
boolean logIn(HttpExchange at, String form) throws Exception {
    String[] known = column(copy, """
            SELECT concat_ws(' ', salt, hash, passenger_id, firstname,
                lastname) FROM passenger JOIN login USING (passportno)
            WHERE passportno = ?""", valueOf("passport", form)).stream()
            .findFirst().orElse("no one with that").split(" ", 4);
    // who is not known takes as long to refuse
    boolean right = same(known[1],
            hash(valueOf("password", form), known[0]));
    if (right) begin(at, known[2], known[3]);
    else logInPage(at, 403, "Not this passport with this password");
    return right;
}

String hash(String password, String salt) throws Exception {
    var spec = new PBEKeySpec(password.toCharArray(), salt.getBytes(),
            rounds, 256);
    return HexFormat.of().formatHex(SecretKeyFactory.getInstance(
            "PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded());
}

/// Books what a form says: its own key, then flights. The same form again
/// books nothing again: its key and a flight are unique together.
void book(HttpExchange at, String id, String passenger, String form)
        throws Exception {
    List<String> flights = List.of(form.split(","));
    for (String flight : flights.subList(1, flights.size())) {
        column(copy, """
                INSERT OR IGNORE INTO booking
                    (form, flight_id, passenger_id, price, seat)
                SELECT ?, f.flight_id, ?, (SELECT min(price)
                    FROM booking b WHERE b.flight_id = f.flight_id), s.seat
                FROM flight f JOIN flight o USING (airplane_id)
                JOIN booking s ON s.flight_id = o.flight_id
                WHERE f.flight_id = ? AND s.seat NOT IN (SELECT seat
                    FROM booking b WHERE b.flight_id = f.flight_id)
                ORDER BY length(s.seat), s.seat LIMIT 1""",
                flights.getFirst(), passenger, flight);
    }
    hold(at, "has booked");
    valkey().hdel(key(id), flights.toArray(String[]::new));
}

List<String> booked(String passenger) throws Exception {
    return column(copy, """
            SELECT flightno || ' seat ' || seat
            FROM booking JOIN flight USING (flight_id)
            WHERE passenger_id = ? AND form NOTNULL""", passenger);
}

/// A node that the balancer knows.
record Node(String name, Actor actor) {
    String address() throws InterruptedException {
        return "http://localhost:" + actor.port(); // waits until it serves
    }
}

final List<Node> up = new CopyOnWriteArrayList<>();
final AtomicInteger turn = new AtomicInteger();

Node start(String name) {
    var node = new Node(name, spawn(name, this::node));
    node.actor.tell(name);
    up.add(node);
    return node;
}

/// The balancer: round robin. A node that fails is taken out. The next
/// gets a request that was never sent, or that may be sent twice: a GET.
void forward(HttpExchange at) throws IOException {
    var asked = HttpRequest.newBuilder().timeout(ofSeconds(30))
            .headers("Cookie", header(at, "Cookie"),
                    "Lesson", header(at, "Lesson"))
            .method(at.getRequestMethod(), BodyPublishers.ofByteArray(
                    at.getRequestBody().readAllBytes()));
    for (Object[] all; (all = up.toArray()).length > 0; ) {
        Node to = (Node) all[turn.getAndIncrement() % all.length];
        HttpResponse<String> answer;
        try {
            asked.uri(URI.create(to.address() + at.getRequestURI()));
            answer = http().send(asked.build(), BodyHandlers.ofString());
        } catch (Exception e) {
            up.remove(to);
            if (e instanceof ConnectException
                    || e instanceof IllegalStateException // it never served
                    || at.getRequestMethod().equals("GET")) continue;
            page(at, 502, "Done, or not done", html("""
                    <p>A node died before it answered. Reload this page to
                    send the form again: nothing is done twice."""));
            return;
        }
        at.getResponseHeaders().putAll(answer.headers().map());
        send(at, answer.statusCode(), answer.body());
        return;
    }
    page(at, 503, "No node is up", html(""));
}

Node a;
Node b;
String address; // of the balancer

/// Nodes, users, the balancer.
void open() throws Exception {
    a = start("nodeA");
    b = start("nodeB");
    look();
    column(copy, "CREATE TABLE login (passportno, salt, hash)");
    for (String passport : passports) {
        String salt = newId();
        column(copy, "INSERT INTO login VALUES (?, ?, ?)", passport, salt,
                hash("demo", salt));
    }
    column(copy, offer);
    column(copy, "ALTER TABLE booking ADD form TEXT");
    column(copy, "CREATE UNIQUE INDEX once ON booking (form, flight_id) "
            + "WHERE form NOTNULL");
    address = "http://localhost:" + listen("balancer", this::forward);
}

/// All is up, until Ctrl-C.
void stay() throws Exception {
    open();
    IO.println("nodeA is process " + a.actor.pid());
    IO.println("nodeB is process " + b.actor.pid());
    IO.println("Open " + address + " in a browser; Ctrl-C ends all");
    new CountDownLatch(1).await();
}

final HttpClient client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1).build(); // not recorded

/// A user's browser: a cookie, and the page that it shows.
class Browser {
    String to = address;
    String lesson = ""; // what it wishes, as no other browser does
    String cookie = "";
    boolean keeps;      // that cookie, whatever a node sets
    String token = "";
    HttpResponse<String> page;

    /// Posts a form, or, if that is null, gets a page.
    int send(String path, String form) throws Exception {
        var asked = HttpRequest.newBuilder(URI.create(to + path))
                .headers("Cookie", cookie, "Lesson", lesson);
        if (form != null) asked.POST(BodyPublishers.ofString(
                "csrf=" + token + form));
        page = client.send(asked.timeout(ofSeconds(30)).build(),
                BodyHandlers.ofString());
        if (!keeps) cookie = page.headers().firstValue("Set-Cookie")
                .map(c -> c.split(";")[0]).orElse(cookie);
        token = after("name=\"csrf\" value=\"").orElse(token);
        return page.statusCode();
    }

    /// What follows that text, up to a quotation mark.
    Optional<String> after(String text) {
        return Pattern.compile(Pattern.quote(text) + "([^\"]*)")
                .matcher(page.body()).results().map(m -> m.group(1))
                .findFirst();
    }

    Browser logIn(int user) throws Exception {
        send("/", null);
        send("/login", "&password=demo&passport=" + passports.get(user));
        send("/", null);
        return this;
    }

    /// Opens pages, and returns them.
    List<String> pages() throws Exception {
        var opened = new ArrayList<String>();
        for (int i = 0; i < 2 * pairs; i++) {
            send("/", null);
            opened.add(page.body());
        }
        return opened;
    }

    Map<String, String> session() throws Exception {
        return valkey().hgetAll(key(valueOf("__Host-session", cookie)));
    }
}

/// On how many pages that text stands.
long with(String text, List<String> pages) {
    return pages.stream().filter(page -> page.contains(text)).count();
}

/// Sessions in the memory of each node.
void ownMemory() throws Exception {
    open();
    var ann = new Browser();
    ann.lesson = "memory";
    long replaced = with("Log out", ann.logIn(0).pages());
    ann.send("/login", "&password=demo&passport=" + passports.get(0));
    ann.keeps = true;
    long known = with("Log out", ann.pages());
    table("Sessions in each node's memory",
            row("a node that does not know an id", "pages", "logged in"),
            row("replaces it", 2 * pairs, replaced),
            row("leaves it alone", 2 * pairs, known));
    check("replaced: logged out for good", replaced == 0);
    check("left alone: on every second page", known == pairs);
}

Browser ann;

/// The same nodes, with sessions in Valkey.
void sharedSession() throws Exception {
    ann = new Browser().logIn(0);
    ann.send("/add?" + board.get(0), "");
    var pages = ann.pages();
    long a = with("Made by nodeA", pages);
    long b = with("Made by nodeB", pages);
    long baskets = with("/remove?" + board.get(0), pages);
    table("Sessions in Valkey", row("pages", "by nodeA", "by nodeB",
            "with the basket"), row(2 * pairs, a, b, baskets));
    check("the nodes take turns", a == pairs && b == pairs);
    check("the basket is on every page", baskets == 2 * pairs);
    long left = valkey().pttl(key(valueOf("__Host-session", ann.cookie)));
    check("a session expires", 0 < left && left <= idle * 60_000);
}

/// What a session does for its user and for nobody else.
void forgedPosts() throws Exception {
    var bob = new Browser();
    bob.send("/", null);
    String planted = bob.cookie;
    check("a script cannot read the cookie, no form elsewhere sends it",
            bob.page.headers().allValues("Set-Cookie").equals(List.of(
            planted + "; Path=/; Secure; HttpOnly; SameSite=Lax")));
    check("a wrong password: 403", bob.send("/login",
            "&password=guess&passport=" + passports.get(1)) == 403);
    String id = bob.logIn(1).cookie;
    check("to log in gives a new id", !id.equals(planted));
    var was = bob.session();
    String own = bob.token;
    bob.token = "";
    check("no token: 403", bob.send("/logout", "") == 403);
    bob.token = ann.token;
    check("ann's token: 403", bob.send("/logout", "") == 403);
    check("GET /logout: 404", bob.send("/logout", null) == 404);
    check("nothing was done", bob.session().equals(was));
    bob.token = own;
    check("bob's token: logged out", bob.send("/logout", "") == 303
            && bob.cookie.equals("__Host-session="));
    bob.cookie = id;
    check("the id of that session is nobody's", bob.session().isEmpty());
    bob.cookie = planted;
    check("nor was the one from before", bob.session().isEmpty());
    bob.send("/", null);
    check("no page may be kept", bob.page.headers()
            .allValues("Cache-Control").equals(List.of("no-store")));
}

/// Names that would be HTML.
void hostileNames() throws Exception {
    String name = "<script>alert('mine')</script>";
    column(copy, "UPDATE passenger SET lastname = ? WHERE passportno = ?",
            name, passports.get(2));
    column(copy, """
            UPDATE airport_geo SET city = ? WHERE airport_id = (
                SELECT "to" FROM flight WHERE flight_id = ?)""",
            name, board.get(0));
    String page = new Browser().logIn(2).page.body();
    check("no name is HTML", !page.contains("<script"));
    check("both are text", page.split("&lt;script&gt;").length > 2);
}

/// Posts a form, or gets a page, and returns when that node holds it.
Future<Integer> held(Node by, String place, Browser who, String path,
        String form) throws Exception {
    turn.set(up.indexOf(by));
    who.lesson = by.name + " " + place;
    var sent = new FutureTask<>(() -> who.send(path, form));
    Thread.ofVirtual().start(sent);
    by.actor.hear();
    who.lesson = "";
    return sent;
}

/// Two tabs add a flight each. Both nodes read before one of them writes.
void twoTabs() throws Exception {
    var tab = new Browser();
    tab.cookie = ann.cookie;
    tab.token = ann.token;
    var one = held(a, "has read", ann, "/add?" + board.get(1), "");
    var two = held(b, "has read", tab, "/add?" + board.get(2), "");
    a.actor.tell("go on");
    b.actor.tell("go on");
    check("both are added",
            one.get(20, SECONDS) == 303 && two.get(20, SECONDS) == 303);
    check("both are in the basket",
            ann.session().keySet().containsAll(board.subList(0, 3)));
}

/// A node dies while it makes a page.
void nodeDies() throws Exception {
    var bob = new Browser();
    bob.lesson = "memory";
    bob.to = a.address(); // always the same node: a sticky session
    bob.logIn(1);
    check("sticky: logged in", with("Log out", bob.pages()) == 2 * pairs);
    var page = held(a, "has read", ann, "/", null);
    a.actor.kill();
    check("a page that A was making is made by B",
            page.get(20, SECONDS) == 200
            && ann.page.body().contains("Made by nodeB"));
    check("Valkey: logged in", with("Log out", ann.pages()) == 2 * pairs);
    bob.to = address;
    check("sticky: logged out", with("Log out", bob.pages()) == 0);
}

/// A node dies over a form: the answer, how often that booked, and how
/// often once it was sent again.
List<Integer> dies(String name, String place) throws Exception {
    Node node = start(name);
    Browser bob = new Browser().logIn(1);
    bob.send("/add?" + board.get(0), "");
    bob.send("/", null);
    String passenger = bob.session().get("passenger");
    int before = booked(passenger).size();
    String form = "/book?" + bob.after("/book?").orElseThrow();
    var answer = held(node, place, bob, form, "");
    node.actor.kill();
    int status = answer.get(20, SECONDS);
    int first = booked(passenger).size() - before;
    bob.send(form, "");
    return List.of(status, first, booked(passenger).size() - before);
}

/// One node dies before it has booked, one after.
void unknownOutcome() throws Exception {
    var early = dies("nodeC", "has read");
    var late = dies("nodeD", "has booked");
    table("A POST to a node that dies", row("the node", "answer",
            "booked", "booked, form sent again"),
            row("has read", early.get(0), early.get(1), early.get(2)),
            row("has booked", late.get(0), late.get(1), late.get(2)));
    check("the same answer", early.get(0) == 502 && late.get(0) == 502);
    check("it booked, or not", early.get(1) == 0 && late.get(1) == 1);
    check("sent again: once", early.get(2) == 1 && late.get(2) == 1);
}
