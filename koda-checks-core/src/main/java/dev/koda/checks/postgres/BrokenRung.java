package dev.koda.checks.postgres;

import dev.koda.checks.Outcome;

/** Ends an attempt at one rung. Carries an outcome and no stack: it is an answer and not a fault of ours. */
final class BrokenRung extends Exception {
    final transient Outcome outcome;

    BrokenRung(Outcome outcome) {
        super(outcome.message(), null, false, false);
        this.outcome = outcome;
    }

    static BrokenRung of(String reason, String message, String hint) {
        return new BrokenRung(Outcome.fail(message).reason(reason).hint(hint));
    }
}
