package dev.koda.checks;

/** Whose failure it is: readiness treats the two differently. */
public enum Scope {
    /** Of this process and its host: taking it out of rotation helps. */
    LOCAL,
    /**
     * Of something that every copy of the process shares: taking all of them out of rotation would turn a fault of a
     * dependency into an outage, so readiness fails open unless {@link CheckSpec.Builder#failClosed()} says otherwise.
     */
    SHARED
}
