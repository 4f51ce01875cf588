///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static lab.Lab.*;
import static redis.clients.jedis.params.XAddParams.xAddParams;

import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

// A process was away for longer than the stream remembers.

final int keep = 3; // entries that the stream keeps
final Map<String, String> copies = new TreeMap<>();
StreamEntryID read; // the last entry that the process has read

void main() {
    steps(this::shortAbsence, this::nothingNew, this::justInTime,
            this::longAbsence, this::backAgain, this::streamGone);
}

/// Drops the copies that the stream names after `read`; the last entry.
/// This is all you have to change.
StreamEntryID replay(StreamEntryID read) {
    for (StreamEntry entry : valkey().xrange("written", "(" + read, "+")) {
        copies.remove(entry.getFields().get("key"));
        read = entry.getID();
    }
    return read;
}

/// Writes pages, and says so in the stream.
void write(int... pages) {
    for (int page : pages) {
        valkey().set("page:" + page, "new");
        valkey().xadd("written", xAddParams().maxLen(keep),
                Map.of("key", "page:" + page));
    }
}

/// The process has copies of pages 0 to 9, and has read all entries.
void begin() {
    valkey().del("written");
    write(0);
    read = valkey().xinfoStream("written").getLastGeneratedId();
    for (int i = 0; i < 10; i++) copies.put("page:" + i, "old");
}

boolean dropped(int... pages) {
    return copies.size() == 10 - pages.length && IntStream.of(pages)
            .noneMatch(page -> copies.containsKey("page:" + page));
}

void shortAbsence() {
    begin();
    write(1, 2);
    read = replay(read);
    check("two writes: these copies are dropped, no other", dropped(1, 2));
}

void nothingNew() {
    begin();
    read = replay(read);
    check("no write: no copy is dropped, not even page 0", dropped());
}

void justInTime() {
    begin();
    write(1, 2);
    read = replay(read);
    write(3, 4);
    read = replay(read);
    check("no entry was missed: no copy is dropped without need",
            dropped(1, 2, 3, 4));
}

void longAbsence() {
    begin();
    write(1, 2, 3, 4, 5);
    read = replay(read);
    check("entries were trimmed unread: no copy can be trusted",
            copies.isEmpty());
}

void backAgain() {
    begin();
    write(1, 2, 3, 4, 5);
    read = replay(read);
    for (int i = 0; i < 10; i++) copies.put("page:" + i, "reloaded");
    write(6);
    read = replay(read);
    check("after that only what was written is dropped", dropped(6));
}

void streamGone() {
    begin();
    write(1);
    valkey().del("written"); // evicted, or lost in a restart
    read = replay(read);
    check("the stream is gone: no copy can be trusted", copies.isEmpty());
}
