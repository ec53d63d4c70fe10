package dev.koda.checks.engine;

import dev.koda.checks.CheckId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The last changes of each check, newest last. */
final class History {
    static final int KEPT = 64;

    private final Map<CheckId, Deque<CheckEvent>> changes = new ConcurrentHashMap<>();

    void add(CheckEvent event) {
        var kept = changes.computeIfAbsent(event.id(), id -> new ArrayDeque<>());
        synchronized (kept) {
            if (kept.size() == KEPT) {
                kept.removeFirst();
            }
            kept.addLast(event);
        }
    }

    List<CheckEvent> of(CheckId id) {
        var kept = changes.get(id);
        if (kept == null) {
            return List.of();
        }
        synchronized (kept) {
            return List.copyOf(kept);
        }
    }

    void forget(CheckId id) {
        changes.remove(id);
    }
}
