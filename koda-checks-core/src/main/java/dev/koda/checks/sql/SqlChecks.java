package dev.koda.checks.sql;

import dev.koda.checks.Check;

/** Makes checks out of queries. */
public final class SqlChecks {
    private SqlChecks() {}

    /**
     * Holds the number that a query gives against limits.
     *
     * @param query one statement that gives one row: a number, and after it a text that names something, if there is more
     *     to say; any other answer fails, and says how it differs
     * @param queries how to ask; a query that may write or take long needs one that forbids that
     */
    public static Check number(String query, NumberLimits limits, SqlQueries queries) {
        return new NumberCheck(query, limits, queries);
    }
}
