package dev.koda.dashboard.audit;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts the events that found no room anywhere, until that can be told. Thread-safe. */
final class SuppressedEvents {
    private @Nullable Counted counted;

    /** How many, and when the first and the last of them happened. */
    record Counted(long count, Instant from, Instant to) {
        AuditEvent event() {
            return AuditEvent.of(AuditEventType.EVENTS_SUPPRESSED)
                    .because("spool_full")
                    .with("count", count)
                    .with("from", from.toString())
                    .with("to", to.toString());
        }

        private Counted and(@Nullable Counted other) {
            if (other == null) {
                return this;
            }
            return new Counted(
                    count + other.count,
                    from.isBefore(other.from) ? from : other.from,
                    to.isAfter(other.to) ? to : other.to);
        }
    }

    void add(Instant occurredAt) {
        putBack(new Counted(1, occurredAt, occurredAt));
    }

    /** What is to be told now; empty if nothing is. */
    synchronized Optional<Counted> take() {
        var taken = counted;
        counted = null;
        return Optional.ofNullable(taken);
    }

    /** It could not be told. */
    synchronized void putBack(Counted untold) {
        counted = untold.and(counted);
    }
}
