package dev.koda.server;

import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.stack.InProcess;

/** Declares what a server checks. Whoever starts a server gives one: the Koda stack for {@code koda serve}, stubs in a test. */
@FunctionalInterface
public interface ServerChecks {
    /**
     * Adds checks and skips to the engine that the server is about to start: one in the suite readiness at least, since a
     * probe answers from it; the other suites may be empty.
     *
     * @param engine has its time, service and listeners already; a redactor of the stack's secrets is declared here
     * @param inProcess the process's own state; {@code RuntimeChecks.inProcess} makes checks of it
     */
    void declare(CheckEngine.Builder engine, InProcess inProcess);
}
