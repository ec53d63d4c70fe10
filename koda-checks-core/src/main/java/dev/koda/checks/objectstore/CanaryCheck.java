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
    private final ObjectStore store;
    private final ObjectStoreOptions options;
    private final TimeSource time;

    CanaryCheck(ObjectStore store, ObjectStoreOptions options, TimeSource time) {
        this.store = store;
        this.options = options;
        this.time = time;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        long start = time.nanos();
        return new CanaryRun(store, options.canaryKey(), time, context)
                .start()
                .thenApply(outcome ->
                        timed(outcome, Duration.ofNanos(time.nanos() - start).toMillis()));
    }

    Outcome timed(Outcome outcome, long millis) {
        if (outcome.status() != Status.PASS) {
            return outcome.observed("round_trip", millis, "milliseconds");
        }
        var judged = Outcome.above("round_trip", (double) millis, "milliseconds")
                .warn((double) options.slow().toMillis())
                .fail((double) options.stuck().toMillis());
        if (judged.status() == Status.PASS) {
            return judged.message(outcome.message() + " in " + millis + " ms");
        }
        var limit = judged.status() == Status.FAIL ? options.stuck() : options.slow();
        return judged.message(outcome.message() + " in " + millis + " ms, limit " + limit.toMillis() + " ms")
                .reason("slow")
                .hint("look at the load of the object storage and at the network to it");
    }
}
