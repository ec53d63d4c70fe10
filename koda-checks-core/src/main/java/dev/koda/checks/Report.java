package dev.koda.checks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The results of a suite in declared order, and the worst status that counts.
 *
 * <p>A failed critical check fails the report; anything else that is not pass makes it warn. In
 * {@link Suite#READINESS} a failed {@link Scope#SHARED} check only warns unless its spec is fail-closed. Both soften the
 * report alone: the entry stays {@code fail} and the summary counts it.
 *
 * @param suite what was asked for
 * @param service what the report is about
 * @param status the worst status that counts
 * @param generatedAt when the report was made, by the wall clock
 * @param took how long the evaluation took
 * @param summary the counts
 * @param checks the results; unmodifiable
 * @param skipped what does not apply; unmodifiable
 */
public record Report(
        Suite suite,
        Service service,
        Status status,
        Instant generatedAt,
        Duration took,
        Summary summary,
        List<CheckResult> checks,
        List<Skipped> skipped) {
    public Report {
        Objects.requireNonNull(suite, "suite");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(generatedAt, "generatedAt");
        Objects.requireNonNull(took, "took");
        Objects.requireNonNull(summary, "summary");
        checks = List.copyOf(checks);
        skipped = List.copyOf(skipped);
    }

    /** A report of these results, with its status and summary derived from them. */
    public static Report of(
            Suite suite,
            Service service,
            Instant generatedAt,
            Duration took,
            List<CheckResult> checks,
            List<Skipped> skipped) {
        var status = Status.PASS;
        for (int i = 0; i < checks.size(); i++) {
            status = status.worse(weightOf(checks.get(i), suite));
        }
        var summary = Summary.of(checks, skipped.size());
        return new Report(suite, service, status, generatedAt, took, summary, checks, skipped);
    }

    private static Status weightOf(CheckResult result, Suite suite) {
        if (result.status() != Status.FAIL) {
            return result.status();
        }
        var spec = result.spec();
        boolean failsOpen = suite.equals(Suite.READINESS) && spec.scope() == Scope.SHARED && !spec.failClosed();
        return spec.critical() && !failsOpen ? Status.FAIL : Status.WARN;
    }

    /** True if the status is not fail. */
    public boolean ok() {
        return status.isOk();
    }

    /**
     * True if this result, one of {@link #checks()}, fails the report by itself: it is a critical failure that does not
     * fail open. A report fails exactly if one of its results does this.
     */
    public boolean isFailedBy(CheckResult result) {
        return weightOf(result, suite) == Status.FAIL;
    }

    /** One sentence about the whole, such as {@code 1 of 27 checks needs attention}. */
    public String message() {
        int total = summary.total();
        int bad = summary.warn() + summary.fail();
        if (bad == 0) {
            return total == 1 ? "the check passes" : "all " + total + " checks pass";
        }
        return bad + " of " + total + (total == 1 ? " check" : " checks") + (bad == 1 ? " needs" : " need")
                + " attention";
    }
}
