package dev.koda.dashboard.http;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What ends a request that is not to be answered as asked: a problem, thrown or as the failure of a stage. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;
    private final @Nullable Duration retryAfter;

    private Refusal(Problem problem, @Nullable Duration retryAfter) {
        super(problem.detail(), null, false, false);
        this.problem = Objects.requireNonNull(problem, "problem");
        this.retryAfter = retryAfter;
    }

    /** With a problem of this status. */
    public static Refusal of(int status, String detail) {
        return new Refusal(new Problem(status, detail), null);
    }

    /** With a problem that has a stable reason of its own, such as {@code operations_store_unavailable}. */
    public static Refusal of(int status, String reason, String detail) {
        return new Refusal(new Problem(status, detail).reason(reason), null);
    }

    /** The same, and when it may be tried again. */
    public Refusal retryAfter(Duration time) {
        return new Refusal(problem, time);
    }

    public Problem problem() {
        return problem;
    }

    /** When it may be tried again; empty if that changes nothing. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
