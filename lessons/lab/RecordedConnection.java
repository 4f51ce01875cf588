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
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/// A connection that records each command with its reply, however it travels.
///
/// This is the one place that sees plain, pipelined, MULTI and Pub/Sub traffic alike. The handshake (HELLO, AUTH, CLIENT,
/// SELECT) and the pool's own PING are left out. Time of a command: from sending it to its reply; in a pipeline from the
/// reply before it, so that the times of a connection add up to the time spent on it. A command within MULTI is recorded
/// with the reply that EXEC brings. A message received is an event too, named `message` and counted as such.
final class RecordedConnection extends Connection {
    private static final AtomicInteger CONNECTIONS = new AtomicInteger();

    private final int number = CONNECTIONS.incrementAndGet();
    private final Recorder recorder;
    private final KeyPrefix prefix;
    /// Commands that wait for their reply. Another thread may send: so one unsubscribes while a thread listens.
    private final Queue<Sent> outstanding = new ConcurrentLinkedQueue<>();
    private final Subscriptions subscriptions = new Subscriptions();
    private List<Queued> transaction; // between MULTI and EXEC, else null
    private boolean silent = true; // until the handshake is over
    private boolean pipelined;
    private long flushed;
    private long lastReply;

    /// @param at [System#nanoTime] when it was sent
    private record Sent(CommandArguments command, String name, long at) {}

    private record Queued(Sent sent, long nanos) {}

    private RecordedConnection(Connection.Builder builder, Recorder recorder, String prefix) {
        super(builder);
        this.recorder = recorder;
        this.prefix = new KeyPrefix(prefix);
    }

    /// Makes connections to `node` that record to `recorder` and show keys without `prefix`.
    static ConnectionFactory factory(HostAndPort node, JedisClientConfig settings, Recorder recorder, String prefix) {
        Connection.Builder builder = new Connection.Builder() {
            @Override
            protected Connection createConnection() {
                return new RecordedConnection(this, recorder, prefix);
            }
        };
        builder.clientConfig(settings).socketFactory(new DefaultJedisSocketFactory(node, settings));
        return ConnectionFactory.builder().hostAndPort(node).clientConfig(settings).connectionBuilder(builder).build();
    }

    // --- sending ---

    @Override
    public void sendCommand(CommandArguments command) {
        CommandArguments outgoing = prefix.outgoing(command);
        if (!silent) {
            var sent = new Sent(command, WireText.name(command), System.nanoTime());
            outstanding.add(sent); // before it goes out: the reply may be there at once, in another thread
        }
        try {
            super.sendCommand(outgoing);
        } catch (JedisConnectionException e) {
            lost(e);
            throw e;
        }
    }

    @Override
    protected void flush() {
        flushed = System.nanoTime();
        try {
            super.flush();
        } catch (JedisConnectionException e) {
            lost(e);
            throw e;
        }
    }

    // --- receiving ---

    @Override
    protected Object readProtocolWithCheckingBroken() {
        try {
            Object reply = prefix.incoming(super.readProtocolWithCheckingBroken());
            if (!silent) received(reply);
            return reply;
        } catch (JedisConnectionException e) {
            lost(e);
            throw e;
        } catch (JedisException e) { // an error reply
            if (!silent) received(e);
            throw e;
        }
    }

    @Override
    public List<Object> getMany(int count) {
        pipelined = true;
        try {
            return super.getMany(count);
        } finally {
            pipelined = false;
        }
    }

    private void received(Object reply) {
        Sent waiting = outstanding.peek();
        Subscriptions.Read read = waiting == null ? subscriptions.read(reply, "", 0)
                : subscriptions.read(reply, waiting.name, waiting.command.size() - 1);
        switch (read) {
            case MESSAGE -> message((List<?>) reply);
            case CONFIRMATION -> {} // one more channel of the same command
            case LAST_CONFIRMATION -> record(outstanding.remove(), reply, Mode.PUBSUB);
            case REPLY -> { if (waiting != null) replied(outstanding.remove(), reply); }
        }
    }

    private void replied(Sent sent, Object reply) {
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
                else transaction.add(new Queued(sent, sinceLast(sent, Mode.MULTI)));
            }
        }
    }

    /// Gives each queued command its reply of EXEC; without one it was never executed.
    private void endTransaction(Object reply) {
        List<Queued> queued = transaction == null ? List.of() : transaction;
        transaction = null;
        for (int i = 0; i < queued.size(); i++) {
            Object own = reply instanceof List<?> replies ? replies.get(i) : new JedisException("not executed");
            record(queued.get(i).sent, own, Mode.MULTI, queued.get(i).nanos);
        }
    }

    /// Records what will have no reply because the connection broke.
    private void lost(JedisConnectionException cause) {
        for (Sent sent; (sent = outstanding.poll()) != null; ) record(sent, cause, Mode.PLAIN);
    }

    // --- recording ---

    private void record(Sent sent, Object reply, Mode mode) {
        record(sent, reply, mode, sinceLast(sent, mode));
    }

    private void record(Sent sent, Object reply, Mode mode, long nanos) {
        Boolean hit = Hit.of(sent.name, reply);
        Supplier<Event> detail = () -> new Event.Command(sent.name, WireText.arguments(sent.command, prefix.text()),
                WireText.reply(sent.name, reply), hit, number, mode, nanos / 1_000);
        recorder.exchange(sent.name, hit, sent.at, nanos, WireText.bytes(sent.command), WireText.bytes(reply), detail);
    }

    private long sinceLast(Sent sent, Mode mode) {
        long now = System.nanoTime();
        long from = mode == Mode.PLAIN ? sent.at : Math.max(sent.at, Math.max(flushed, lastReply));
        lastReply = now;
        return now - from;
    }

    /// A message: its channel, with the pattern before it if there is one, is the argument, what it says is the reply.
    private void message(List<?> push) {
        String kind = new String((byte[]) push.getFirst(), StandardCharsets.US_ASCII);
        Object said = push.getLast();
        Supplier<Event> detail = () -> {
            var channel = new CommandArguments(() -> (byte[]) push.getFirst());
            push.subList(1, push.size() - 1).forEach(channel::add);
            return new Event.Command(kind, WireText.arguments(channel, ""), WireText.reply(kind, said), null, number,
                    Mode.PUBSUB, 0);
        };
        recorder.exchange(kind, null, System.nanoTime(), 0, 0, WireText.bytes(said), detail);
    }

    // --- what is left out ---

    @Override
    protected void initializeFromClientConfig(JedisClientConfig config) {
        super.initializeFromClientConfig(config);
        addPushConsumer(context -> { // what RESP3 pushes besides Pub/Sub: invalidations of client-side caches
            message((List<?>) prefix.incoming(context.getMessage().getContent()));
            return context;
        });
        silent = false;
    }

    /// The pool's look whether the connection lives. A lesson's PING goes through [#sendCommand] like any command.
    @Override
    public boolean ping() {
        silent = true;
        try {
            return super.ping();
        } finally {
            silent = false;
        }
    }
}
