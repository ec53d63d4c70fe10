package dev.koda.checks.notify;

import dev.koda.checks.Service;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Sends notices of problems, of those that last and of recoveries to webhooks. A status counts when it has passed its
 * thresholds, and what waits for a failed check is not told: its cause is. Thread-safe; never blocks, and holds up no
 * check. After a restart what is bad is told again.
 */
public final class Notifications implements AutoCloseable {
    private final TimeSource time;
    private final List<Webhook> webhooks = new CopyOnWriteArrayList<>();
    private final List<WebhookWatch> watches = new CopyOnWriteArrayList<>();
    private volatile boolean isShared;

    private Notifications(TimeSource time) {
        this.time = Objects.requireNonNull(time, "time");
    }

    /** Hears what comes of notices, for a log and meters. Called on whatever thread is at work; must not block. */
    public interface Listener {
        /** One was taken. */
        void sent(String webhook, String check);

        /**
         * One attempt failed.
         *
         * @param why in words that may be logged
         * @param isLast true if the notice is given up
         */
        void failed(String webhook, String check, String why, boolean isLast);
    }

    /** Nobody is told yet. */
    public static Notifications none(TimeSource time) {
        return new Notifications(time);
    }

    /** Tells this one too, from {@link #start} on. */
    public void add(Webhook webhook) {
        webhooks.add(Objects.requireNonNull(webhook, "webhook"));
    }

    /** How many there are to tell. */
    public int size() {
        return webhooks.size();
    }

    /**
     * Begins to tell.
     *
     * @param engine whose checks it is about
     * @param service what the checks are about
     */
    public void start(CheckEngine engine, Service service, Listener listener) {
        for (var webhook : webhooks) {
            var delivery = new Delivery(webhook, service, time, listener);
            var watch = new WebhookWatch(webhook, new Turn(time, delivery::add, isShared), time, engine::result);
            watches.add(watch);
            engine.events().subscribe(watch);
        }
    }

    /**
     * There may be other servers that watch the same and tell the same webhooks: until this one is told whose turn it is,
     * it keeps what there is to tell for up to a minute. Before {@link #start}.
     */
    public void share() {
        isShared = true;
    }

    /** It is this server's turn to tell, until {@link #othersTurn} says something else. */
    public void ownTurn() {
        watches.forEach(watch -> watch.turn().own());
    }

    /**
     * Another server tells, for the next 20 seconds at least; whoever knows so says it again before they are over. What
     * would have been told meanwhile is kept for a minute, should the other one have died with it.
     */
    public void othersTurn() {
        watches.forEach(watch -> watch.turn().others());
    }

    /** Stops to tell; what waits is dropped. */
    @Override
    public void close() {
        watches.forEach(WebhookWatch::close);
    }
}
