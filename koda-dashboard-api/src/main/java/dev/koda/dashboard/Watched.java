package dev.koda.dashboard;

import dev.koda.checks.TimeSource;
import dev.koda.checks.heartbeat.Heartbeats;
import dev.koda.checks.network.RefusedAddresses;
import dev.koda.checks.stack.Integrations;
import dev.koda.dashboard.verification.DoctorFeed;
import java.util.Objects;

/**
 * What of a process the operations surface watches over time.
 *
 * @param integrations what is verified
 * @param heartbeats which are expected; the surface keeps those that it hears
 * @param doctor hears the checks: a listener of the engine
 * @param refused where checks are not let to
 */
public record Watched(Integrations integrations, Heartbeats heartbeats, DoctorFeed doctor, RefusedAddresses refused) {
    public Watched {
        Objects.requireNonNull(integrations, "integrations");
        Objects.requireNonNull(heartbeats, "heartbeats");
        Objects.requireNonNull(doctor, "doctor");
        Objects.requireNonNull(refused, "refused");
    }

    /** Nothing yet. */
    public static Watched nothing(TimeSource time) {
        return new Watched(Integrations.none(), Heartbeats.none(), DoctorFeed.of(time), RefusedAddresses.none());
    }
}
