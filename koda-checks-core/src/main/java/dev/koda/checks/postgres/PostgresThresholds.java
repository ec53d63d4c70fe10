package dev.koda.checks.postgres;

import java.time.Duration;
import java.util.Objects;

/**
 * Where the Postgres checks begin to complain.
 *
 * @param slowConnect a TCP connection that takes longer, twice in a row, warns; 100 ms
 * @param slowRoundTrip {@code SELECT 1} that takes longer warns; 500 ms, as pgEdge's pg-healthcheck does
 * @param deadRoundTrip {@code SELECT 1} that takes longer fails, if the check's time-out is longer still; 2 s
 */
public record PostgresThresholds(Duration slowConnect, Duration slowRoundTrip, Duration deadRoundTrip) {
    /** The limits named above. */
    public static final PostgresThresholds DEFAULT =
            new PostgresThresholds(Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(2));

    public PostgresThresholds {
        Objects.requireNonNull(slowConnect, "slowConnect");
        Objects.requireNonNull(slowRoundTrip, "slowRoundTrip");
        Objects.requireNonNull(deadRoundTrip, "deadRoundTrip");
    }

    /** The same with other limits for {@code SELECT 1}. */
    public PostgresThresholds roundTrip(Duration warn, Duration fail) {
        return new PostgresThresholds(slowConnect, warn, fail);
    }
}
