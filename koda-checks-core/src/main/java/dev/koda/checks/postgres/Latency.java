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

    /** Says what was seen, and the limit that was crossed or comes first. */
    static Outcome judge(String seen, String of, long millis, Duration warn, @Nullable Duration fail) {
        var limits = Outcome.above(of, (double) millis, "milliseconds").warn((double) warn.toMillis());
        var outcome = fail == null ? limits.neverFails() : limits.fail((double) fail.toMillis());
        var limit = outcome.status() == Status.FAIL && fail != null ? fail : warn;
        var said = outcome.message(seen + " in " + millis + " ms, limit " + limit.toMillis() + " ms");
        return outcome.status() == Status.PASS
                ? said
                : said.reason(SLOW).hint("see the load of the server and of the network on the way to it");
    }
}
