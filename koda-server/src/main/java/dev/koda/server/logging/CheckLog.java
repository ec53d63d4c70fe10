package dev.koda.server.logging;

import dev.koda.checks.CheckId;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.engine.CheckListener;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs what an operator wants to read of the checks: each change of a status, and each throwable once and not with
 * every run. Runs without news log nothing.
 */
public final class CheckLog implements CheckListener {
    private static final Logger LOG = LoggerFactory.getLogger(CheckLog.class);

    /** What each check threw last, as something that compares equal when it is thrown from the same place again. */
    private final Map<CheckId, Integer> thrown = new ConcurrentHashMap<>();

    @Override
    public void onEnd(CheckId id, @Nullable Status status, @Nullable Reason reason, long tookNanos) {
        if (!Reason.ERROR.equals(reason)) {
            thrown.remove(id);
        }
    }

    @Override
    public void onChange(CheckId id, @Nullable Status before, Status after) {
        if (before == null && after == Status.PASS) {
            return;
        }
        LOG.atLevel(after == Status.FAIL ? Level.WARN : Level.INFO)
                .addKeyValue("event", "check.changed")
                .addKeyValue("check", id.toString())
                .addKeyValue("before", before == null ? null : before.wireName())
                .addKeyValue("after", after.wireName())
                .log("{} is {}, was {}", id, after.wireName(), before == null ? "unknown" : before.wireName());
    }

    @Override
    public void onThrow(CheckId id, Throwable cause) {
        var last = thrown.put(id, originOf(cause));
        if (last == null || last != originOf(cause)) {
            LOG.atError()
                    .addKeyValue("event", "check.threw")
                    .addKeyValue("check", id.toString())
                    .setCause(cause)
                    .log("{} threw; the same again is not logged until it has worked", id);
        }
    }

    private static int originOf(Throwable cause) {
        var frames = cause.getStackTrace();
        return 31 * cause.getClass().getName().hashCode()
                + Arrays.hashCode(Arrays.copyOf(frames, Math.min(3, frames.length)));
    }
}
