package dev.koda.dashboard.audit;

import dev.koda.dashboard.audit.AuditEventType.Delivery;
import dev.koda.dashboard.http.Refusal;
import io.vertx.core.Future;

/** The trail of a server without a store: the log is all that there is, so nothing that must be stored may be done. */
final class LoggedTrail implements AuditTrail {
    private final EventStamp stamp;

    LoggedTrail(EventStamp stamp) {
        this.stamp = stamp;
    }

    @Override
    public Future<Void> record(AuditEvent event) {
        EventLog.write(stamp.stamp(event));
        return event.type().delivery() == Delivery.STRICT
                ? Future.failedFuture(unavailable())
                : Future.succeededFuture();
    }

    static Refusal unavailable() {
        return Refusal.of(
                503,
                "audit_unavailable",
                "this is not done, because it cannot be recorded until the operations store answers again");
    }
}
