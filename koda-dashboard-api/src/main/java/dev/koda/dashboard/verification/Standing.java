package dev.koda.dashboard.verification;

import dev.koda.checks.Status;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A status, or that it is not known. */
enum Standing {
    PASS(0),
    WARN(1),
    FAIL(2),
    UNKNOWN(3);

    private final int number;

    Standing(int number) {
        this.number = number;
    }

    static Standing of(Status status) {
        return switch (status) {
            case PASS -> PASS;
            case WARN -> WARN;
            case FAIL -> FAIL;
        };
    }

    /** The one of this number in the store. */
    static Standing of(int number) {
        for (var standing : values()) {
            if (standing.number == number) {
                return standing;
            }
        }
        throw new IllegalArgumentException("the store has a status " + number + ", which is none");
    }

    /** The one of this word; empty for any other word. */
    static Optional<Standing> of(String word) {
        return Arrays.stream(values())
                .filter(standing -> standing.toString().equals(word))
                .findFirst();
    }

    /** Its number in the store. */
    int number() {
        return number;
    }

    /** A warning still works. */
    boolean isUp() {
        return this == PASS || this == WARN;
    }

    /** In lower case, as in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
