package dev.koda.server;

/** The server cannot start as it was told to: one sentence for the operator, without a stack trace. */
public final class BootException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A reason that says what was seen, what is expected and what to do. */
    public BootException(String message) {
        super(message, null, false, false);
    }
}
