package dev.koda.checks.hardening;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Are audit events kept long enough to look back at an incident? */
final class AuditRetentionCheck implements Check {
    private static final int LEAST_DAYS = 90;

    private final int days;

    AuditRetentionCheck(int days) {
        this.days = days;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        var judged = Outcome.below("retention", days, "days").fail(LEAST_DAYS);
        return CompletableFuture.completedFuture(
                judged.status() == Status.PASS
                        ? judged.message("audit events are kept for " + days + " days")
                        : judged.message("AUDIT_RETENTION_DAYS is " + days + ", at least " + LEAST_DAYS
                                        + " are expected")
                                .reason("short_retention")
                                .hint("set AUDIT_RETENTION_DAYS to " + LEAST_DAYS + " or more"));
    }
}
