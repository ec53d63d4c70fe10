package dev.koda.checks.objectstore;

import dev.koda.checks.Outcome;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/** A call to the object storage failed, and why as far as a report needs it. Has no text of the storage and no cause. */
public final class ObjectStoreException extends Exception {
    private final ObjectStoreFault fault;

    public ObjectStoreException(ObjectStoreFault fault) {
        super(fault.reason(), null, false, false);
        this.fault = Objects.requireNonNull(fault, "fault");
    }

    /** Why. */
    public ObjectStoreFault fault() {
        return fault;
    }

    /** The fault of a failed stage; what an implementation threw against its contract is passed on. */
    static ObjectStoreFault faultOf(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ObjectStoreException known) {
            return known.fault;
        }
        throw new CompletionException(cause);
    }

    static Outcome outcome(ObjectStoreFault fault, ObjectStore store, String verb) {
        return Outcome.fail(verb + " " + store.describe() + " failed: " + fault.sentence())
                .reason(fault.reason())
                .hint(fault.hint());
    }

    /** A warning: the store may well be right, but what was asked for is not known. */
    static Outcome unknown(Throwable failure, String what) {
        var fault = faultOf(failure);
        return Outcome.warn("asking for " + what + " failed: " + fault.sentence())
                .reason(fault.reason())
                .hint(fault.hint());
    }
}
