package dev.koda.checks.settings;

import dev.koda.checks.Redactor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that never prints: not in {@code toString}, not in an exception, and it cannot be serialized. Equality takes
 * the same time wherever two values of one length begin to differ. Immutable.
 */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Wraps the value as it is, blanks included. */
    public static Secret of(String value) {
        return new Secret(Objects.requireNonNull(value, "value"));
    }

    /** The value. Hand it to the one call that needs it and keep it nowhere. */
    public String reveal() {
        return value;
    }

    /** The number of characters, which may be shown. */
    public int length() {
        return value.length();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    /** The same for all secrets: anything else would tell something about the value. */
    @Override
    public int hashCode() {
        return Secret.class.getName().hashCode();
    }

    /** Always {@value Redactor#MASK}. */
    @Override
    public String toString() {
        return Redactor.MASK;
    }

    private byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
