package dev.koda.dashboard.heartbeat;

import dev.koda.checks.CheckId;
import dev.koda.checks.TimeSource;
import dev.koda.checks.heartbeat.Heartbeat;
import dev.koda.checks.heartbeat.Heartbeats;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** The last of each, in the store: so what one server hears, all know. Thread-safe. */
final class HeartbeatTable implements Heartbeats.Keeper {
    private static final String READ = "SELECT declared_at, heard_at, exit_code FROM koda_ops.heartbeat WHERE id = $1";

    private static final String DECLARE =
            "INSERT INTO koda_ops.heartbeat (id, declared_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";

    /** Requests may overtake one another; the latest counts. */
    private static final String HEAR = """
            INSERT INTO koda_ops.heartbeat AS h (id, declared_at, heard_at, exit_code, source)
            VALUES ($1, $2, $2, $3, $4)
            ON CONFLICT (id) DO UPDATE
            SET heard_at = excluded.heard_at, exit_code = excluded.exit_code, source = excluded.source
            WHERE h.heard_at IS NULL OR h.heard_at <= excluded.heard_at
            """;

    private final OperationsStore store;
    private final TimeSource time;

    HeartbeatTable(OperationsStore store, TimeSource time) {
        this.store = store;
        this.time = time;
    }

    @Override
    public CompletionStage<Heartbeat> of(CheckId id) {
        return store.query(READ, Tuple.of(id.toString()))
                .compose(rows -> rows.size() > 0
                        ? Future.succeededFuture(heartbeat(rows.iterator().next()))
                        : declare(id))
                .toCompletionStage();
    }

    private Future<Heartbeat> declare(CheckId id) {
        var now = time.now();
        return store.query(DECLARE, Tuple.of(id.toString(), utc(now))).map(done -> new Heartbeat(now, null));
    }

    private static Heartbeat heartbeat(Row row) {
        var declared =
                Objects.requireNonNull(row.getOffsetDateTime("declared_at")).toInstant();
        var heard = row.getOffsetDateTime("heard_at");
        return new Heartbeat(
                declared, heard == null ? null : new Heartbeat.Beat(heard.toInstant(), row.getInteger("exit_code")));
    }

    /**
     * Keeps one that was just heard.
     *
     * @param source the address that it came from
     */
    Future<Void> hear(CheckId id, int exit, String source) {
        return store.query(HEAR, Tuple.of(id.toString(), utc(time.now()), exit, source))
                .mapEmpty();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
