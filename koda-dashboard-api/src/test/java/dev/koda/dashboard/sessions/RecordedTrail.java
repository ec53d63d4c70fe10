package dev.koda.dashboard.sessions;

import dev.koda.dashboard.audit.AuditEvent;
import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.audit.AuditTrail;
import dev.koda.dashboard.http.Refusal;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps events for the test, and has an outage when the test wants one. */
public final class RecordedTrail implements AuditTrail {
    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    private volatile boolean isDown;

    @Override
    public Future<Void> record(AuditEvent event) {
        if (isDown && event.type().delivery() == AuditEventType.Delivery.STRICT) {
            return Future.failedFuture(Refusal.of(503, "audit_unavailable", "not recorded"));
        }
        events.add(event);
        return Future.succeededFuture();
    }

    public void down() {
        isDown = true;
    }

    public List<AuditEvent> events(AuditEventType type) {
        return events.stream().filter(event -> event.type() == type).toList();
    }

    @Override
    public String toString() {
        return events.toString();
    }
}
