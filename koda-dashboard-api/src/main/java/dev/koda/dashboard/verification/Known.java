package dev.koda.dashboard.verification;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A subject and where it stands.
 *
 * @param state null before the first result
 */
record Known(Subject subject, @Nullable State state) {
    static final String COLUMNS = "id, class, kind, name, origin, every_ms, verified_at, status, since, until,"
            + " interval_reason, runs, reason, message, fingerprint, fingerprint_key, revision, incident_at,"
            + " incident_failures";

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
                Subjects.state(row));
    }

    /** As JSON: what it is, its status now and since when, and its last result. */
    JsonObject json(Instant now) {
        var json = new JsonObject();
        if (subject.type() == Subject.Type.DOCTOR) {
            json.put("check", subject.id().substring(subject.origin().length() + 1))
                    .put("node", subject.origin());
        } else {
            json.put("id", subject.id()).put("origin", subject.origin());
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
