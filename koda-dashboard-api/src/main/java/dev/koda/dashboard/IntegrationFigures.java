package dev.koda.dashboard;

import static dev.koda.checks.meters.StateSamples.sample;

import dev.koda.checks.meters.StateSamples;
import dev.koda.checks.meters.StateSamples.Sample;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;

/** How the integrations stand, for meters: those that fail first, so that they have room in any case. */
final class IntegrationFigures {
    /**
     * The credential has changed since the integration fails, or with it, if a mark of that is not older than the incident.
     * What a result does not vouch for any more has no status.
     */
    static final String SQL = """
            SELECT id, status, until > clock_timestamp() AS is_known,
                   incident_at IS NOT NULL AND EXISTS (
                       SELECT 1 FROM koda_ops.annotation AS mark
                       WHERE mark.subject = s.id AND mark.kind = 'rotation' AND mark.at >= s.incident_at) AS is_rotated,
                   date_part('epoch', CASE WHEN status < 2 THEN verified_at ELSE (
                       SELECT least(up.until, s.since) FROM koda_ops.status_interval AS up
                       WHERE up.subject = s.id AND up.status < 2 ORDER BY up.since DESC LIMIT 1) END
                   ) AS passed_at
            FROM koda_ops.subject AS s
            WHERE class = 'integration' AND is_active AND verified_at IS NOT NULL
            ORDER BY status = 2 DESC, id LIMIT 200
            """;

    /** As the store numbers them: pass, warn, fail. */
    private static final int FAIL = 2;

    private static final int LONGEST = 64;

    private final List<Sample> standing = new ArrayList<>();
    private final List<Sample> rotated = new ArrayList<>();
    private final List<Sample> passed = new ArrayList<>();

    IntegrationFigures(RowSet<Row> rows) {
        rows.forEach(this::add);
    }

    private void add(Row row) {
        var name = label(row.getString("id"));
        int status = row.getInteger("status");
        if (row.getBoolean("is_known") && status <= FAIL) {
            standing.add(sample(FAIL - status, name));
        }
        rotated.add(sample(row.getBoolean("is_rotated") ? 1 : 0, name));
        var passedAt = row.getDouble("passed_at");
        if (passedAt != null) {
            passed.add(sample(passedAt, name));
        }
    }

    /** An id as a word: {@code provider.key[openai]} is {@code provider.key:openai}. */
    static String label(String id) {
        var word = id.replace('[', ':').replace("]", "").replaceAll("[^A-Za-z0-9_.:/-]", "_");
        return word.length() > LONGEST ? word.substring(0, LONGEST) : word;
    }

    void publish(StateSamples samples) {
        samples.publish("koda_integration_status", standing);
        samples.publish("koda_integration_failing_after_rotation", rotated);
        samples.publish("koda_integration_last_success_timestamp_seconds", passed);
    }
}
