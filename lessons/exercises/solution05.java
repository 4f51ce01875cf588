///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

import java.sql.ResultSet;
import java.sql.SQLException;

// A board of twelve flights, each a text of its own: a doll.

final List<Integer> flights = IntStream.range(1_000, 1_012).boxed()
        .toList();
final int ttl = 60_000; // ms for which a text is kept
final LongAdder loads = new LongAdder(); // of flights
final LongAdder gets = new LongAdder();

void main() {
    steps(this::cold, this::oneWrite, this::twoWrites,
            this::slowReader);
}

/// The text of a flight, as the database has it.
interface Load {
    String of(int flight) throws Exception;
}

/// The board, around a text for each flight. Each level's versions are
/// read before what they stand for; none yet, null, is a version, too.
String board(Load load) throws Exception {
    String key = "board:v" + get(List.of("board:version")).getFirst();
    String known = get(List.of(key)).getFirst();
    if (known != null) return known;
    List<String> versions = get(flights.stream()
            .map(flight -> "flight:" + flight + ":version").toList());
    var keys = new ArrayList<String>();
    for (int i = 0; i < flights.size(); i++) {
        keys.add("flight:" + flights.get(i) + ":v" + versions.get(i));
    }
    List<String> texts = get(keys);
    for (int i = 0; i < texts.size(); i++) {
        if (texts.get(i) != null) continue;
        texts.set(i, load.of(flights.get(i)));
        valkey().set(keys.get(i), texts.get(i), setParams().px(ttl));
    }
    String text = String.join("\n", texts);
    valkey().set(key, text, setParams().px(ttl));
    return text;
}

/// What Valkey has under these keys; null where it has nothing. Read
/// all you need through this: it counts.
List<String> get(List<String> keys) {
    gets.increment();
    return new ArrayList<>(valkey().mget(keys.toArray(String[]::new)));
}

/// Another price for a flight; then a new version of the flight and, only
/// then, of the board. Leave it as it is.
void write(int flight) throws SQLException {
    ask("""
            UPDATE booking SET price = price + 10
            WHERE flight_id = ? RETURNING price""", flight);
    try (var pipeline = valkey().pipelined()) {
        pipeline.incr("flight:" + flight + ":version");
        pipeline.incr("board:version");
    }
}

/// A flight and its lowest price, asked of the database and counted.
String load(int flight) throws SQLException {
    loads.increment();
    return ask("""
            SELECT flightno || printf(' from %.2f', min(price))
            FROM flight JOIN booking USING (flight_id)
            WHERE flight_id = ?""", flight);
}

String ask(String text, int flight) throws SQLException {
    try (var db = flughafenCopy().getConnection();
            var sql = db.prepareStatement(text)) {
        sql.setInt(1, flight);
        ResultSet row = sql.executeQuery();
        row.next();
        return row.getString(1);
    }
}

/// Reads the board: how many flights had to be loaded for it?
long loadsForBoard() throws Exception {
    loads.reset();
    gets.reset();
    board(this::load);
    return loads.sum();
}

/// Is the board that is read now as the database has it?
boolean boardIsTrue() throws Exception {
    String told = board(this::load);
    for (int flight : flights) {
        if (!told.contains(load(flight))) return false;
    }
    return true;
}

void cold() throws Exception {
    check("cold: every flight is loaded once",
            loadsForBoard() == flights.size());
    check("warm: none", loadsForBoard() == 0);
    check("warm: two reads of Valkey at most",
            1 <= gets.sum() && gets.sum() <= 2);
}

void oneWrite() throws Exception {
    write(1_003);
    check("one flight written: one is loaded", loadsForBoard() == 1);
    check("for that, four reads of Valkey: two for each level",
            1 <= gets.sum() && gets.sum() <= 4);
    check("the board is true", boardIsTrue());
}

void twoWrites() throws Exception {
    write(1_003);
    write(1_007);
    check("two written: two are loaded", loadsForBoard() == 2);
    check("the board is true", boardIsTrue());
}

/// A reader pauses when it has loaded a flight; that flight is written.
void slowReader() throws Exception {
    write(1_003);
    var loaded = new CountDownLatch(1);
    var resume = new CountDownLatch(1);
    var reader = new FutureTask<>(() -> board(flight -> {
        String text = load(flight);
        if (flight == 1_003) {
            loaded.countDown();
            if (!resume.await(10, SECONDS)) throw new TimeoutException();
        }
        return text;
    }));
    Thread.ofVirtual().name("slow reader").start(reader);
    if (!loaded.await(10, SECONDS)) {
        if (reader.isDone()) reader.get(); // it threw: say what
        throw new TimeoutException("the reader did not load flight 1003");
    }
    write(1_003);
    resume.countDown();
    reader.get(10, SECONDS);
    check("what a slow reader sets is not taken for new", boardIsTrue());
}
