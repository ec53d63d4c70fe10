package dev.koda.checks;

/** A suite or glob that selects nothing: a typo must never look like a healthy system. */
public final class SelectionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public SelectionException(String message) {
        super(message);
    }
}
