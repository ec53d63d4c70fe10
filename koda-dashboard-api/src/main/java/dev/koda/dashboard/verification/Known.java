package dev.koda.dashboard.verification;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A subject and where it stands.
 *
 * @param provider with whose others it is shown
 * @param state null before the first result
 */
record Known(Subject subject, String provider, @Nullable State state) {
    /**
     * The key of {@code provider.key[openai]} and {@code koda.connection[agent/core:git]} names whose it is; a check of
     * koda.yaml knows nobody, and stands with those of its kind.
     */
    static final String PROVIDER = """
            CASE kind
                WHEN 'provider' THEN coalesce(substring(id from '\\[(.+)\\]$'), kind)
                WHEN 'connection' THEN coalesce(substring(id from '\\[(?:[^/]*/)?(?:[^:]*:)?(.+)\\]$'), kind)
                ELSE kind END
            """;

    private static final String STORED = "id, class, kind, name, origin, every_ms, verified_at, status, since, until,"
            + " interval_reason, runs, reason, message, fingerprint, fingerprint_key, revision, incident_at,"
            + " incident_failures";

    /** Of the table of subjects. */
    static final String COLUMNS = STORED + ", " + PROVIDER + " AS provider";

    /** The same once more, of what has them all. */
    static final String NAMES = STORED + ", provider";

    static Known of(Row row) {
        var type = row.getString("class").equals(Subject.Type.DOCTOR.toString())
                ? Subject.Type.DOCTOR
                : Subject.Type.INTEGRATION;
        return new Known(
                new Subject(
                        row.getString("id"),
                        type,
                        row.getString("kind"),
                        row.getString("name"),
                        row.getString("origin"),
                        Duration.ofMillis(row.getLong("every_ms"))),
                row.getString("provider"),
                Subjects.state(row));
    }

    /** As JSON: what it is, its status now and since when, and its last result. */
    JsonObject json(Instant now) {
        var json = new JsonObject();
        if (subject.type() == Subject.Type.DOCTOR) {
            json.put("check", subject.id().substring(subject.origin().length() + 1))
                    .put("node", subject.origin());
        } else {
            json.put("id", subject.id()).put("origin", subject.origin()).put("provider", provider);
        }
        json.put("kind", subject.kind())
                .put("name", subject.name())
                .put("every_seconds", subject.every().toSeconds());
        if (state == null) {
            return json.put("status", Standing.UNKNOWN.toString());
        }
        var interval = state.interval();
        var standing = state.at(now);
        return json.put("status", standing.toString())
                .put("since", (standing == interval.standing() ? interval.since() : interval.until()).toString())
                .put("verified_at", state.verifiedAt().toString())
                .put("last", last(state));
    }

    private static JsonObject last(State state) {
        var last = new JsonObject().put("status", state.interval().standing().toString());
        putIfThere(last, "reason", state.reason());
        putIfThere(last, "message", state.message());
        var credential = state.credential();
        putIfThere(last, "credential_fingerprint", credential == null ? null : credential.digits());
        putIfThere(last, "configuration_revision", state.revision());
        return last;
    }

    static void putIfThere(JsonObject json, String key, @Nullable Object value) {
        if (value != null) {
            json.put(key, value);
        }
    }
}
