package dev.koda.checks;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A named set of checks that one surface runs. The four constants are Koda's; an embedder may make his own.
 *
 * @param name a kebab-case word
 */
public record Suite(String name) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /** Is the process alive: only local checks without effects, so that a broken dependency never restarts it. */
    public static final Suite LIVENESS = new Suite("liveness");
    /** May the process take work: what a load balancer asks every few seconds. */
    public static final Suite READINESS = new Suite("readiness");
    /** Everything an operator wants to know. */
    public static final Suite DOCTOR = new Suite("doctor");
    /** What {@code --strict} adds to the doctor. */
    public static final Suite HARDENING = new Suite("hardening");

    public Suite {
        Objects.requireNonNull(name, "name");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("suite name '" + name + "' is not a kebab-case word");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
