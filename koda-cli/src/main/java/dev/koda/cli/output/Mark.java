package dev.koda.cli.output;

import dev.koda.checks.CheckResult;

/** How a status is shown: by word, shape and colour, so that each alone is enough. */
enum Mark {
    PASS("PASS", "\u2713", "+", Ink.GREEN),
    WARN("WARN", "!", "!", Ink.YELLOW),
    FAIL("FAIL", "\u2717", "x", Ink.RED),
    NOT_RUN("NOTRUN", "\u25cb", "o", Ink.DIM),
    SKIPPED("SKIP", "-", "-", Ink.DIM);

    private final String word;
    private final String shape;
    private final String asciiShape;
    private final Ink ink;

    Mark(String word, String shape, String asciiShape, Ink ink) {
        this.word = word;
        this.shape = shape;
        this.asciiShape = asciiShape;
        this.ink = ink;
    }

    static Mark of(CheckResult result) {
        if (result.isNotRun()) {
            return NOT_RUN;
        }
        return switch (result.status()) {
            case PASS -> PASS;
            case WARN -> WARN;
            case FAIL -> FAIL;
        };
    }

    /** The word that starts a plain line: the status in capitals, or SKIP; NOTRUN, which counts as a warning. */
    String word() {
        return word;
    }

    Ink ink() {
        return ink;
    }

    String shape(TextStyle style) {
        return ink.paint(style.unicode() ? shape : asciiShape, style);
    }
}
