package dev.koda.checks.runtime;

import dev.koda.checks.Reason;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process takes work. The application opens it when it has started and refuses when it wants no more, for
 * whatever reason of its own; {@code runtime.accepting} shows it to the load balancer. Thread-safe, never blocks.
 */
public final class RuntimeGate {
    /** The reason of a gate that nobody has opened yet. */
    public static final Reason STARTING = new Reason("starting");

    /** Null means open. */
    private final AtomicReference<@Nullable Reason> refusal = new AtomicReference<>(STARTING);

    private final List<Entry> listeners = new CopyOnWriteArrayList<>();

    private RuntimeGate() {}

    /** A gate that refuses with {@link #STARTING} until it is opened. */
    public static RuntimeGate closed() {
        return new RuntimeGate();
    }

    /** Takes work from now on. */
    public void open() {
        change(null);
    }

    /**
     * Takes no work from now on.
     *
     * @param reason a snake_case word that the report shows, such as {@code maintenance}
     * @throws IllegalArgumentException if it is not such a word
     */
    public void refuse(String reason) {
        change(new Reason(reason));
    }

    /** True if work is taken. */
    public boolean isAccepting() {
        return refusal.get() == null;
    }

    /** Why no work is taken; empty if it is. */
    public Optional<Reason> refusal() {
        return Optional.ofNullable(refusal.get());
    }

    /**
     * Calls the listener after every change, on the thread that made the change. It takes no argument because two
     * threads may change the gate at once: what counts is what the gate says when the listener looks. A listener that
     * throws is not heard and keeps no other one from being called.
     *
     * @return ends the subscription; may be closed twice
     */
    public Subscription onChange(Runnable listener) {
        var entry = new Entry(Objects.requireNonNull(listener, "listener"));
        listeners.add(entry);
        return entry;
    }

    private void change(@Nullable Reason next) {
        if (!Objects.equals(refusal.getAndSet(next), next)) {
            listeners.forEach(Entry::call);
        }
    }

    /** A listener's place in the list. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    private final class Entry implements Subscription {
        private final Runnable listener;

        Entry(Runnable listener) {
            this.listener = listener;
        }

        void call() {
            try {
                listener.run();
            } catch (RuntimeException ignored) {
                // Whoever opens or closes the gate must not fail because somebody wanted to know.
            }
        }

        @Override
        public void close() {
            listeners.remove(this);
        }
    }
}
