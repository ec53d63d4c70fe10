package dev.koda.checks.backup;

import dev.koda.checks.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a source knows, or why it knows nothing. Immutable.
 *
 * @param newestFirst completed backups; all of them, or at least the six newest
 * @param isRunning true if one is being made now
 * @param trouble why nothing is known; null if it is
 */
public record Backups(
        List<Backup> newestFirst,
        boolean isRunning,
        @Nullable Outcome trouble) {
    public Backups {
        newestFirst = newestFirst.stream()
                .sorted(Comparator.comparing(Backup::endedAt).reversed())
                .toList();
    }

    /** These, in any order. */
    public static Backups of(List<Backup> backups) {
        return new Backups(backups, false, null);
    }

    /** Nothing is known; the check answers with this outcome, which has a reason and a hint and is not pass. */
    public static Backups unknown(Outcome trouble) {
        return new Backups(List.of(), false, Objects.requireNonNull(trouble, "trouble"));
    }

    /** The same while another one is being made. */
    public Backups running() {
        return new Backups(newestFirst, true, trouble);
    }
}
