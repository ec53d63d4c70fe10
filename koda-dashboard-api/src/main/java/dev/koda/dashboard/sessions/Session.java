package dev.koda.dashboard.sessions;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What the cookie of a person carries.
 *
 * @param id no secret: it stands in the audit log, and ends the session in the hands of an administrator
 * @param identity who logged in
 * @param begunAt when that was
 * @param seenAt when something was last asked, to the minute
 */
record Session(UUID id, Identity identity, Instant begunAt, Instant seenAt) {
    static final Duration IDLE = Duration.ofMinutes(30);
    static final Duration LONGEST = Duration.ofHours(12);

    /** A cookie is made anew no more often than this. */
    static final Duration STEP = Duration.ofMinutes(1);

    private static final String PURPOSE = "session";

    Session seen(Instant now) {
        return new Session(id, identity, begunAt, now);
    }

    boolean isOver(Instant now, Instant lastSeen) {
        return Duration.between(lastSeen, now).compareTo(IDLE) >= 0 || !now.isBefore(end());
    }

    /** Not later than this, whatever is asked meanwhile. */
    Instant end() {
        return begunAt.plus(LONGEST);
    }

    String sealed(Seal seal) {
        return seal.close(
                PURPOSE,
                new JsonObject()
                        .put("id", id.toString())
                        .put("identity", identity.json())
                        .put("begun", begunAt.toEpochMilli())
                        .put("seen", seenAt.toEpochMilli()));
    }

    /** Empty for any text that was not made here. */
    static Optional<Session> open(Seal seal, String cookie) {
        return seal.open(PURPOSE, cookie)
                .map(json -> new Session(
                        UUID.fromString(json.getString("id")),
                        Identity.of(json.getJsonObject("identity")),
                        Instant.ofEpochMilli(json.getLong("begun")),
                        Instant.ofEpochMilli(json.getLong("seen"))));
    }
}
