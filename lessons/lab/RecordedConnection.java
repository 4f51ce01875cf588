package lab;

import java.util.List;
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
/// This is the one place that sees plain, pipelined, MULTI and Pub/Sub traffic alike. The handshake (HELLO, AUTH,
/// CLIENT, SELECT) and the pool's own PING are left out.
final class RecordedConnection extends Connection {
    private final WireLog log;
    private final KeyPrefix prefix;
    private boolean silent = true; // until the handshake is over
    private boolean pipelined;

    private RecordedConnection(Connection.Builder builder, Recorder recorder, String prefix) {
        super(builder);
        this.log = new WireLog(recorder, prefix);
        this.prefix = new KeyPrefix(prefix);
    }

    /// Makes connections to `node` that record to `recorder`; keys have `prefix` there, and are shown without it.
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

    @Override
    public void sendCommand(CommandArguments command) {
        CommandArguments outgoing = prefix.outgoing(command);
        if (!silent) log.sending(command);
        try {
            super.sendCommand(outgoing);
        } catch (JedisConnectionException e) {
            log.lost(e);
            throw e;
        }
    }

    @Override
    protected void flush() {
        log.flushed();
        try {
            super.flush();
        } catch (JedisConnectionException e) {
            log.lost(e);
            throw e;
        }
    }

    @Override
    protected Object readProtocolWithCheckingBroken() {
        try {
            Object reply = prefix.incoming(super.readProtocolWithCheckingBroken());
            if (!silent) log.received(reply, pipelined);
            return reply;
        } catch (JedisConnectionException e) {
            log.lost(e);
            throw e;
        } catch (JedisException e) { // an error reply
            if (!silent) log.received(e, pipelined);
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

    @Override
    protected void initializeFromClientConfig(JedisClientConfig config) {
        super.initializeFromClientConfig(config);
        addPushConsumer(context -> { // what RESP3 pushes besides Pub/Sub: invalidations of client-side caches
            log.message((List<?>) prefix.incoming(context.getMessage().getContent()));
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
