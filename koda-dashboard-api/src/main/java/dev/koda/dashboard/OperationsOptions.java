package dev.koda.dashboard;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.http.BearerTokens;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/**
 * How the operations API is served.
 *
 * @param tokens who comes in
 * @param clientOf the address that a request came from, as far as it is vouched for; for limits and logs
 * @param time for limits, and its executor to begin checks on, since one may block by mistake
 * @param deadline how long a doctor run may take before the report is partial
 */
public record OperationsOptions(
        BearerTokens tokens, Function<HttpServerRequest, String> clientOf, TimeSource time, Duration deadline) {
    /** What the doctor gets when nobody says otherwise: the slowest check's time-out and some more. */
    public static final Duration DEADLINE = Duration.ofSeconds(15);

    public OperationsOptions {
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(clientOf, "clientOf");
        Objects.requireNonNull(time, "time");
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline must be positive, not " + deadline);
        }
    }
}
