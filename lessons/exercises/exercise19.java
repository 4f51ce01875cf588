///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES ../lab/Lab.java
import static java.util.concurrent.TimeUnit.SECONDS;
import static lab.Lab.*;
import static redis.clients.jedis.params.SetParams.setParams;

// The key of a form, in Valkey: what is sent again is not done again.

final int busy = 30_000;         // ms within which work is done
final int kept = 24 * 3_600_000; // ms for which an answer is kept
final LongAdder bookings = new LongAdder();

void main() {
    steps(this::again, this::atOnce, this::failed, this::others,
            this::expires);
}

/// Does the work once for each form of a passenger. A form that comes
/// again gets the same answer; "in progress" while there is none yet.
/// This is all you have to change.
String once(String passenger, String form, Callable<String> work)
        throws Exception {
    return work.call();
}

/// Where the answer to a form is kept.
String key(String passenger, String form) {
    return "once:" + passenger + ":" + form;
}

/// A booking, counted: what its passenger is told.
String book() {
    bookings.increment();
    return "booking " + bookings;
}

void again() throws Exception {
    String first = once("ann", "form-1", this::book);
    String second = once("ann", "form-1", this::book);
    check("a form that comes again books nothing", bookings.sum() == 1);
    check("it gets the same answer", second.equals(first));
    once("ann", "form-2", this::book);
    check("another form books", bookings.sum() == 2);
}

void atOnce() throws Exception {
    bookings.reset();
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var first = new FutureTask<>(() -> once("ann", "form-3", () -> {
        begun.countDown();
        if (!goOn.await(10, SECONDS)) throw new TimeoutException();
        return book();
    }));
    Thread.ofVirtual().start(first);
    if (!begun.await(10, SECONDS)) throw new TimeoutException();
    String second = once("ann", "form-3", this::book);
    goOn.countDown();
    String told = first.get(10, SECONDS);
    check("two at once: one books", bookings.sum() == 1);
    check("the other one is told so", second.equals("in progress"));
    check("later it gets the answer",
            once("ann", "form-3", this::book).equals(told));
}

void failed() throws Exception {
    bookings.reset();
    try {
        once("ann", "form-4", () -> {
            throw new IllegalStateException("the database is down");
        });
        check("a failure is passed on", false);
    } catch (IllegalStateException e) {
        check("a failure is passed on", true);
    }
    once("ann", "form-4", this::book);
    check("and the form may come again", bookings.sum() == 1);
}

void others() throws Exception {
    bookings.reset();
    once("ann", "form-5", this::book);
    once("bob", "form-5", this::book);
    check("a form is its passenger's", bookings.sum() == 2);
}

void expires() throws Exception {
    once("ann", "form-6", () -> {
        check("who dies at work blocks nobody for longer than a work lasts",
                expiresWithin(busy));
        return book();
    });
    check("an answer is kept for a day", expiresWithin(kept));
}

/// Whether what is kept expires within so many ms, but not too soon.
boolean expiresWithin(long ms) {
    long left = valkey().pttl(key("ann", "form-6"));
    return ms / 2 < left && left <= ms;
}
