package dev.koda.checks.network;

import dev.koda.checks.sql.SqlQueries;
import java.util.Objects;

/**
 * A Postgres that tells the time by {@code clock_timestamp()}.
 *
 * @param server what messages call it, such as {@code db.example.com:5432}
 * @param queries how it is asked
 */
public record DatabaseClock(String server, SqlQueries queries) {
    public DatabaseClock {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(queries, "queries");
    }
}
