package dev.koda.dashboard.verification;

import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of what results are of. */
final class Subjects {
    private static final String DECLARE = """
            INSERT INTO koda_ops.subject AS s (id, class, kind, name, origin, every_ms)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
            ON CONFLICT (id) DO UPDATE
            SET kind = excluded.kind, name = excluded.name, origin = excluded.origin, every_ms = excluded.every_ms,
                is_active = true
            WHERE NOT s.is_active
               OR (s.kind, s.name, s.origin, s.every_ms)
                  <> (excluded.kind, excluded.name, excluded.origin, excluded.every_ms)
            """;

    private static final String RETIRE = """
            WITH retired AS (
                UPDATE koda_ops.subject SET is_active = false, incident_at = NULL, incident_failures = NULL
                WHERE class = $1 AND ($2::text IS NULL OR origin = $2) AND NOT id = ANY ($3::text[])
                  AND (is_active OR incident_at IS NOT NULL)
                RETURNING id)
            UPDATE koda_ops.incident SET closed_at = greatest(opened_at, clock_timestamp())
            WHERE closed_at IS NULL AND subject IN (SELECT id FROM retired)
            """;

    /** In the order of the ids, so that two writers never wait for each other. */
    private static final String LOCK = """
            SELECT id, verified_at, status, since, until, interval_reason, runs, reason, message, fingerprint,
                   fingerprint_key, revision, incident_at, incident_failures,
                   coalesce(verified_at > clock_timestamp() + interval '1 minute', false) AS is_ahead
            FROM koda_ops.subject WHERE id = ANY ($1::text[]) ORDER BY id FOR UPDATE
            """;

    private static final String LAST = "SELECT id, verified_at FROM koda_ops.subject WHERE id = ANY ($1::text[])";

    private static final String MOVE = """
            UPDATE koda_ops.subject AS s
            SET verified_at = n.verified_at, status = n.status, since = n.since, until = n.until,
                interval_reason = n.interval_reason, runs = n.runs, reason = n.reason, message = n.message,
                fingerprint = n.fingerprint, fingerprint_key = n.fingerprint_key, revision = n.revision,
                incident_at = n.incident_at, incident_failures = n.incident_failures
            FROM unnest($1::text[], $2::timestamptz[], $3::integer[], $4::timestamptz[], $5::timestamptz[], $6::text[],
                        $7::integer[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
                        $13::timestamptz[], $14::integer[])
                 AS n (id, verified_at, status, since, until, interval_reason, runs, reason, message, fingerprint,
                       fingerprint_key, revision, incident_at, incident_failures)
            WHERE s.id = n.id
            """;

    private final OperationsStore store;

    Subjects(OperationsStore store) {
        this.store = store;
    }

    /** Makes sure that there is a row for each. */
    Future<Void> declare(Collection<Subject> subjects) {
        return store.query(DECLARE, rows(List.copyOf(subjects))).mapEmpty();
    }

    private static Tuple rows(List<Subject> subjects) {
        return Tuple.from(new Object[] {
            Columns.of(subjects, Subject::id, String[]::new),
            Columns.of(subjects, subject -> subject.type().toString(), String[]::new),
            Columns.of(subjects, Subject::kind, String[]::new),
            Columns.of(subjects, Subject::name, String[]::new),
            Columns.of(subjects, Subject::origin, String[]::new),
            Columns.of(subjects, subject -> subject.every().toMillis(), Long[]::new)
        });
    }

    /**
     * Notes that all others of this type are declared no more, and closes their incidents; what is known about them stays.
     *
     * @param origin of which others; null for all
     */
    Future<Void> retireOthers(Subject.Type type, @Nullable String origin, Collection<String> ids) {
        return store.query(RETIRE, Tuple.of(type.toString(), origin, ids.toArray(String[]::new)))
                .mapEmpty();
    }

    /** When these began their last result; without those that have none. */
    Future<Map<String, Instant>> lastOf(Collection<String> ids) {
        return store.query(LAST, Tuple.of((Object) ids.toArray(String[]::new))).map(rows -> {
            var last = new HashMap<String, Instant>();
            for (var row : rows) {
                var at = row.getOffsetDateTime("verified_at");
                if (at != null) {
                    last.put(row.getString("id"), at.toInstant());
                }
            }
            return last;
        });
    }

    /** Where these stand; nobody else moves them until the transaction ends. Null values for those without a result. */
    static Future<Locked> lock(SqlConnection connection, Collection<String> ids) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of((Object) ids.toArray(String[]::new)))
                .map(Subjects::locked);
    }

    /**
     * What is locked.
     *
     * @param ahead those whose last result came from a server whose clock is ahead of the database's
     */
    record Locked(Map<String, @Nullable State> states, Set<String> ahead) {}

    private static Locked locked(RowSet<Row> rows) {
        var locked = new Locked(new HashMap<>(), new HashSet<>());
        for (var row : rows) {
            locked.states().put(row.getString("id"), state(row));
            if (row.getBoolean("is_ahead")) {
                locked.ahead().add(row.getString("id"));
            }
        }
        return locked;
    }

    /** Null if there is no result yet. */
    static @Nullable State state(Row row) {
        var verifiedAt = row.getOffsetDateTime("verified_at");
        if (verifiedAt == null) {
            return null;
        }
        var digits = row.getString("fingerprint");
        var incident = row.getOffsetDateTime("incident_at");
        return new State(
                verifiedAt.toInstant(),
                new Interval(
                        instant(row, "since"),
                        instant(row, "until"),
                        Standing.of(row.getInteger("status")),
                        row.getString("interval_reason"),
                        row.getInteger("runs")),
                row.getString("reason"),
                row.getString("message"),
                digits == null ? null : new Fingerprint(digits, row.getString("fingerprint_key")),
                row.getString("revision"),
                incident == null ? null : new State.Open(incident.toInstant(), row.getInteger("incident_failures")));
    }

    static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    /** Moves these to where they stand now. */
    static Future<Void> move(SqlConnection connection, Map<String, State> states) {
        var ids = states.keySet().toArray(String[]::new);
        var moved = List.copyOf(states.values());
        return connection
                .preparedQuery(MOVE)
                .execute(Tuple.from(new Object[] {
                    ids,
                    Columns.times(moved, State::verifiedAt),
                    Columns.of(moved, state -> state.interval().standing().number(), Integer[]::new),
                    Columns.times(moved, state -> state.interval().since()),
                    Columns.times(moved, state -> state.interval().until()),
                    Columns.of(moved, state -> state.interval().reason(), String[]::new),
                    Columns.of(moved, state -> state.interval().runs(), Integer[]::new),
                    Columns.of(moved, State::reason, String[]::new),
                    Columns.of(moved, State::message, String[]::new),
                    Columns.of(moved, Subjects::digits, String[]::new),
                    Columns.of(moved, Subjects::keyName, String[]::new),
                    Columns.of(moved, State::revision, String[]::new),
                    Columns.times(moved, Subjects::incidentAt),
                    Columns.of(moved, Subjects::failures, Integer[]::new)
                }))
                .mapEmpty();
    }

    private static @Nullable String digits(State state) {
        var credential = state.credential();
        return credential == null ? null : credential.digits();
    }

    private static @Nullable String keyName(State state) {
        var credential = state.credential();
        return credential == null ? null : credential.keyName();
    }

    private static @Nullable Instant incidentAt(State state) {
        var incident = state.incident();
        return incident == null ? null : incident.since();
    }

    private static @Nullable Integer failures(State state) {
        var incident = state.incident();
        return incident == null ? null : incident.failures();
    }
}
