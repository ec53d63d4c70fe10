package dev.koda.checks.docker;

import java.util.concurrent.CompletionException;

/** A question to Docker failed, and why as far as a report needs it. Has no text of Docker and no cause. */
final class DockerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final DockerFault fault;

    DockerException(DockerFault fault) {
        super(fault.name(), null, false, false);
        this.fault = fault;
    }

    /** The fault of a failed stage; anything else that was thrown is passed on. */
    static DockerFault faultOf(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof DockerException known) {
            return known.fault;
        }
        throw new CompletionException(cause);
    }
}
