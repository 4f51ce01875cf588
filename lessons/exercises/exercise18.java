///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;

// A user is logged in on many devices. Let it be three at most.

final int idle = 1_800_000; // ms without a request
final int cap = 28_800_000; // ms from log in on

long now; // ms, a clock of the exercise's own

void main() {
    steps(this::three, this::fourth, this::afterLogout,
            this::pastTheCap, varies(this::atOnce));
}

/// Opens a session. `name` stands for the hash of its id. This is all you
/// have to change.
void open(String user, String name) {
    valkey().eval("""
            redis.call('HSET', KEYS[1], 'user', ARGV[1])
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            redis.call('ZADD', KEYS[2], ARGV[2] + ARGV[4], ARGV[5])
            redis.call('PEXPIRE', KEYS[2], ARGV[4])
            """,
            List.of(index(user) + ":" + name, index(user)),
            List.of(user, "" + now, "" + idle, "" + cap, name));
}

boolean in(String user, String name) {
    return valkey().zscore(index(user), name) != null
            && valkey().exists(index(user) + ":" + name);
}

void logout(String user, String name) {
    valkey().zrem(index(user), name);
    valkey().del(index(user) + ":" + name);
}

String index(String user) {
    return "login:{" + user + "}";
}

/// Logs in, some time after the last.
void login(String user, String... names) {
    for (String name : names) {
        now += 60_000;
        open(user, name);
    }
}

void three() {
    login("ada", "phone", "laptop", "tablet");
    check("three devices: all are in", in("ada", "phone")
            && in("ada", "laptop") && in("ada", "tablet"));
    long left = valkey().pttl(index("ada") + ":phone");
    check("a session expires", 0 < left && left <= idle);
}

void fourth() {
    login("bob", "desk");
    login("ada", "watch");
    check("a fourth: it is in", in("ada", "watch"));
    check("the one that began first is out", !in("ada", "phone"));
    check("its data are gone",
            !valkey().exists(index("ada") + ":phone"));
    check("the others are in",
            in("ada", "laptop") && in("ada", "tablet"));
    check("so is Bob", in("bob", "desk"));
}

void afterLogout() {
    logout("ada", "tablet");
    login("ada", "tv");
    check("a log out makes room", in("ada", "laptop")
            && in("ada", "watch") && in("ada", "tv"));
}

void pastTheCap() {
    login("eve", "phone");
    now += cap;
    login("eve", "laptop");
    check("the index forgets who is past the cap",
            valkey().zrange(index("eve"), 0, -1).equals(
                    List.of("laptop")));
}

void atOnce() throws Exception {
    var go = new CountDownLatch(1);
    var threads = Thread.ofVirtual().name("device ", 1).factory();
    try (var pool = Executors.newThreadPerTaskExecutor(threads)) {
        var logins = new ArrayList<Future<?>>();
        for (int i = 0; i < 10; i++) {
            String name = "device " + i;
            logins.add(pool.submit(() -> {
                go.await();
                open("joe", name);
                return null;
            }));
        }
        go.countDown();
        for (var login : logins) login.get(10, SECONDS);
    }
    check("ten at once: three are in", IntStream.range(0, 10)
            .filter(i -> in("joe", "device " + i)).count() == 3);
    check("no other has left data", IntStream.range(0, 10)
            .filter(i -> valkey().exists(index("joe") + ":device " + i))
            .count() == 3);
}
