package dev.koda.checks.network;

import dev.koda.checks.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long an answer may take.
 *
 * @param warn warns above this, or null
 * @param fail fails above this, or null
 */
public record TimeLimits(@Nullable Duration warn, @Nullable Duration fail) {
    /** An answer may take as long as the check may. */
    public static final TimeLimits NONE = new TimeLimits(null, null);

    /**
     * What an answer that came after that time is worth.
     *
     * @param target who answered, for the sentence of a late one
     * @param inTime the sentence for one that is in time
     */
    public Outcome judge(Object target, Duration took, String inTime) {
        double millis = Math.round(took.toNanos() / 1e4) / 100.0;
        var limits = Outcome.above("response", millis, "milliseconds");
        if (warn != null) {
            limits.warn(warn.toNanos() / 1e6);
        }
        var judged = fail == null ? limits.neverFails() : limits.fail(fail.toNanos() / 1e6);
        return switch (judged.status()) {
            case PASS -> Outcome.pass(inTime).observed("response", millis, "milliseconds");
            case WARN, FAIL ->
                judged.message(target + " took " + judged.message().replace("response is ", ""))
                        .reason("slow")
                        .hint("look at the load of the service and at the path between");
        };
    }
}
