package dev.koda.dashboard.audit;

import io.vertx.core.Future;

/** Takes what happened. Thread-safe; never blocks. */
@FunctionalInterface
public interface AuditTrail {
    /**
     * Notes the event in the log and in the store, under one id.
     *
     * @return for a type that is {@link AuditEventType.Delivery#STRICT}: completes when it is stored, and fails with a
     *     {@link dev.koda.dashboard.http.Refusal} 503 {@code audit_unavailable} if that cannot be, so that what it is
     *     about is not to be done. For the others: completes when it is stored or safe on the disk, and never fails.
     */
    Future<Void> record(AuditEvent event);
}
