package dev.koda.checks.engine;

import dev.koda.checks.CheckId;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import org.jspecify.annotations.Nullable;

/**
 * Hears what the engine does, so that metrics, logs and tracing live outside it. Methods are called on whatever thread
 * is at work; they must not block. What they throw is dropped.
 */
public interface CheckListener {
    /** An execution begins. */
    default void onStart(CheckId id) {}

    /**
     * An execution ended.
     *
     * @param status the raw status, or null if the check does not apply
     * @param reason the machine-readable reason, or null
     * @param tookNanos how long it took
     */
    default void onEnd(CheckId id, @Nullable Status status, @Nullable Reason reason, long tookNanos) {}

    /**
     * The status that counts has changed; once for each change.
     *
     * @param before the old status, or null for the first result
     * @param after the new status
     */
    default void onChange(CheckId id, @Nullable Status before, Status after) {}

    /** The check threw or its stage failed: the throwable is for a log and may hold secrets. */
    default void onThrow(CheckId id, Throwable thrown) {}
}
