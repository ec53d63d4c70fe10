package dev.koda.dashboard.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** Finds out who calls. */
@FunctionalInterface
public interface Gate {
    /**
     * The caller, or a failure with a {@link Refusal} that says what to answer. Never blocks.
     *
     * @param operation what is asked for
     */
    Future<Caller> admit(RoutingContext context, Operation operation);

    /**
     * The same for somebody who was let in and whose answer is still under way, such as a stream: whether they may stay.
     * That is no activity of theirs, and no use of a credential.
     */
    default Future<Caller> readmit(RoutingContext context, Operation operation) {
        return admit(context, operation);
    }
}
