package dev.koda.checks.objectstore.headroom;

import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.Threshold;
import dev.koda.checks.Threshold.Direction;
import java.util.Locale;

/**
 * Room and what is left of it.
 *
 * @param total more than 0
 * @param free at most the total
 * @param isSlots true for volumes of SeaweedFS, false for bytes
 */
record Headroom(double total, double free, boolean isSlots) {
    Headroom {
        if (!(total > 0)) {
            throw new IllegalArgumentException("the total must be more than 0");
        }
        free = Math.max(0, Math.min(total, free));
    }

    static Headroom bytes(double total, double free) {
        return new Headroom(total, free, false);
    }

    static Headroom slots(double total, double free) {
        return new Headroom(total, free, true);
    }

    double percent() {
        return free / total * 100;
    }

    Status status(HeadroomOptions options) {
        return threshold(options).judge(percent());
    }

    /**
     * Judges by the share that is free.
     *
     * @param what it is a share of, such as {@code of the quota free}
     */
    Outcome judge(String what, HeadroomOptions options) {
        var status = status(options);
        double limit = status == Status.FAIL ? options.failPercent() : options.warnPercent();
        var sentence = String.format(Locale.ROOT, "%.1f %% %s, limit %.1f %%", shown(), what, limit);
        var outcome = Outcome.of(status, sentence + " (" + figures() + ")")
                .observed("free", shown(), "percent")
                .threshold(threshold(options));
        return isSlots
                ? outcome.observed("free_slots", Math.floor(free * 10) / 10, "volumes")
                        .observed("total_slots", (long) total, "volumes")
                : outcome.observed("free_bytes", (long) free, "bytes").observed("total_bytes", (long) total, "bytes");
    }

    private Threshold threshold(HeadroomOptions options) {
        return new Threshold("free", Direction.BELOW, "percent", options.warnPercent(), options.failPercent());
    }

    private String figures() {
        return isSlots
                ? String.format(Locale.ROOT, "%.1f of %.0f volumes", Math.floor(free * 10) / 10, total)
                : size(free) + " of " + size(total);
    }

    /** Rounded down, so that what is below a limit also reads so. */
    private double shown() {
        return Math.floor(percent() * 10) / 10;
    }

    /** Whoever does not say how much room there is may have enough of it. */
    static Outcome unknown(Outcome fault) {
        var outcome = Outcome.warn(fault.message() + ", so how much room is left is not known");
        var hint = fault.hint();
        var reason = fault.reason();
        outcome = hint == null ? outcome : outcome.hint(hint);
        return reason == null ? outcome : outcome.reason(reason);
    }

    static String size(double bytes) {
        var units = new String[] {"B", "KiB", "MiB", "GiB", "TiB"};
        int unit = 0;
        double left = bytes;
        while (left >= 1024 && unit < units.length - 1) {
            left /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", left, units[unit]);
    }
}
