package dev.koda.checks.system;

import dev.koda.checks.Outcome;
import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Tells fresh kills for lack of memory from old ones. The kernel counts them since a group was made and says not when:
 * the first look cannot know more, a later one sees how many came since. Thread-safe.
 */
final class KillMemory {
    /** As long as somebody should see it; then it is in the history. */
    private static final Duration FRESH = Duration.ofHours(1);

    private final TimeSource time;
    private final Deque<Seen> fresh = new ArrayDeque<>();
    private boolean hasLooked;
    private long last;

    KillMemory(TimeSource time) {
        this.time = time;
    }

    /**
     * A warning for kills that are new, or may be.
     *
     * @param count as the kernel has it; lower than the time before if the group was made anew
     */
    synchronized Optional<Outcome> judge(long count) {
        long now = time.nanos();
        fresh.removeIf(seen -> count < last || now - seen.nanos() > FRESH.toNanos());
        long more = count < last ? count : count - last;
        if (more > 0) {
            fresh.add(new Seen(now, more, !hasLooked || count < last));
        }
        hasLooked = true;
        last = count;
        return fresh.isEmpty() ? Optional.empty() : Optional.of(warning(count));
    }

    private Outcome warning(long count) {
        boolean isAll = fresh.stream().anyMatch(Seen::isSinceStart);
        long kills = isAll ? count : fresh.stream().mapToLong(Seen::kills).sum();
        return Outcome.warn("the kernel has killed " + (kills == 1 ? "1 process" : kills + " processes")
                        + " of our control group for lack of memory "
                        + (isAll ? "since it was made" : "within the last hour"))
                .reason("oom_killed")
                .hint("see what was killed (dmesg, journalctl -k); raise the limit, or find what uses the memory");
    }

    /**
     * Kills of one look.
     *
     * @param isSinceStart true if they are of any time since the group was made
     */
    private record Seen(long nanos, long kills, boolean isSinceStart) {}
}
