package dev.koda.checks.exec;

import dev.koda.checks.Check;
import dev.koda.checks.process.Command;
import dev.koda.checks.process.Commands;

/** Makes checks out of programs. */
public final class ExecChecks {
    private ExecChecks() {}

    /**
     * Runs a program that speaks the <a href="https://www.monitoring-plugins.org/doc/guidelines.html">Nagios plugin
     * API</a>: exit code 0 is pass, 1 warn, 2 fail, 3 (unknown) warn, any other fail; the first line of its output up to
     * {@code |} is the message, what follows are observed values.
     */
    public static Check plugin(Command command, Commands commands) {
        return new ExecCheck(command, commands);
    }
}
