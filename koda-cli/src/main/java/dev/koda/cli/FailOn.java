package dev.koda.cli;

import java.util.Locale;

/** From which status on the exit code is not 0. */
enum FailOn {
    WARN,
    FAIL;

    /** The word of the option. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
