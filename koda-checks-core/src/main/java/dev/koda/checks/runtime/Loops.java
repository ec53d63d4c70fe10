package dev.koda.checks.runtime;

import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The background loops of this process. Each says how often it means to turn and beats when it does; {@code
 * runtime.loops} fails when one falls silent. Thread-safe.
 *
 * <pre>{@code
 * try (var loop = loops.register("outbox", Duration.ofSeconds(5))) {
 *     while (running) {
 *         loop.beat();
 *         sendWhatIsDue();
 *     }
 * }
 * }</pre>
 */
public final class Loops {
    private final TimeSource time;
    private final ConcurrentMap<String, Loop> loops = new ConcurrentHashMap<>();

    private Loops(TimeSource time) {
        this.time = Objects.requireNonNull(time, "time");
    }

    /** No loops yet. */
    public static Loops of(TimeSource time) {
        return new Loops(time);
    }

    /**
     * Adds a loop; that counts as its first beat.
     *
     * @param name for people: a few printable characters, at most 60
     * @param every how often it means to beat
     * @throws IllegalArgumentException if the name is taken or not printable, or the interval is not positive
     */
    public Loop register(String name, Duration every) {
        var loop = new Loop(this, name, every, time);
        if (loops.putIfAbsent(name, loop) != null) {
            throw new IllegalArgumentException("a loop named '" + name + "' is registered already");
        }
        return loop;
    }

    void remove(Loop loop) {
        loops.remove(loop.name(), loop);
    }

    /** The loops at this moment, by name. */
    Collection<Loop> all() {
        return loops.values().stream().sorted(Comparator.comparing(Loop::name)).toList();
    }

    /** The loops that have been silent for more than three of their intervals. */
    List<Loop> silent() {
        return all().stream().filter(Loop::isSilent).toList();
    }
}
