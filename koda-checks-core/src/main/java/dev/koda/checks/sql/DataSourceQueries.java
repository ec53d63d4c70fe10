package dev.koda.checks.sql;

import dev.koda.checks.CheckContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Asks through a pool of the embedder's: each query takes a connection on the engine's blocking threads and gives it
 * back. Where the pool commits by hand, what was begun is rolled back.
 */
public final class DataSourceQueries implements SqlQueries {
    private static final String CANCELED = "57014";

    private final DataSource source;

    private DataSourceQueries(DataSource source) {
        this.source = source;
    }

    /** The data source stays the caller's; nothing is opened here. */
    public static SqlQueries of(DataSource source) {
        return new DataSourceQueries(Objects.requireNonNull(source, "source"));
    }

    @Override
    public CompletionStage<List<SqlRow>> query(CheckContext context, String sql) {
        return context.blocking(() -> ask(sql, seconds(context.ioTimeout())));
    }

    private List<SqlRow> ask(String sql, int seconds) throws SqlFailure {
        try (var connection = source.getConnection()) {
            try {
                return ask(connection, sql, seconds);
            } finally {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
            }
        } catch (SQLTimeoutException late) {
            throw SqlFailure.of(CANCELED);
        } catch (SQLException refused) {
            throw SqlFailure.of(refused.getSQLState());
        }
    }

    private static List<SqlRow> ask(Connection connection, String sql, int seconds) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setQueryTimeout(seconds);
            try (var answer = statement.executeQuery(sql)) {
                return rows(answer);
            }
        }
    }

    private static List<SqlRow> rows(ResultSet answer) throws SQLException {
        var columns = answer.getMetaData();
        var rows = new ArrayList<SqlRow>();
        while (answer.next()) {
            var names = new ArrayList<String>();
            var values = new ArrayList<@Nullable Object>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                names.add(columns.getColumnLabel(i));
                values.add(answer.getObject(i));
            }
            rows.add(SqlRow.of(names, values));
        }
        return List.copyOf(rows);
    }

    /** JDBC counts in whole seconds, and 0 is no limit. */
    private static int seconds(Duration limit) {
        return (int) Math.max(1, limit.toSeconds());
    }
}
