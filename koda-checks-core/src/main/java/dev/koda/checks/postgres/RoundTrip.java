package dev.koda.checks.postgres;

import dev.koda.checks.Outcome;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/** Measures the smallest query there is. */
final class RoundTrip {
    private final Ladder ladder;

    RoundTrip(Ladder ladder) {
        this.ladder = ladder;
    }

    /** Fails with {@link BrokenRung} if there is no answer. */
    Future<Outcome> measure(SqlConnection connection) {
        long started = ladder.time.nanos();
        return connection
                .query("SELECT 1")
                .execute()
                .map(rows -> outcome((ladder.time.nanos() - started) / 1_000_000))
                .recover(failure -> Future.failedFuture(LoginFailure.duringQuery(failure, ladder.options)));
    }

    private Outcome outcome(long millis) {
        var limits = ladder.options.thresholds();
        var seen = ladder.options.server() + " answered SELECT 1";
        return Latency.judge(seen, "round_trip", millis, limits.slowRoundTrip(), limits.deadRoundTrip());
    }
}
