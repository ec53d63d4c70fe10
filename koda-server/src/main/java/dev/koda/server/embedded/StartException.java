package dev.koda.server.embedded;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why the embedded stack cannot start. The message is one sentence for people: what was seen and what to do. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String message) {
        this(message, null);
    }

    StartException(String message, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
    }

    /** The sentence to print. */
    public String sentence() {
        return Objects.requireNonNull(getMessage(), "message");
    }
}
