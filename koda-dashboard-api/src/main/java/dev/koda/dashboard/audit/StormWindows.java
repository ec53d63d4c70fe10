package dev.koda.dashboard.audit;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was seen of late, by kind and key, and the storms that this makes. Not thread-safe. */
final class StormWindows {
    /** More keys of a kind at once are no pattern any more: the oldest go. */
    private static final int KEYS = 10_000;

    /** So many members are enough to know that it storms; the count goes on without them. */
    private static final int MEMBERS = 100;

    private final Map<StormKind, Map<String, Window>> windows = new LinkedHashMap<>();

    /** A storm that is other than before, and whether it has begun just now. */
    record Changed(Storm storm, boolean isBegun) {}

    private record Member(Instant at, long seq, String name) {}

    /** The members of the last minutes, and the storm that goes on. */
    private static final class Window {
        private final Deque<Member> members = new ArrayDeque<>();
        private @Nullable Storm storm;

        private Instant lastAt() {
            return members.isEmpty() ? Instant.EPOCH : members.getLast().at();
        }
    }

    private static final class Keys extends LinkedHashMap<String, Window> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > KEYS && eldest.getValue().storm == null;
        }
    }

    /** A storm that an earlier holder has opened. */
    void resume(StormKind kind, Storm open) {
        var window = windowOf(kind, open.key());
        window.storm = open;
        window.members.add(new Member(open.lastAt(), open.lastSeq(), "earlier"));
    }

    /**
     * Notes an event.
     *
     * @param isNew false for one that an earlier holder has noted already: it opens and counts nothing
     * @return the storms that are other than before
     */
    List<Changed> add(SeenEvent event, boolean isNew) {
        var changed = new ArrayList<Changed>();
        for (var kind : StormKind.values()) {
            kind.keyOf(event).ifPresent(key -> {
                var window = windowOf(kind, key);
                boolean isGoing = window.storm != null;
                var storm = note(kind, key, window, member(kind, event), isNew);
                if (storm != null) {
                    changed.add(new Changed(storm, !isGoing));
                }
            });
        }
        return changed;
    }

    private static Member member(StormKind kind, SeenEvent event) {
        return new Member(event.occurredAt(), event.seq(), String.valueOf(kind.memberOf(event)));
    }

    private @Nullable Storm note(StormKind kind, String key, Window window, Member member, boolean isNew) {
        window.members.addLast(member);
        var begin = member.at().minus(kind.window());
        while (window.members.size() > MEMBERS || window.members.getFirst().at().isBefore(begin)) {
            window.members.removeFirst();
        }
        if (!isNew) {
            return null;
        }
        var going = window.storm;
        if (going != null) {
            window.storm = going.and(member.at(), member.seq());
        } else if (isStorm(kind, window)) {
            var first = window.members.getFirst();
            window.storm = new Storm(
                    UUID.randomUUID(),
                    kind.toString(),
                    key,
                    first.at(),
                    member.at(),
                    null,
                    window.members.size(),
                    first.seq(),
                    member.seq());
        }
        return window.storm;
    }

    private static boolean isStorm(StormKind kind, Window window) {
        return window.members.stream().map(Member::name).distinct().count() >= kind.threshold();
    }

    /** Ends what has been quiet for its window, and forgets what is old; gives what has ended. */
    List<Storm> quiet(Instant now) {
        var ended = new ArrayList<Storm>();
        windows.forEach((kind, keys) -> keys.values().removeIf(window -> {
            if (kind == StormKind.SILENCE || window.lastAt().isAfter(now.minus(kind.window()))) {
                return false;
            }
            if (window.storm != null) {
                ended.add(window.storm.ended(now));
            }
            return true;
        }));
        return ended;
    }

    /** Notes whether events wait for too long; gives the storm if it begins or ends now. */
    @Nullable
    Storm silence(boolean isSilent, Instant now, long head) {
        var window = windowOf(StormKind.SILENCE, "sealer");
        var going = window.storm;
        if (isSilent && going == null) {
            var kind = StormKind.SILENCE.toString();
            window.storm = new Storm(UUID.randomUUID(), kind, "sealer", now, now, null, 0, head, head);
            return window.storm;
        }
        if (!isSilent && going != null) {
            window.storm = null;
            return going.ended(now);
        }
        return null;
    }

    private Window windowOf(StormKind kind, String key) {
        return windows.computeIfAbsent(kind, none -> new Keys()).computeIfAbsent(key, none -> new Window());
    }
}
