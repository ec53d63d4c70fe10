package dev.koda.checks.engine;

import dev.koda.checks.CheckId;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import java.time.Duration;

/** What the engine itself says of a check that gave no outcome, or none in time. */
final class Failures {
    private Failures() {}

    static Outcome noStage() {
        return Outcome.fail("the check returned no stage").reason(Reason.INVALID_OUTCOME);
    }

    static Outcome noOutcome() {
        return Outcome.fail("the check answered null").reason(Reason.INVALID_OUTCOME);
    }

    static Outcome error(Throwable cause) {
        return Outcome.fail("the check ended with an error (" + cause.getClass().getSimpleName() + ")")
                .reason(Reason.ERROR)
                .hint("the log of this process has the error with its stack trace");
    }

    static Outcome timeout(Duration limit) {
        return Outcome.fail("no answer within " + Durations.text(limit)).reason(Reason.TIMEOUT);
    }

    static Outcome late(Duration limit, Duration took) {
        return Outcome.fail("no answer within " + Durations.text(limit) + ", it came after " + Durations.text(took))
                .reason(Reason.TIMEOUT);
    }

    static Outcome stillRunning(Duration since) {
        return Outcome.fail("timeout (still running for " + since.toSeconds() + " s)")
                .reason(Reason.TIMEOUT);
    }

    static Outcome cancelled() {
        return Outcome.fail("cancelled: the check was removed or the engine closed")
                .reason(Reason.CANCELLED);
    }

    static Outcome allThreadsTaken() {
        return Outcome.fail(
                        "no thread was free: all " + BlockingPool.THREADS + " threads for blocking checks are taken")
                .reason(Reason.REJECTED)
                .hint("find the check that hangs: it is reported as still running");
    }

    static Outcome oneBodyAtATime() {
        return Outcome.fail("the check called blocking() while a body of it was still running")
                .reason(Reason.REJECTED)
                .hint("this is a mistake in the check: it must wait for the first body, or do both in one");
    }

    static Outcome notRun(CheckId root) {
        return Outcome.warn("not run because of " + root).reason(Reason.NOT_RUN);
    }
}
