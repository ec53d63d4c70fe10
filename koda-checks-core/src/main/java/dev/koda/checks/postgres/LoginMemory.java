package dev.koda.checks.postgres;

import dev.koda.checks.Outcome;
import dev.koda.checks.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one login has to know of those before it. Thread-safe. */
final class LoginMemory {
    /** A rejected login is not repeated sooner: pools of retries lock accounts and fill logs. */
    static final Duration PAUSE = Duration.ofSeconds(30);
    /** A server that starts for longer than this fails. */
    static final Duration START = Duration.ofSeconds(30);

    private record Rejection(Outcome outcome, String password, long atNanos) {}

    private final TimeSource time;
    private @Nullable Rejection rejection;
    private @Nullable Long startingSinceNanos;

    LoginMemory(TimeSource time) {
        this.time = time;
    }

    /** The rejection of the same password within the pause, with its age; null if the login may be tried. */
    synchronized @Nullable Outcome repeated(String password) {
        var last = rejection;
        if (last == null || !last.password.equals(password) || age(last).compareTo(PAUSE) >= 0) {
            return null;
        }
        return aged(last);
    }

    /** Remembers that the role was turned away; the outcome as it is. */
    synchronized Outcome rejected(String password, Outcome outcome) {
        var last = new Rejection(outcome, password, time.nanos());
        rejection = last;
        startingSinceNanos = null;
        return outcome;
    }

    /** Remembers that the role was let in. */
    synchronized void accepted() {
        rejection = null;
        startingSinceNanos = null;
    }

    /** Remembers that the server was not found starting. */
    synchronized void isNotStarting() {
        startingSinceNanos = null;
    }

    /** For how long the server has been found starting, and nothing else. */
    synchronized Duration startingFor() {
        if (startingSinceNanos == null) {
            startingSinceNanos = time.nanos();
        }
        return Duration.ofNanos(time.nanos() - startingSinceNanos);
    }

    private Duration age(Rejection last) {
        return Duration.ofNanos(time.nanos() - last.atNanos);
    }

    private Outcome aged(Rejection last) {
        return last.outcome.message(last.outcome.message() + "; tried "
                + age(last).toSeconds() + " s ago, next time after " + PAUSE.toSeconds() + " s");
    }
}
