package dev.koda.checks.settings;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something odd in a file that is still usable; the check {@code config.parse} warns of it. Never holds a value.
 *
 * @param kind what it is
 * @param file where
 * @param line 1 for the first
 * @param message a few words, such as {@code POSTGRES_DB is set again}
 * @param variable the one that is not set, or null if it is about none or its name may be a piece of a secret
 */
public record SettingsNotice(
        Kind kind,
        Path file,
        int line,
        String message,
        @Nullable String variable) {
    /** What can be odd about a file. */
    public enum Kind {
        /** A name is set twice with different values; the last one wins. */
        DUPLICATE,
        /** The file begins with a byte order mark, which other readers take for a part of the first name. */
        BYTE_ORDER_MARK,
        /** Lines end with carriage return and line feed, which other readers take for a part of the value. */
        CRLF,
        /** A variable in a value is not set and became nothing. */
        UNSET_VARIABLE
    }

    public SettingsNotice {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(message, "message");
    }

    @Override
    public String toString() {
        return file + ":" + line + ": " + message;
    }
}
