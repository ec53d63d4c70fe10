package dev.koda.dashboard.audit;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What makes a storm: so many events with the same key, or with so many different members of it, in a time. */
enum StormKind {
    /** One account is tried again and again. */
    LOGIN_BURST(5, Duration.ofMinutes(5)),
    /** One address tries many accounts. */
    SPRAY(5, Duration.ofMinutes(5)),
    /** Many are locked out. */
    LOCKOUT_WAVE(3, Duration.ofMinutes(10)),
    /** Somebody, or a channel, sends again and again what nobody may send. */
    REJECTED_MESSAGES(10, Duration.ofMinutes(15)),
    /** An address asks far too much. */
    RATE_LIMITS(10, Duration.ofMinutes(5)),
    /** Events wait, and nobody seals them. No event is a member of it. */
    SILENCE(1, Duration.ofSeconds(30));

    private static final String NOBODY = "unknown";
    private static final String FAILED = "security.operator_login_failed";

    private final int threshold;
    private final Duration window;

    StormKind(int threshold, Duration window) {
        this.threshold = threshold;
        this.window = window;
    }

    /** So many members in the window are a storm. */
    int threshold() {
        return threshold;
    }

    /** After as long without another one it is over. */
    Duration window() {
        return window;
    }

    /** What the event counts for; empty if it counts for nothing here. */
    Optional<String> keyOf(SeenEvent event) {
        if (memberOf(event) == null) {
            return Optional.empty();
        }
        var key = switch (this) {
            case LOGIN_BURST -> account(event);
            case SPRAY, RATE_LIMITS -> event.source();
            case REJECTED_MESSAGES -> sender(event);
            case LOCKOUT_WAVE, SILENCE -> "all";
        };
        var storable = ColumnText.of(key);
        return Optional.of(storable == null ? NOBODY : storable);
    }

    /** Of what there must be different ones; null if the event is none. */
    @Nullable
    String memberOf(SeenEvent event) {
        var type = event.type();
        return switch (this) {
            case LOGIN_BURST -> type.equals(FAILED) ? each(event) : null;
            case SPRAY -> type.equals(FAILED) ? account(event) : null;
            case LOCKOUT_WAVE -> lockedOut(event);
            case REJECTED_MESSAGES -> type.equals("security.auth_failure") ? each(event) : null;
            case RATE_LIMITS -> type.endsWith("rate_limited") ? each(event) : null;
            case SILENCE -> null;
        };
    }

    /** Koda has no event for the moment, and tells it as the reason of the tries behind it. */
    private static @Nullable String lockedOut(SeenEvent event) {
        if (event.type().equals("security.lockout_started")) {
            return event.target() == null ? event.source() : event.target();
        }
        boolean isLocked = event.type().equals(FAILED) && event.isBecause("locked");
        return isLocked ? account(event) : null;
    }

    private static String each(SeenEvent event) {
        return Long.toString(event.seq());
    }

    /** Whom a login is for is no actor before it succeeds; Koda tells only who it was said to be. */
    private static @Nullable String account(SeenEvent event) {
        return event.target() == null ? event.actor() : event.target();
    }

    private static @Nullable String sender(SeenEvent event) {
        return event.isKodas() ? event.agent() : event.source();
    }

    /** In lower case, as in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
