package lab;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// One SQL statement from its execution until its rows are read.
///
/// Its time is what SQLite took, to execute and to step to each row, and not what the caller did between rows.
final class SqlExchange {
    private static final int LONGEST_PARAMETER = 120;

    private final String name;
    private final String sql;
    private final List<Object> parameters;
    private final Recorder recorder;
    private final QueryPlans plans;
    private final long start = System.nanoTime();
    private long nanos;
    private long rows;
    private boolean recorded;

    /// @param name what it is counted as
    SqlExchange(String name, String sql, List<Object> parameters, Recorder recorder, QueryPlans plans) {
        this.name = name;
        this.sql = sql;
        this.parameters = new ArrayList<>(parameters);
        this.recorder = recorder;
        this.plans = plans;
    }

    interface Call<T> {
        T make() throws Throwable;
    }

    /// Makes `call` and adds its time. If it fails, the statement is recorded with the error as a comment.
    <T> T timed(Call<T> call) throws Throwable {
        long before = System.nanoTime();
        try {
            T result = call.make();
            nanos += System.nanoTime() - before;
            return result;
        } catch (SQLException e) {
            nanos += System.nanoTime() - before;
            record(sql + " -- failed: " + e.getMessage());
            throw e;
        }
    }

    void add(long moreRows) {
        rows += moreRows;
    }

    /// No more rows: records it, once.
    void done() {
        record(sql);
    }

    private void record(String text) {
        if (recorded) return;
        recorded = true;
        plans.executed(sql);
        recorder.exchange(name, null, start, nanos, false, sql.length(), rows, () -> new Event.Sql(
                text.stripIndent().strip(), parameters.stream().map(SqlExchange::text).toList(), rows, nanos / 1_000,
                plans.of(sql)));
    }

    private static String text(Object parameter) {
        return switch (parameter) {
            case null -> "NULL";
            case byte[] blob -> "(%d bytes)".formatted(blob.length);
            default -> {
                String text = parameter.toString();
                yield text.length() <= LONGEST_PARAMETER ? text
                        : text.substring(0, LONGEST_PARAMETER) + "… (%d characters)".formatted(text.length());
            }
        };
    }
}
