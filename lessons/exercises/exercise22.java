///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static lab.Lab.*;

import redis.clients.jedis.UnifiedJedis;

// Many pages at once: a trip for each that is missed. Make it one.

final UnifiedJedis valkey = privateValkey().client();

/// A value, or the placeholder of one that is under way.
final Map<String, Object> kept = new ConcurrentHashMap<>();
final List<String> pages = IntStream.rangeClosed(1, 100)
        .mapToObj(i -> "page:" + i).toList();

void main() {
    steps(this::oneTrip, this::onlyTheRest, this::writtenMeanwhile,
            this::absent);
}

/// The pages that there are, by key. This is all you have to change.
Map<String, String> getAll(List<String> keys) {
    var found = new HashMap<String, String>();
    for (String key : keys) {
        String value = get(key);
        if (value != null) found.put(key, value);
    }
    return found;
}

/// One page, as in the lesson.
String get(String key) {
    if (kept.get(key) instanceof String value) return value;
    Object placeholder = new Object();
    kept.put(key, placeholder);
    String value = valkey.get(key);
    gap();
    if (value == null) kept.remove(key, placeholder);
    else kept.replace(key, placeholder, value);
    return value;
}

Runnable inGap = () -> {};

/// Between the answer and its keeping somebody writes, once.
void gap() {
    Runnable now = inGap;
    inGap = () -> {};
    now.run();
}

/// A write, and what tracking would make of it.
void write(String page, String text) {
    valkey.set(page, text);
    kept.remove(page);
}

/// How often Valkey read from its sockets while `work` was done, but for
/// the two times that we ask.
long trips(Runnable work) {
    long before = info(valkey, "total_reads_processed");
    work.run();
    return info(valkey, "total_reads_processed") - before - 1;
}

void oneTrip() {
    for (String page : pages) write(page, "text");
    var got = new HashMap<String, String>();
    long trips = trips(() -> got.putAll(getAll(pages)));
    check("all pages are there", got.keySet().equals(Set.copyOf(pages))
            && Set.copyOf(got.values()).equals(Set.of("text")));
    check("100 pages missed: at most 5 reads of a socket", trips <= 5);
    check("all of them are kept", got.equals(kept));
    check("once more: none", trips(() -> getAll(pages)) == 0);
}

void onlyTheRest() {
    write("page:7", "new");
    long gone = info(valkey, "keyspace_hits");
    check("the new page comes", "new".equals(
            getAll(pages).get("page:7")));
    check("99 pages are near, one is asked for",
            info(valkey, "keyspace_hits") - gone == 1);
}

void writtenMeanwhile() {
    kept.clear();
    inGap = () -> {
        write("page:1", "new");
        write("page:100", "new");
    };
    getAll(pages);
    check("written meanwhile: not kept", "new".equals(get("page:1"))
            && "new".equals(get("page:100")));
    check("the others are", kept.size() == 100);
}

void absent() {
    check("no page, no entry",
            getAll(List.of("page:1", "page:0")).size() == 1);
    write("page:0", "at last");
    check("and it is seen when it comes",
            "at last".equals(getAll(List.of("page:0")).get("page:0")));
}
