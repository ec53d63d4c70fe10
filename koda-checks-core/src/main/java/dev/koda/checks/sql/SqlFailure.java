package dev.koda.checks.sql;

import dev.koda.checks.Outcome;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A query without rows to judge. Carries the SQLSTATE and the outcome of the check that asked, and never the text of the
 * server or of a driver, which is translated and may hold anything. Codes: Postgres documentation, appendix A.
 */
public final class SqlFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final @Nullable String sqlState;
    private final transient Outcome outcome;

    private SqlFailure(@Nullable String sqlState, Outcome outcome) {
        super(outcome.message(), null, false, false);
        this.sqlState = sqlState;
        this.outcome = outcome;
    }

    /** What the server answered, or, without a SQLSTATE, that there was no answer of its own. */
    public static SqlFailure of(@Nullable String sqlState) {
        return new SqlFailure(sqlState, read(sqlState));
    }

    /** What an adapter knows better. */
    public static SqlFailure of(@Nullable String sqlState, Outcome outcome) {
        return new SqlFailure(sqlState, Objects.requireNonNull(outcome, "outcome"));
    }

    /** The five characters, or null if the database was not heard. */
    public @Nullable String sqlState() {
        return sqlState;
    }

    /** What to answer; never pass. */
    public Outcome outcome() {
        return outcome;
    }

    private static Outcome read(@Nullable String sqlState) {
        if (sqlState == null || sqlState.startsWith("08")) {
            return Outcome.fail("the database did not answer the query")
                    .reason("connection_reset")
                    .hint("see the log of the database, and of any pool or proxy before it");
        }
        return switch (sqlState) {
            case "57014" ->
                Outcome.fail("the database did not answer the query in time (57014)")
                        .reason("no_answer")
                        .hint("see the load of the server and what holds its locks");
            case "57P01", "57P02", "57P03" ->
                Outcome.fail("the database ended the connection because it stops (" + sqlState + ")")
                        .reason("shutting_down")
                        .hint("start it again, or see who stopped it in its log");
            case "42501" ->
                Outcome.warn("the role may not read what was asked (42501)")
                        .reason("missing_privilege")
                        .hint("GRANT the role what it lacks; the server's log names it");
            default ->
                Outcome.fail("the database answered with SQLSTATE " + sqlState)
                        .reason("server_error")
                        .hint("look the code up in appendix A of Postgres's documentation, and see the server's log");
        };
    }
}
