package dev.koda.dashboard.audit;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

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

    /**
     * Stores the event with what it is about, in a transaction of the same store: both are there, or neither is.
     *
     * @return completes inside the transaction with what is to be run once that is committed: the line in the log, or all
     *     of {@link #record} where there is no store. Fails if it cannot be stored, and the transaction with it.
     */
    default Future<Runnable> recordIn(SqlConnection transaction, AuditEvent event) {
        return Future.succeededFuture(() -> record(event));
    }
}
