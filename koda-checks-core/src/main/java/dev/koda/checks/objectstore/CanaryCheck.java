package dev.koda.checks.objectstore;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Does an object come back byte for byte, can it be deleted, and is that quick enough? */
final class CanaryCheck implements Check {
    /** Uploads of a user take longer than this long before the storage fails. */
    static final Duration SLOW = Duration.ofSeconds(1);
    /** Nobody waits longer for one KiB. */
    static final Duration STUCK = Duration.ofSeconds(5);

    private final ObjectStore store;
    private final String key;
    private final TimeSource time;

    CanaryCheck(ObjectStore store, String key, TimeSource time) {
        this.store = store;
        this.key = key;
        this.time = time;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        long start = time.nanos();
        return new CanaryRun(store, key, time, context)
                .start()
                .thenApply(outcome ->
                        timed(outcome, Duration.ofNanos(time.nanos() - start).toMillis()));
    }

    private static Outcome timed(Outcome outcome, long millis) {
        if (outcome.status() != Status.PASS) {
            return outcome.observed("round_trip", millis, "milliseconds");
        }
        var judged = Outcome.above("round_trip", (double) millis, "milliseconds")
                .warn((double) SLOW.toMillis())
                .fail((double) STUCK.toMillis());
        if (judged.status() == Status.PASS) {
            return judged.message(outcome.message() + " in " + millis + " ms");
        }
        var limit = judged.status() == Status.FAIL ? STUCK : SLOW;
        return judged.message(outcome.message() + " in " + millis + " ms, limit " + limit.toMillis() + " ms")
                .reason("slow")
                .hint("look at the load of the object storage and at the network to it");
    }
}
