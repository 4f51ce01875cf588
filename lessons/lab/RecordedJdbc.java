package lab;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A JDBC connection that records what is executed through it.
///
/// A dynamic proxy, as its statements and result sets are: of the interfaces' 400 methods a dozen matter here.
final class RecordedJdbc implements InvocationHandler {
    private final Connection real;
    private final Return pool;
    private final Recorder recorder;
    private final QueryPlans plans;
    private final Set<Statement> open = new HashSet<>();
    private boolean closed;

    /// Takes a connection back when the caller closes it.
    interface Return {
        void giveBack(Connection connection) throws SQLException;
    }

    private RecordedJdbc(Connection real, Return pool, Recorder recorder, QueryPlans plans) {
        this.real = real;
        this.pool = pool;
        this.recorder = recorder;
        this.plans = plans;
    }

    /// `real`, recorded; closing it closes its statements and hands it to `pool`.
    static Connection connection(Connection real, Return pool, Recorder recorder, QueryPlans plans) {
        return proxy(Connection.class, new RecordedJdbc(real, pool, recorder, plans));
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(RecordedJdbc.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /// Calls `method` on `real`; throws what it throws.
    static Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "close" -> close();
            case "isClosed" -> closed;
            case String name when closed && method.getDeclaringClass() != Object.class ->
                throw new SQLException(name + " on a connection that is closed");
            case "createStatement" -> statement((Connection) proxy, method, arguments, "");
            case "prepareStatement" -> statement((Connection) proxy, method, arguments, (String) arguments[0]);
            case "commit", "rollback" -> {
                String name = method.getName().toUpperCase();
                SqlExchange exchange = exchange(name, name, List.of());
                exchange.timed(() -> call(real, method, arguments));
                exchange.done();
                yield null;
            }
            default -> call(real, method, arguments);
        };
    }

    /// A new exchange, counted as `name`.
    SqlExchange exchange(String name, String sql, List<Object> parameters) {
        return new SqlExchange(name, sql, parameters, recorder, plans);
    }

    /// A statement of this connection was closed.
    void closed(Statement statement) {
        open.remove(statement);
    }

    private PreparedStatement statement(Connection proxy, Method method, Object[] arguments, String sql)
            throws Throwable {
        var statement = (Statement) call(real, method, arguments);
        open.add(statement);
        return proxy(PreparedStatement.class, new RecordedStatement(statement, sql, this, proxy));
    }

    private Object close() throws SQLException {
        if (closed) return null;
        closed = true;
        for (Statement statement : open) statement.close(); // an open one would hold its lock for whoever comes next
        pool.giveBack(real);
        return null;
    }
}
