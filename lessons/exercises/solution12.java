///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static lab.Lab.*;

// A lock expires, and its holder's late write is fenced off.

final String lock = "flight:{1000}:lock";
final String numbers = "flight:{1000}:numbers"; // braces: one hash slot

void main() {
    steps(this::undisturbed, this::pausedHolder, this::pausedTwice);
}

/// Takes the lock for 5 s, and returns a number. 0: another has it.
long lock() {
    return (long) valkey().eval("""
            if not redis.call('SET', KEYS[1], '', 'NX', 'PX', 5000) then
                return 0
            end
            return redis.call('INCR', KEYS[2])""",
            List.of(lock, numbers), List.of());
}

/// Writes a departure, or refuses to: false. `fence` is a column of the
/// flight: the highest number that has written.
boolean write(long number, String departure) throws Exception {
    return !column(flughafenCopy(), """
            UPDATE flight SET fence = ?,
                departure = date(departure) || ' ' || ? || ':00'
            WHERE flight_id = 1000 AND fence <= ?
            RETURNING flight_id""", number, departure, number).isEmpty();
}

/// What the database says.
String departure() throws Exception {
    return column(flughafenCopy(), """
            SELECT strftime('%H:%M', departure)
            FROM flight WHERE flight_id = 1000""").getFirst();
}

/// Whoever holds the lock is paused for longer than that.
void expire() {
    valkey().del(lock);
}

void undisturbed() throws Exception {
    column(flughafenCopy(),
            "ALTER TABLE flight ADD fence INTEGER DEFAULT 0");
    long holder = lock();
    check("who is first gets the lock", holder > 0);
    check("who is second does not", lock() == 0);
    long left = valkey().pttl(lock);
    check("the lock expires", 0 < left && left <= 5_000);
    check("the holder writes", write(holder, "10:00"));
    check("and may write again", write(holder, "10:30"));
    check("the database has it", departure().equals("10:30"));
    expire();
}

void pausedHolder() throws Exception {
    long paused = lock();
    expire();
    long next = lock();
    check("the next number is higher", next > paused);
    write(next, "12:00");
    boolean accepted = write(paused, "11:00");
    check("a late write is refused", !accepted);
    check("and changes nothing", departure().equals("12:00"));
    check("the holder is not", write(next, "12:30"));
    expire();
}

void pausedTwice() throws Exception {
    long first = lock();
    expire();
    long second = lock();
    expire();
    long third = lock();
    check("late, but nobody with a higher number has written: accepted",
            write(second, "12:00"));
    check("a lower number is refused", !write(first, "11:00"));
    check("a higher one is not", write(third, "13:00"));
    check("the second is too late now", !write(second, "12:00"));
    check("the third one's write stays", departure().equals("13:00"));
    expire();
}
