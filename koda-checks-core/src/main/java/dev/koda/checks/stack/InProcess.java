package dev.koda.checks.stack;

import dev.koda.checks.TimeSource;
import dev.koda.checks.heartbeat.Heartbeats;
import dev.koda.checks.network.RefusedAddresses;
import dev.koda.checks.notify.Notifications;
import dev.koda.checks.runtime.EventLoopLag;
import dev.koda.checks.runtime.Loops;
import dev.koda.checks.runtime.RuntimeGate;
import java.util.Objects;

/**
 * What only the running server knows about itself; it adds the checks of liveness and those of readiness that are about
 * the process, which the doctor never has.
 *
 * @param gate whether it takes work
 * @param loops its background loops
 * @param lag how late its event loop is
 * @param heartbeats which it expects, and who keeps them
 * @param integrations which it verifies
 * @param notifications whom it tells
 * @param refused where its checks are not let to
 */
public record InProcess(
        RuntimeGate gate,
        Loops loops,
        EventLoopLag lag,
        Heartbeats heartbeats,
        Integrations integrations,
        Notifications notifications,
        RefusedAddresses refused) {
    public InProcess {
        Objects.requireNonNull(gate, "gate");
        Objects.requireNonNull(loops, "loops");
        Objects.requireNonNull(lag, "lag");
        Objects.requireNonNull(heartbeats, "heartbeats");
        Objects.requireNonNull(integrations, "integrations");
        Objects.requireNonNull(notifications, "notifications");
        Objects.requireNonNull(refused, "refused");
    }

    /** Of a server that hears no heartbeats, verifies nothing and tells nobody. */
    public InProcess(RuntimeGate gate, Loops loops, EventLoopLag lag) {
        this(
                gate,
                loops,
                lag,
                Heartbeats.none(),
                Integrations.none(),
                Notifications.none(TimeSource.system()),
                RefusedAddresses.none());
    }
}
