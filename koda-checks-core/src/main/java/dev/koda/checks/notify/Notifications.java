package dev.koda.checks.notify;

import dev.koda.checks.Service;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEvent;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/**
 * Sends notices of problems, of those that last and of recoveries to webhooks. A status counts when it has passed its
 * thresholds, and what waits for a failed check is not told: its cause is. Thread-safe; never blocks, and holds up no
 * check. After a restart what is bad is told again.
 */
public final class Notifications implements AutoCloseable {
    private final TimeSource time;
    private final List<Webhook> webhooks = new CopyOnWriteArrayList<>();
    private final List<WebhookWatch> watches = new CopyOnWriteArrayList<>();

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
     * @param events of the engine, whose subscribers are told first where every check stands
     * @param service what the checks are about
     */
    public void start(Flow.Publisher<CheckEvent> events, Service service, Listener listener) {
        for (var webhook : webhooks) {
            var watch = new WebhookWatch(webhook, new Delivery(webhook, service, time, listener), time);
            watches.add(watch);
            events.subscribe(watch);
        }
    }

    /** Stops to tell; what waits is dropped. */
    @Override
    public void close() {
        watches.forEach(WebhookWatch::close);
    }
}
