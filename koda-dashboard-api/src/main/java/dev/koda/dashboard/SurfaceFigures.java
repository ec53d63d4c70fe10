package dev.koda.dashboard;

import static dev.koda.checks.meters.StateSamples.sample;

import dev.koda.checks.TimeSource;
import dev.koda.checks.meters.StateSamples;
import dev.koda.checks.meters.StateSamples.Sample;
import dev.koda.dashboard.audit.Audit;
import dev.koda.dashboard.sessions.Sessions;
import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.verification.VerificationHistory;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the numbers of the operations surface, every ten seconds: what this process knows, and what the store says.
 * What the store does not say any more is not shown any more. For one event loop.
 */
final class SurfaceFigures {
    static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final List<String> OF_THE_STORE = List.of(
            "koda_audit_head_seq",
            "koda_audit_inbox_rows",
            "koda_audit_seal_lag_seconds",
            "koda_storms_active",
            "koda_integration_status",
            "koda_integration_failing_after_rotation",
            "koda_integration_last_success_timestamp_seconds");

    /** A long queue is counted to its hundred thousandth event; its age is told exactly. */
    private static final String AUDIT = """
            SELECT (SELECT seq FROM koda_ops.audit_head) AS head,
                   (SELECT count(*) FROM (SELECT 1 FROM koda_ops.audit_inbox LIMIT 100000) AS waiting) AS waiting,
                   (SELECT coalesce(date_part('epoch', clock_timestamp() - min(received_at)), 0)
                    FROM koda_ops.audit_inbox) AS lag
            """;

    private static final String STORMS =
            "SELECT kind, count(*) AS storms FROM koda_ops.audit_storm WHERE ended_at IS NULL GROUP BY kind";

    private final OperationsStore store;
    private final StateSamples samples;
    private final Audit audit;
    private final Sessions sessions;
    private final VerificationHistory verification;
    private final TimeSource time;
    private final Context context;
    private boolean isClosed;
    private TimeSource.@Nullable Timer timer;

    SurfaceFigures(
            OperationsStore store,
            StateSamples samples,
            Audit audit,
            Sessions sessions,
            VerificationHistory verification,
            TimeSource time,
            Context context) {
        this.store = store;
        this.samples = samples;
        this.audit = audit;
        this.sessions = sessions;
        this.verification = verification;
        this.time = time;
        this.context = context;
    }

    /** Publishes now, and again until {@link #close}. */
    void begin() {
        tell();
        (store.isAbsent() ? Future.<Void>succeededFuture() : ask()).onComplete(done -> {
            if (!isClosed) {
                timer = time.schedule(INTERVAL, () -> context.runOnContext(due -> again()));
            }
        });
    }

    private void again() {
        if (!isClosed) {
            begin();
        }
    }

    void close() {
        isClosed = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    /** What is known without asking. */
    private void tell() {
        var figures = audit.figures();
        var events = new ArrayList<Sample>();
        figures.events().forEach((kind, count) -> events.add(sample(count, kind.type(), kind.severity())));
        samples.publish("koda_security_events_total", events);
        var verified = new ArrayList<Sample>();
        verification
                .made()
                .forEach((kind, count) ->
                        verified.add(sample(count, IntegrationFigures.label(kind.integration()), kind.status())));
        samples.publish("koda_integration_verifications_total", verified);
        publish("koda_audit_spooled_events", (double) figures.spooled());
        publish("koda_audit_write_failures_total", (double) figures.writeFailures());
        publish("koda_stream_clients", figures.streams());
        publish("koda_auth_lockouts_active", sessions.lockouts());
    }

    private void publish(String metric, double value) {
        samples.publish(metric, List.of(sample(value)));
    }

    private Future<Void> ask() {
        return store.query(AUDIT)
                .onSuccess(this::audit)
                .compose(known -> store.query(STORMS))
                .onSuccess(this::storms)
                .compose(known -> store.query(IntegrationFigures.SQL))
                .onSuccess(rows -> new IntegrationFigures(rows).publish(samples))
                .onSuccess(known -> publish("koda_operations_store_up", 1))
                .onFailure(unknown -> forget())
                .mapEmpty();
    }

    private void forget() {
        publish("koda_operations_store_up", 0);
        OF_THE_STORE.forEach(samples::clear);
    }

    private void audit(RowSet<Row> rows) {
        var row = rows.iterator().next();
        publish("koda_audit_head_seq", row.getLong("head"));
        publish("koda_audit_inbox_rows", row.getLong("waiting"));
        publish("koda_audit_seal_lag_seconds", Math.max(0, row.getDouble("lag")));
    }

    private void storms(RowSet<Row> rows) {
        var active = new ArrayList<Sample>();
        Audit.stormKinds().forEach(kind -> active.add(sample(0, kind)));
        rows.forEach(row -> active.add(sample(row.getLong("storms"), row.getString("kind"))));
        samples.publish("koda_storms_active", active);
    }
}
