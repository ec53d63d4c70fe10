package dev.koda.dashboard.verification;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What integrations are listed by that has to do with a time. */
enum Trouble {
    /** Fails at the end of it. */
    FAILING,
    /** Has changed between pass, warn and fail three times or more: an outage that is over is two changes. */
    UNSTABLE,
    /** Has failed at any moment of it. */
    FAILED;

    private static final int CHANGES = 3;

    /** The one of this word; empty for any other word. */
    static Optional<Trouble> of(String word) {
        return Arrays.stream(values())
                .filter(trouble -> trouble.toString().equals(word))
                .findFirst();
    }

    boolean isOf(Course course) {
        return switch (this) {
            case FAILING -> course.standing() == Standing.FAIL;
            case UNSTABLE -> course.changes() >= CHANGES;
            case FAILED -> course.hasFailed();
        };
    }

    /** In lower case, as in a query string. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
