package dev.koda.dashboard.audit;

import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How many may watch at once: a stream costs a connection, and a page that opens one for each tab forgets them. */
final class StreamLimits {
    static final int OF_A_SERVER = 200;
    static final int OF_A_SESSION = 5;

    private static final Duration LATER = Duration.ofSeconds(10);

    private final Map<String, Integer> counts = new HashMap<>();
    private int all;

    /**
     * Takes a place.
     *
     * @throws Refusal 429 with {@code too_many_streams} if there is none
     */
    void enter(Caller caller) {
        int own = counts.getOrDefault(keyOf(caller), 0);
        if (own >= OF_A_SESSION) {
            throw Refusal.of(
                            429,
                            "too_many_streams",
                            "this session has " + own + " streams open, and " + OF_A_SESSION
                                    + " are allowed; close one, such as another tab")
                    .retryAfter(LATER);
        }
        if (all >= OF_A_SERVER) {
            throw Refusal.of(
                            429,
                            "too_many_streams",
                            "this server has " + all + " streams open, and no more are allowed; try later")
                    .retryAfter(LATER);
        }
        counts.merge(keyOf(caller), 1, Integer::sum);
        all++;
    }

    void leave(Caller caller) {
        counts.computeIfPresent(keyOf(caller), (key, count) -> count == 1 ? null : count - 1);
        all--;
    }

    int open() {
        return all;
    }

    private static String keyOf(Caller caller) {
        var session = caller.session();
        return session == null ? caller.means() + " " + caller.name() : session;
    }
}
