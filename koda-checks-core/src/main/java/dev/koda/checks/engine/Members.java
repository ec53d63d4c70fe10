package dev.koda.checks.engine;

/** Which members of a unit are meant. */
enum Members {
    ALL,
    PROBED,
    OTHERS;

    boolean contain(Slot slot) {
        return this == ALL || slot.isProbed() == (this == PROBED);
    }
}
