///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static lab.Lab.*;

// Two use cases, a Valkey each, and so much memory. Who gets how much?

/// A use case: its requests, and the ms that each miss takes.
record UseCase(int[] requests, int ms) {}

void main() {
    steps(this::alike, this::cliff, this::dear, this::scarceAndPlenty);
}

/// How many of the places the first use case gets; the second gets the
/// rest. The database is to work for as few ms as can be. This is all you
/// have to change.
int split(int places, UseCase first, UseCase second) {
    return places / 2;
}

/// LRU's hits with 0, 1, 2, ... places, as in the lesson.
long[] mattson(int[] trace) {
    int keys = IntStream.of(trace).max().orElse(0) + 1;
    int[] stack = new int[keys];
    int size = 0;
    long[] hits = new long[keys + 1];
    for (int request : trace) {
        int above = 0;
        while (above < size && stack[above] != request) above++;
        if (above == size) size++;
        else hits[above + 1]++;
        System.arraycopy(stack, 0, stack, 1, above);
        stack[0] = request;
    }
    Arrays.parallelPrefix(hits, Long::sum);
    return hits;
}

/// Requests of `keys` keys, the first ones asked for most.
int[] skewed(long seed, int keys, int requests) {
    var random = new Random(seed);
    return IntStream.generate(() -> {
        double chance = random.nextDouble();
        return (int) (keys * chance * chance * chance);
    }).limit(requests).toArray();
}

/// A report that asks for the same keys in the same order, again and again.
int[] report(int keys, int times) {
    return IntStream.range(0, keys * times).map(i -> i % keys).toArray();
}

/// The ms that the database works, and the hit ratio of both together.
record Outcome(long ms, double hitRatio) {}

Outcome outcome(int places, int toFirst, UseCase first, UseCase second) {
    long hits = hits(first, toFirst);
    long others = hits(second, places - toFirst);
    int all = first.requests.length;
    int theirs = second.requests.length;
    return new Outcome((all - hits) * first.ms
            + (theirs - others) * second.ms,
            (hits + others) / (double) (all + theirs));
}

/// The hits of an LRU cache, simulated.
long hits(UseCase of, int places) {
    var cache = new LinkedHashMap<Integer, String>(16, 0.75f, true) {
        @Override protected boolean removeEldestEntry(
                Map.Entry<Integer, String> eldest) {
            return size() > places;
        }
    };
    long hits = 0;
    for (int key : of.requests) {
        if (cache.get(key) == null) cache.put(key, "a page");
        else hits++;
    }
    return hits;
}

/// Asks for a split, and lets both use cases run with it.
Outcome run(int places, UseCase first, UseCase second) {
    int toFirst = split(places, first, second);
    if (toFirst < 0 || toFirst > places) {
        throw new IllegalArgumentException("split gave the first "
                + toFirst + " places: it has to be 0 to " + places);
    }
    Outcome got = outcome(places, toFirst, first, second);
    IO.println("%d and %d places: %,d ms, hit ratio %.2f".formatted(
            toFirst, places - toFirst, got.ms, got.hitRatio));
    return got;
}

/// Few keys asked for often, many keys asked for seldom.
void alike() throws Exception {
    Outcome got = run(300, new UseCase(skewed(1, 100, 8_000), 1),
            new UseCase(skewed(2, 400, 2_000), 1));
    check("100 keys need no 150 places: 746 ms can do",
            got.ms <= 746);
}

/// The report's curve is flat for long, and then it is a cliff.
void cliff() throws Exception {
    Outcome got = run(300, new UseCase(skewed(3, 500, 8_000), 1),
            new UseCase(report(180, 40), 1));
    check("a report of 180 keys gets 180: 4,195 ms can do",
            got.ms <= 4_195);
}

/// A miss of the second takes forty times as long.
void dear() throws Exception {
    Outcome got = run(300, new UseCase(skewed(4, 400, 8_000), 1),
            new UseCase(skewed(5, 400, 2_000), 40));
    check("misses have a price: 24,575 ms can do",
            got.ms <= 24_575);
    check("and that at a hit ratio below a half", got.hitRatio < 0.5);
}

/// Fewer places than the report needs; then more than both can use.
void scarceAndPlenty() throws Exception {
    var first = new UseCase(skewed(3, 500, 8_000), 1);
    var second = new UseCase(report(180, 40), 1);
    long scarce = run(150, first, second).ms;
    check("no half report: 10,753 ms can do",
            scarce <= 10_753);
    check("with 1,000 places both have all they can use",
            run(1_000, first, second).ms == 679);
}
