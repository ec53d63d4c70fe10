package dev.koda.checks;

import java.util.concurrent.CompletionStage;

/** One named question about the system, answered without blocking the calling thread. */
@FunctionalInterface
public interface Check {
    /**
     * Starts to answer. The engine calls it on any thread, never twice at the same time for one check. A body that
     * blocks holds that thread, which may be the caller's of {@code run}; what comes after the time-out is a failure by
     * then. For work that blocks there is {@link CheckContext#blocking}.
     *
     * @param context the time that is left, cancellation, and work that several checks share
     * @return a stage that completes with the outcome; it may complete at once or on any thread. A throw, a failed or
     *     null stage, a null outcome and silence all become a failed result with a reason of the engine.
     * @throws Exception whatever goes wrong; its text reaches listeners only, never a report
     */
    CompletionStage<Outcome> run(CheckContext context) throws Exception;
}
