package dev.koda.checks.settings;

import java.util.Locale;

/** What kind of stack the settings describe. */
public enum StackKind {
    /** A Koda install; {@link Settings#stack()} says how it is recognised. */
    KODA,
    /** What {@code koda up} runs: Postgres and object storage only. */
    EMBEDDED,
    /** None of Koda's: only the host's own checks and those of koda.yaml. */
    NONE;

    /** The lower-case word of {@code KODA_STACK}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
