package lab;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import lab.Event.Command.Mode;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/// Pairs what one connection sends with what it reads, and records each pair.
///
/// Time of a command: from sending it to its reply; in a pipeline from the reply before it, so that the times of a
/// connection add up to the time spent on it. What was sent before a reply was waited for shares a round trip. A
/// command within MULTI is recorded with the reply that EXEC brings. A message received is an event too, named
/// `message` and counted as such.
final class WireLog {
    private static final AtomicInteger CONNECTIONS = new AtomicInteger();

    private final int connection = CONNECTIONS.incrementAndGet();
    private final Recorder recorder;
    private final String prefix;
    /// Commands that wait for their reply. Another thread may send: so one unsubscribes while a thread listens.
    private final Queue<Sent> outstanding = new ConcurrentLinkedQueue<>();
    private final Subscriptions subscriptions = new Subscriptions();
    private List<Queued> transaction; // between MULTI and EXEC, else null
    private long flushed;
    private long lastReply;
    private boolean asked; // something was sent since a reply was last waited for; the queue publishes it

    /// @param at [System#nanoTime] when it was sent
    private record Sent(CommandArguments command, String name, long at) {}

    /// A command of a transaction, how long it took to be queued, and whether that was waited for.
    private record Queued(Sent sent, long nanos, boolean trip) {}

    /// @param prefix of keys, left out of what is recorded
    WireLog(Recorder recorder, String prefix) {
        this.recorder = recorder;
        this.prefix = prefix;
    }

    /// A command is about to go out. To be called before it does: its reply may be read at once, by another thread.
    void sending(CommandArguments command) {
        asked = true;
        outstanding.add(new Sent(command, WireText.name(command), System.nanoTime()));
    }

    /// What was written so far is on its way.
    void flushed() {
        flushed = System.nanoTime();
    }

    /// A reply was read; an exception stands for an error reply.
    ///
    /// @param pipelined whether it is one of several read in a row
    void received(Object reply, boolean pipelined) {
        Sent waiting = outstanding.peek();
        Subscriptions.Read read = waiting == null ? subscriptions.read(reply, "", 0)
                : subscriptions.read(reply, waiting.name, waiting.command.size() - 1);
        switch (read) {
            case MESSAGE -> message((List<?>) reply);
            case CONFIRMATION -> {} // one more channel of the same command
            case LAST_CONFIRMATION -> record(outstanding.remove(), reply, Mode.PUBSUB);
            case REPLY -> { if (waiting != null) replied(outstanding.remove(), reply, pipelined); }
        }
    }

    /// The connection broke: what waits for a reply will have none.
    void lost(JedisConnectionException cause) {
        asked = false;
        for (Sent sent; (sent = outstanding.poll()) != null; ) record(sent, cause, Mode.PLAIN);
    }

    /// The server sent something unasked. Its first part is its kind, its last what it says; between them a message
    /// has its channel, with the pattern that matched before it.
    void message(List<?> push) {
        String kind = new String((byte[]) push.getFirst(), StandardCharsets.US_ASCII);
        Object said = push.getLast();
        recorder.exchange(kind, null, System.nanoTime(), 0, false, 0, WireText.bytes(said), () -> {
            var channel = new CommandArguments(() -> (byte[]) push.getFirst());
            push.subList(1, push.size() - 1).forEach(channel::add);
            return new Event.Command(kind, WireText.arguments(channel, prefix), WireText.reply(kind, said), null,
                    connection, Mode.PUBSUB, 0);
        });
    }

    private void replied(Sent sent, Object reply, boolean pipelined) {
        switch (sent.name) {
            case "MULTI" -> {
                if (!(reply instanceof JedisException)) transaction = new ArrayList<>();
                record(sent, reply, Mode.MULTI);
            }
            case "EXEC", "DISCARD" -> {
                endTransaction(reply);
                record(sent, reply, Mode.MULTI);
            }
            default -> {
                if (transaction == null) record(sent, reply, pipelined ? Mode.PIPELINED : Mode.PLAIN);
                else if (reply instanceof JedisException) record(sent, reply, Mode.MULTI);
                else transaction.add(new Queued(sent, sinceLast(sent, Mode.MULTI), waited()));
            }
        }
    }

    /// Gives each queued command its reply of EXEC; without one it was never executed.
    private void endTransaction(Object reply) {
        List<Queued> queued = transaction == null ? List.of() : transaction;
        transaction = null;
        for (int i = 0; i < queued.size(); i++) {
            Object own = reply instanceof List<?> replies ? replies.get(i) : new JedisException("not executed");
            record(queued.get(i).sent, own, Mode.MULTI, queued.get(i).nanos, queued.get(i).trip);
        }
    }

    private void record(Sent sent, Object reply, Mode mode) {
        record(sent, reply, mode, sinceLast(sent, mode), waited());
    }

    private void record(Sent sent, Object reply, Mode mode, long nanos, boolean trip) {
        Boolean hit = Hit.of(sent.name, reply);
        Supplier<Event> detail = () -> new Event.Command(sent.name, WireText.arguments(sent.command, prefix),
                WireText.reply(sent.name, reply), hit, connection, mode, nanos / 1_000);
        recorder.exchange(sent.name, hit, sent.at, nanos, trip, WireText.bytes(sent.command), WireText.bytes(reply),
                detail);
    }

    /// Whether this reply is the first of a round trip: what else was sent before it came, came along.
    private boolean waited() {
        boolean first = asked;
        if (first) asked = false;
        return first;
    }

    private long sinceLast(Sent sent, Mode mode) {
        long now = System.nanoTime();
        long from = mode == Mode.PLAIN ? sent.at : Math.max(sent.at, Math.max(flushed, lastReply));
        lastReply = now;
        return now - from;
    }
}
