package dev.koda.checks.process;

import java.util.Objects;

/**
 * How a command ended.
 *
 * @param how whether it did so by itself
 * @param exitCode of its program, 128 plus the number of the signal that ended it; -1 unless it ended by itself
 * @param output what it wrote to standard output, as UTF-8, at most as many bytes of it as
 *     {@link Commands} keep;
 *     foreign text. What it wrote to standard error is thrown away
 * @param isCut true if it wrote more
 */
public record CommandEnd(How how, int exitCode, String output, boolean isCut) {
    /** The ways. */
    public enum How {
        /** By itself, or by a signal that is not ours. */
        EXITED,
        /** It took longer than it may, and was killed with all that it started. */
        TIMED_OUT,
        /** There is no such program. */
        NOT_FOUND,
        /** It is there, and this process may not run it or it is no program. */
        NOT_EXECUTABLE
    }

    public CommandEnd {
        Objects.requireNonNull(how, "how");
        Objects.requireNonNull(output, "output");
    }

    static CommandEnd without(How how) {
        return new CommandEnd(how, -1, "", false);
    }

    /** True if it ended by itself with exit code 0. */
    public boolean isSuccess() {
        return how == How.EXITED && exitCode == 0;
    }
}
