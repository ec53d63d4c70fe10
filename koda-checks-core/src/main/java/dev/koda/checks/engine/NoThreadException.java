package dev.koda.checks.engine;

import dev.koda.checks.Outcome;

/** No thread took a blocking body. */
final class NoThreadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    NoThreadException(Outcome outcome) {
        super(outcome.message(), null, false, false);
        this.outcome = outcome;
    }

    /** What the check comes to, if this reaches the engine. */
    Outcome outcome() {
        return outcome;
    }
}
