///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static lab.Lab.*;
import static redis.clients.jedis.params.ZRangeParams.zrangeParams;

// Two airports have as many passengers. Who had them first is ahead.

final String board = "board:{airports}:by-time";

void main() {
    steps(this::counts, this::firstIsAhead, this::moreIsMore,
            this::manyPassengers, this::writers);
}

/// A passenger leaves an airport, `second` seconds after the season began;
/// it has 2^23 of them, 97 days. This is all you have to change.
void leaves(String airport, long second) {
    valkey().zincrby(board, 1, airport);
}

/// How many passengers an airport has, 0 without any.
long passengers(String airport) {
    Double score = valkey().zscore(board, airport);
    return score == null ? 0 : score.longValue();
}

/// The board, the best airport first.
List<String> ranking() {
    return valkey().zrange(board, zrangeParams(0, -1).rev());
}

void counts() {
    valkey().del(board);
    leaves("1", 10);
    leaves("1", 20);
    leaves("2", 30);
    check("a count is a whole number: 2 and 1",
            passengers("1") == 2 && passengers("2") == 1);
    check("an airport without passengers has 0", passengers("3") == 0);
}

/// Ids that REV would put the other way round.
void firstIsAhead() {
    valkey().del(board);
    leaves("10", 100);
    leaves("9", 101);
    check("as many: who had them a second earlier is ahead",
            ranking().equals(List.of("10", "9")));
    leaves("9", 200);
    leaves("10", 300);
    check("it counts when the last one came, not the first",
            ranking().equals(List.of("9", "10")));
}

void moreIsMore() {
    valkey().del(board);
    leaves("1", 0);
    leaves("2", 0);
    leaves("2", (1 << 23) - 1);
    check("one more is ahead, however late",
            ranking().equals(List.of("2", "1")));
    check("and the first second is not a passenger",
            passengers("1") == 1 && passengers("2") == 2);
}

/// How far does it go? A million passengers, at the season's end.
void manyPassengers() {
    valkey().del(board);
    valkey().zadd(board, Map.of("10", 999_999.0, "9", 999_999.0));
    leaves("10", (1 << 23) - 2);
    leaves("9", (1 << 23) - 1);
    check("with a million passengers a second still decides",
            ranking().equals(List.of("10", "9")));
    check("and none is lost", passengers("10") == 1_000_000
            && passengers("9") == 1_000_000);
}

/// Fifty passengers leave at once.
void writers() throws Exception {
    valkey().del(board);
    var start = new CyclicBarrier(50);
    Callable<Boolean> writer = () -> {
        start.await(20, TimeUnit.SECONDS);
        leaves("1", 1_000);
        return true;
    };
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var left : pool.invokeAll(Collections.nCopies(50, writer))) {
            left.get();
        }
    }
    check("fifty at once are fifty", passengers("1") == 50);
    check("the board holds airports and nothing else",
            valkey().zcard(board) == 1);
}
