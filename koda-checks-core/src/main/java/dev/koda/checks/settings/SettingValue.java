package dev.koda.checks.settings;

import dev.koda.checks.Redactor;
import java.util.Objects;

/**
 * A value with its name and where it comes from. Immutable; prints no secret.
 *
 * @param name of the setting
 * @param text the raw value; may be blank, which counts as not set
 * @param origin where it comes from
 * @param isSecret true if it must not be shown
 * @param isLiteral false if a koda.yaml gives it and no part of a secret stands there itself
 */
public record SettingValue(String name, String text, Origin origin, boolean isSecret, boolean isLiteral) {
    public SettingValue {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(origin, "origin");
    }

    static SettingValue of(String name, String text, Origin origin) {
        return new SettingValue(name, text, origin, Secrecy.isSecret(name, text), true);
    }

    /** True if it holds nothing but blanks. */
    public boolean isBlank() {
        return text.isBlank();
    }

    /** What may be shown: the value on one line, {@value Redactor#MASK} for a secret; of a plain DSN for its password. */
    public String shown() {
        return isSecret && !isBlank() ? Secrecy.masked(text) : text.replaceAll("\\p{Cntrl}", "?");
    }

    @Override
    public String toString() {
        return name + "=" + shown() + " (" + origin + ")";
    }
}
