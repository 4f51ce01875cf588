package lab;

import data.Fault;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// Writes what happens in this process to the transcript, and counts what goes over the wire.
///
/// Every process of a lesson appends whole lines to the same file, each in one write, so that lines never mix.
/// Without `LAB_TRANSCRIPT` nothing is written; the counts are kept all the same, for the terminal.
public final class Recorder {
    /// How many exchanges of a step are kept as events of their own; the rest is only counted.
    static final int KEPT = 200;

    private static final Recorder INSTANCE = new Recorder(System.getProperty("lab.actor", "main"), transcript());

    private final String actor;
    private final OutputStream file;
    private final long epochMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    private final long epochNanos = System.nanoTime();
    private volatile Map<String, Tally> tallies = new ConcurrentHashMap<>();
    private final AtomicInteger kept = new AtomicInteger();
    private final AtomicInteger countingOnly = new AtomicInteger();
    private long n;

    /// @param file null: nobody asked for a transcript
    Recorder(String actor, OutputStream file) {
        this.actor = actor;
        this.file = file;
    }

    /// The one recorder of this process.
    public static Recorder get() {
        return INSTANCE;
    }

    /// Records `event` as happening now.
    public void add(Event event) {
        write(event, System.nanoTime());
    }

    /// Counts one exchange with a server and, while [#detailed], keeps it as an event.
    ///
    /// @param name     what is counted: a command's name, `SQL` or `HTTP`
    /// @param hit      whether a read found something; null for anything that is no read
    /// @param start    [System#nanoTime] when it started
    /// @param nanos    how long it took
    /// @param trip     whether it was sent and waited for, and not together with one before it
    /// @param sent     bytes of arguments; `received` bytes of the reply, or rows
    /// @param detail   makes the event; called only if it is kept
    public void exchange(String name, Boolean hit, long start, long nanos, boolean trip, long sent, long received,
            Supplier<? extends Event> detail) {
        Map<String, Tally> now = tallies;
        Tally tally = now.get(name); // does without computeIfAbsent's closure
        if (tally == null) tally = now.computeIfAbsent(name, _ -> new Tally());
        tally.add(hit, nanos, trip, sent, received);
        if (detailed() && kept.incrementAndGet() <= KEPT) write(detail.get(), start);
    }

    /// Whether the next exchange would be kept: if not, its texts need not be made.
    public boolean detailed() {
        return countingOnly.get() == 0 && file != null && kept.get() < KEPT;
    }

    /// Until it is closed, exchanges are counted but not kept: what is being measured should not also be written down.
    AutoCloseable countOnly() {
        countingOnly.incrementAndGet();
        return countingOnly::decrementAndGet;
    }

    /// The exact counts since the last call, by name; a new step starts from nothing.
    List<Event.Count> takeCounts() {
        Map<String, Tally> sorted = new TreeMap<>(tallies);
        tallies = new ConcurrentHashMap<>();
        kept.set(0);
        return sorted.entrySet().stream().map(e -> e.getValue().count(e.getKey())).toList();
    }

    private void write(Event event, long nanos) {
        if (file == null) return;
        long at = epochMicros + (nanos - epochNanos) / 1_000;
        synchronized (this) {
            var entry = new Event.Entry(++n, actor, threadName(), at, event);
            try {
                file.write((JsonLines.line(entry) + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new Fault(Fault.FAILED, "cannot write the transcript: " + e.getMessage(), e);
            }
        }
    }

    private static String threadName() {
        Thread thread = Thread.currentThread();
        return thread.getName().isEmpty() ? "virtual-" + thread.threadId() : thread.getName();
    }

    private static OutputStream transcript() {
        String name = System.getenv("LAB_TRANSCRIPT");
        if (name == null || name.isBlank()) return null;
        try {
            return new FileOutputStream(name, true); // not a channel: an interrupt of its writer would close that
        } catch (IOException e) {
            throw new Fault(Fault.USAGE, "cannot write the transcript LAB_TRANSCRIPT=%s: %s".formatted(name, e), e);
        }
    }

    /// Adders and not atomics: hundreds of threads count the same command at once.
    ///
    /// @param took a counter for each bucket of time, which together count the calls
    private record Tally(LongAdder[] took, LongAdder hits, LongAdder misses, LongAdder nanos, LongAdder sent,
            LongAdder received, LongAdder trips) {
        Tally() {
            this(new LongAdder[Event.Count.BUCKETS], new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(),
                    new LongAdder(), new LongAdder());
            Arrays.setAll(took, _ -> new LongAdder());
        }

        void add(Boolean hit, long time, boolean trip, long out, long in) {
            took[Event.Count.bucket(time)].increment();
            if (hit != null) (hit ? hits : misses).increment();
            if (trip) trips.increment();
            nanos.add(time);
            sent.add(out);
            received.add(in);
        }

        Event.Count count(String name) {
            List<Long> buckets = new ArrayList<>(Arrays.stream(took).map(LongAdder::sum).toList());
            long calls = buckets.stream().mapToLong(n -> n).sum();
            while (!buckets.isEmpty() && buckets.getLast() == 0) buckets.removeLast();
            return new Event.Count(name, calls, hits.sum(), misses.sum(), nanos.sum() / 1_000, sent.sum(),
                    received.sum(), trips.sum(), buckets);
        }
    }
}
