package dev.koda.checks.secrets;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What the checks of the secrets look at.
 *
 * @param isProduction true if a missing or short key is a failure
 * @param entries the secrets that protect an entrance, there or not
 * @param values the secrets that are there
 * @param files the files that hold secrets
 */
public record SecretsOptions(boolean isProduction, List<Entry> entries, List<Value> values, List<Path> files) {
    /**
     * A secret that protects an entrance.
     *
     * @param name of the setting
     * @param isPresent true if it has a value
     */
    public record Entry(String name, boolean isPresent) {
        public Entry {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * A secret. Never prints its value.
     *
     * @param name of the setting
     * @param value as it is, not blank
     * @param purpose what it is for: two secrets of one purpose may be equal, of two purposes must not
     * @param kind what is expected of it
     */
    public record Value(String name, String value, String purpose, Kind kind) {
        public Value {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(purpose, "purpose");
            Objects.requireNonNull(kind, "kind");
        }

        /** The name only. */
        @Override
        public String toString() {
            return name;
        }
    }

    /** What is expected of a secret. */
    public enum Kind {
        /** Seals or signs something, or stands alone before an API: at least 32 bytes. */
        KEY,
        /** Is asked for together with a name. */
        PASSWORD,
        /** Is made by somebody else, so that its strength is theirs to answer for. */
        FOREIGN
    }

    public SecretsOptions {
        entries = List.copyOf(entries);
        values = List.copyOf(values);
        files = List.copyOf(files);
    }
}
