package dev.koda.checks.backup;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the newest of many backups, because a directory or a bucket may hold a million. Not safe for several threads. */
final class Newest {
    /** The one that is judged, and the five that its size is compared with. */
    static final int KEPT = 6;

    private final PriorityQueue<Backup> oldestFirst = new PriorityQueue<>(Comparator.comparing(Backup::endedAt));

    void add(Backup backup) {
        oldestFirst.add(backup);
        if (oldestFirst.size() > KEPT) {
            oldestFirst.remove();
        }
    }

    Backups toBackups() {
        return Backups.of(List.copyOf(oldestFirst));
    }
}
