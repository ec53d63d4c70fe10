package dev.koda.checks.engine;

import dev.koda.checks.CheckId;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All listeners as one; a throwing one harms nobody. */
final class Listeners {
    private final CheckListener[] all;

    Listeners(List<CheckListener> all) {
        this.all = all.toArray(CheckListener[]::new);
    }

    void onStart(CheckId id) {
        if (all.length > 0) {
            each(listener -> listener.onStart(id));
        }
    }

    void onEnd(CheckId id, @Nullable Status status, @Nullable Reason reason, long tookNanos) {
        if (all.length > 0) {
            each(listener -> listener.onEnd(id, status, reason, tookNanos));
        }
    }

    void onChange(CheckId id, @Nullable Status before, Status after) {
        each(listener -> listener.onChange(id, before, after));
    }

    void onThrow(CheckId id, Throwable thrown) {
        each(listener -> listener.onThrow(id, thrown));
    }

    private void each(Consumer<CheckListener> call) {
        for (var listener : all) {
            try {
                call.accept(listener);
            } catch (Throwable ignored) {
                // A listener reports on checks, and nothing reports on listeners.
            }
        }
    }
}
