package dev.koda.checks.postgres;

import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Holds a time that was taken against its limits, all in milliseconds. */
final class Latency {
    static final Reason SLOW = new Reason("slow");

    private Latency() {}

    static Outcome judge(String of, long millis, Duration warn, @Nullable Duration fail) {
        var limits = Outcome.above(of, (double) millis, "milliseconds").warn((double) warn.toMillis());
        var outcome = fail == null ? limits.neverFails() : limits.fail((double) fail.toMillis());
        return outcome.status() == Status.PASS
                ? outcome
                : outcome.reason(SLOW).hint("see the load of the server and of the network on the way to it");
    }
}
