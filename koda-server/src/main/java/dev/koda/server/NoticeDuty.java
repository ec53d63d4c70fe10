package dev.koda.server;

import dev.koda.checks.notify.Notifications;
import dev.koda.dashboard.StoreDuty;
import dev.koda.dashboard.store.Leadership;
import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsStore;

/** Lets one of several servers with the same operations store tell the webhooks; without an answer of the store, each. */
final class NoticeDuty implements StoreDuty, Leadership.Duty {
    private final Notifications notifications;

    NoticeDuty(Notifications notifications) {
        this.notifications = notifications;
    }

    @Override
    public String lease() {
        return "notices";
    }

    @Override
    public Leadership.Duty duty(OperationsStore store, Leases leases) {
        return this;
    }

    @Override
    public void begin(Lease lease) {
        notifications.ownTurn();
    }

    /** Goes on until another is known to hold it: a store that is away is what somebody has to be told of. */
    @Override
    public void end() {}

    @Override
    public void heldByAnother() {
        notifications.othersTurn();
    }

    @Override
    public void close() {}
}
