package dev.koda.checks.disk;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec.BlockingCheck;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;

/** Does a write reach the disk, and in time? */
final class WritableCheck implements BlockingCheck {
    private final Path path;
    private final DiskOptions options;
    private final TimeSource time;
    private final CanaryFiles canaries;

    WritableCheck(Path path, DiskOptions options, TimeSource time) {
        this.path = path;
        this.options = options;
        this.time = time;
        canaries = new CanaryFiles(path);
    }

    @Override
    public Outcome run(CheckContext context) throws IOException {
        long start = time.nanos();
        try {
            var canary = canaries.writeAndRemove();
            var outcome = judge(Duration.ofNanos(time.nanos() - start).toMillis());
            canaries.sweepOnce(canary);
            return outcome;
        } catch (ClosedByInterruptException timeIsOver) {
            throw timeIsOver;
        } catch (IOException failure) {
            return DiskFault.of(failure, path).outcome(path);
        }
    }

    private Outcome judge(long millis) {
        long slow = options.slowWrite().toMillis();
        long stuck = options.stuckWrite().toMillis();
        var outcome = Outcome.above("write", (double) millis, "milliseconds")
                .warn((double) slow)
                .fail((double) stuck);
        long limit = outcome.status() == Status.FAIL ? stuck : slow;
        var told = outcome.message("create, fsync, rename and delete took " + millis + " ms, limit " + limit + " ms");
        return told.status() == Status.PASS
                ? told
                : told.reason("slow_write").hint("look at the load of the disk below " + path + " and at its health");
    }
}
