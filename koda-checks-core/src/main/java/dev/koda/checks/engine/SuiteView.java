package dev.koda.checks.engine;

import dev.koda.checks.Report;
import dev.koda.checks.Suite;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/** The last report of one suite: read by everybody, made once for each evaluation. */
final class SuiteView {
    private record Published(Report report, long staleAt) {}

    private static final AtomicReferenceFieldUpdater<SuiteView, Published> PUBLISHED =
            AtomicReferenceFieldUpdater.newUpdater(SuiteView.class, Published.class, "published");

    private final Suite suite;
    private final Wiring wiring;
    private final List<Slot> slots;
    private final List<ReportDraft.Skip> skips;
    private final boolean isDraining;
    private volatile Published published;

    SuiteView(Suite suite, Wiring wiring, List<Slot> slots, List<ReportDraft.Skip> skips, boolean isDraining) {
        this.suite = suite;
        this.wiring = wiring;
        this.slots = slots;
        this.skips = skips;
        this.isDraining = isDraining && suite.equals(Suite.READINESS);
        published = make(Duration.ZERO);
    }

    /** The last report; made anew only when a result in it has become too old to be believed. */
    Report report() {
        var current = published;
        if (wiring.time().nanos() - current.staleAt < 0) {
            return current.report;
        }
        PUBLISHED.compareAndSet(this, current, make(Duration.ZERO));
        return published.report;
    }

    /** Makes the report anew after an evaluation that took this long. */
    void refresh(Duration took) {
        published = make(took);
    }

    private Published make(Duration took) {
        long now = wiring.time().nanos();
        var at = wiring.time().now();
        var draft = new ReportDraft(slots.size() + 1, skips);
        long staleAt = now + Duration.ofDays(365).toNanos();
        for (var slot : slots) {
            var standing = slot.standing;
            var result = standing.resultAt(now);
            if (result == null) {
                draft.skip(slot.order, slot.id(), skippedBecause(standing));
            } else {
                draft.add(result);
            }
            if (standing.staleAt() - now > 0) {
                staleAt = standing.staleAt() - staleAt < 0 ? standing.staleAt() : staleAt;
            }
        }
        if (isDraining) {
            draft.add(Draining.result(at));
        }
        return new Published(draft.toReport(suite, wiring.service(), at, took), staleAt);
    }

    private static String skippedBecause(Standing standing) {
        var why = standing.state().skipped();
        return why == null ? "does not apply" : why;
    }
}
