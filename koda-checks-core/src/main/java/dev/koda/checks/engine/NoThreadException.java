package dev.koda.checks.engine;

/** No thread took a blocking body. */
final class NoThreadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoThreadException() {
        super("no thread was free", null, false, false);
    }
}
