package dev.koda.dashboard.verification;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A credential, as far as it is shown.
 *
 * @param digits 16 hexadecimal digits
 * @param keyName which key made them: those of different keys say nothing about each other
 */
record Fingerprint(String digits, String keyName) {
    Fingerprint {
        Objects.requireNonNull(digits, "digits");
        Objects.requireNonNull(keyName, "keyName");
    }

    /** True if both are known to be of different credentials. */
    boolean isOther(@Nullable Fingerprint other) {
        return other != null && keyName.equals(other.keyName) && !digits.equals(other.digits);
    }
}
