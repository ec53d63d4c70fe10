package dev.koda.dashboard.audit;

import dev.koda.dashboard.audit.AuditEventType.Severity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many events this process has given their stamp, by type and severity. Types of ours begin at 0, so that the first one
 * is seen as a rise. Thread-safe.
 */
final class EventCounts {
    /** A Koda has some sixty types; a table that somebody fills with inventions does not grow this one. */
    private static final int MOST = 200;

    private final Map<Audit.EventKind, LongAdder> counts = new ConcurrentHashMap<>();

    EventCounts() {
        for (var type : AuditEventType.values()) {
            counts.put(kind(type.toString(), type.severity()), new LongAdder());
        }
    }

    private static Audit.EventKind kind(String type, Severity severity) {
        return new Audit.EventKind(type, severity.toString());
    }

    void add(String type, Severity severity) {
        var kind = kind(type, severity);
        var known = counts.get(kind);
        if (known == null && counts.size() < MOST) {
            known = counts.computeIfAbsent(kind, unknown -> new LongAdder());
        }
        if (known != null) {
            known.increment();
        }
    }

    Map<Audit.EventKind, Long> now() {
        var now = new ConcurrentHashMap<Audit.EventKind, Long>();
        counts.forEach((kind, count) -> now.put(kind, count.sum()));
        return now;
    }
}
