package dev.koda.cli;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Skipped;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.settings.Settings;
import java.util.List;

/** Puts together what a command checks: everything about the stack that the settings describe. */
@FunctionalInterface
interface StackSource {
    /**
     * Begins on another thread with what almost every check needs, so that it is there when the settings are read: for a
     * command that certainly opens a stack. Without it {@link #open} takes longer, and nothing else changes.
     */
    default void prepare() {}

    /** Opens it; the caller closes it after the last check. */
    OpenStack open(Settings settings);

    /** The checks of a stack, and what they hold open while they run. */
    interface OpenStack extends AutoCloseable {
        /** All checks that apply, in the order of a report. */
        List<CheckSpec> checks();

        /** What does not apply. */
        List<Skipped> skipped();

        /** An engine builder with all checks and skips, the service and the redactor. */
        CheckEngine.Builder engine();

        /** Releases the clients that checks have made. */
        @Override
        void close();
    }
}
