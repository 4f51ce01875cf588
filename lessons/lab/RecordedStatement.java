package lab;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// A JDBC statement that records each execution with its parameters, rows and time. A batch is one execution.
final class RecordedStatement implements InvocationHandler {
    private final Statement real;
    private final RecordedJdbc recorded;
    private final Connection connection;
    private final List<Object> parameters = new ArrayList<>();
    private String sql; // of a prepared statement, or the last one executed
    private SqlExchange exchange; // the last execution, null before the first

    /// @param sql of a prepared statement, empty for any other
    RecordedStatement(Statement real, String sql, RecordedJdbc recorded, Connection connection) {
        this.real = real;
        this.sql = sql;
        this.recorded = recorded;
        this.connection = connection;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "execute", "executeQuery", "executeUpdate", "executeLargeUpdate", "executeBatch",
                 "executeLargeBatch" -> {
                if (arguments != null) sql = (String) arguments[0];
                yield executed(proxy, execute(method, arguments));
            }
            case "getResultSet" -> rows(proxy, (ResultSet) RecordedJdbc.call(real, method, arguments));
            case "addBatch" -> {
                if (arguments != null) sql = (String) arguments[0];
                yield RecordedJdbc.call(real, method, arguments);
            }
            case "clearParameters" -> {
                parameters.clear();
                yield RecordedJdbc.call(real, method, arguments);
            }
            case "close" -> {
                finish();
                recorded.closed(real);
                yield RecordedJdbc.call(real, method, arguments);
            }
            case "getConnection" -> connection;
            case String name when name.startsWith("set") && method.getDeclaringClass() == PreparedStatement.class -> {
                bind((int) arguments[0], name.equals("setNull") ? null : arguments[1]);
                yield RecordedJdbc.call(real, method, arguments);
            }
            default -> RecordedJdbc.call(real, method, arguments);
        };
    }

    private Object execute(Method method, Object[] arguments) throws Throwable {
        finish();
        exchange = recorded.exchange("SQL", sql, parameters);
        return exchange.timed(() -> RecordedJdbc.call(real, method, arguments));
    }

    /// What an execution returned: rows are yet to be read, anything else ends it.
    private Object executed(Object proxy, Object result) throws Throwable {
        switch (result) {
            case ResultSet rows -> { return rows(proxy, rows); }
            case Boolean isQuery when isQuery -> { return true; } // the caller asks for the result set
            case Boolean isUpdate -> exchange.add(Math.max(0, real.getUpdateCount()));
            case Number changed -> exchange.add(changed.longValue());
            case int[] changed -> exchange.add(IntStream.of(changed).filter(n -> n > 0).sum());
            case long[] changed -> exchange.add(LongStream.of(changed).filter(n -> n > 0).sum());
            default -> {}
        }
        exchange.done();
        return result;
    }

    private ResultSet rows(Object statement, ResultSet rows) {
        if (rows == null) return null;
        SqlExchange own = exchange;
        return RecordedJdbc.proxy(ResultSet.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "next" -> {
                boolean row = own.timed(() -> rows.next());
                if (row) own.add(1);
                else own.done();
                yield row;
            }
            case "close" -> {
                own.done();
                yield RecordedJdbc.call(rows, method, arguments);
            }
            case "getStatement" -> statement;
            default -> RecordedJdbc.call(rows, method, arguments);
        });
    }

    private void bind(int index, Object value) {
        while (parameters.size() < index) parameters.add(null);
        parameters.set(index - 1, value);
    }

    private void finish() {
        if (exchange != null) exchange.done();
    }
}
