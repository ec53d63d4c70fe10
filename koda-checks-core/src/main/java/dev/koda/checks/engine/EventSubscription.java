package dev.koda.checks.engine;

import dev.koda.checks.CheckId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber. What he has not asked for yet is kept once for each check, the newest: a slow subscriber misses steps
 * and never the state, and the engine is not held up.
 */
final class EventSubscription implements Flow.Subscription {
    private final Flow.Subscriber<? super CheckEvent> subscriber;
    private final Executor executor;
    private final Consumer<EventSubscription> onEnd;
    private final Map<CheckId, CheckEvent> waiting = new LinkedHashMap<>();
    private long demand;
    private boolean isDelivering;
    private boolean isComplete;
    private boolean hasEnded;
    private @Nullable IllegalArgumentException misuse;

    EventSubscription(
            Flow.Subscriber<? super CheckEvent> subscriber, Executor executor, Consumer<EventSubscription> onEnd) {
        this.subscriber = subscriber;
        this.executor = executor;
        this.onEnd = onEnd;
    }

    void begin(List<CheckEvent> current) {
        synchronized (this) {
            // A change that came in between is newer than the state it is told about.
            current.forEach(event -> waiting.putIfAbsent(event.id(), event));
        }
        try {
            subscriber.onSubscribe(this);
        } catch (Throwable thrown) {
            cancel();
        }
    }

    void offer(CheckEvent event) {
        synchronized (this) {
            if (hasEnded) {
                return;
            }
            waiting.remove(event.id());
            waiting.put(event.id(), event);
        }
        deliver();
    }

    synchronized void forget(CheckId id) {
        waiting.remove(id);
    }

    void complete() {
        synchronized (this) {
            isComplete = true;
        }
        deliver();
    }

    @Override
    public void request(long count) {
        synchronized (this) {
            if (count <= 0) {
                misuse = new IllegalArgumentException("request must be positive, not " + count);
            } else {
                demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
            }
        }
        deliver();
    }

    @Override
    public void cancel() {
        synchronized (this) {
            hasEnded = true;
            waiting.clear();
        }
        onEnd.accept(this);
    }

    private void deliver() {
        synchronized (this) {
            if (isDelivering || hasEnded) {
                return;
            }
            isDelivering = true;
        }
        executor.execute(this::drain);
    }

    private void drain() {
        try {
            boolean isMore = true;
            while (isMore) {
                isMore = step();
            }
        } catch (Throwable thrown) {
            cancel();
        }
    }

    /** Delivers one thing; false when there is none to deliver now. */
    private boolean step() {
        CheckEvent next;
        synchronized (this) {
            boolean canDeliver = !hasEnded && misuse == null && demand > 0 && !waiting.isEmpty();
            boolean canEnd = !hasEnded && (misuse != null || (isComplete && waiting.isEmpty()));
            if (!canDeliver && !canEnd) {
                isDelivering = false;
                return false;
            }
            next = canDeliver ? waiting.remove(waiting.keySet().iterator().next()) : null;
            hasEnded = canEnd;
            demand--;
        }
        if (next != null) {
            subscriber.onNext(next);
            return true;
        }
        onEnd.accept(this);
        var wrong = misuse;
        if (wrong != null) {
            subscriber.onError(wrong);
        } else {
            subscriber.onComplete();
        }
        return false;
    }
}
