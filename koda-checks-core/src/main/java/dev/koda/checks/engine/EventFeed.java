package dev.koda.checks.engine;

import dev.koda.checks.CheckId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/** The publisher of changes. A subscriber is told first where everything stands, then what changes. */
final class EventFeed implements Flow.Publisher<CheckEvent> {
    private final Executor executor;
    private final Supplier<List<CheckEvent>> current;
    private final CopyOnWriteArrayList<EventSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private volatile boolean isClosed;

    EventFeed(Executor executor, Supplier<List<CheckEvent>> current) {
        this.executor = executor;
        this.current = current;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super CheckEvent> subscriber) {
        var subscription = new EventSubscription(subscriber, executor, subscriptions::remove);
        subscriptions.add(subscription);
        subscription.begin(current.get());
        if (isClosed) {
            subscription.complete();
        }
    }

    void publish(CheckEvent event) {
        subscriptions.forEach(subscription -> subscription.offer(event));
    }

    void forget(CheckId id) {
        subscriptions.forEach(subscription -> subscription.forget(id));
    }

    void close() {
        isClosed = true;
        subscriptions.forEach(EventSubscription::complete);
    }
}
