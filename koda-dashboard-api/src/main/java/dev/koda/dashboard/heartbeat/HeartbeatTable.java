package dev.koda.dashboard.heartbeat;

import dev.koda.checks.CheckId;
import dev.koda.checks.heartbeat.Heartbeat;
import dev.koda.checks.heartbeat.Heartbeats;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The last of each, in the store: so what one server hears, all know. Thread-safe. */
final class HeartbeatTable implements Heartbeats.Keeper {
    private static final String READ = "SELECT declared_at, heard_at, exit_code FROM koda_ops.heartbeat WHERE id = $1";

    private static final String DECLARE =
            "INSERT INTO koda_ops.heartbeat (id, declared_at) VALUES ($1, clock_timestamp()) ON CONFLICT (id) DO NOTHING";

    /**
     * Requests may overtake one another; the latest counts, by the clock of the database. A time that lies ahead comes from
     * another clock and holds nothing off.
     */
    private static final String HEAR = """
            INSERT INTO koda_ops.heartbeat AS h (id, declared_at, heard_at, exit_code, source)
            VALUES ($1, clock_timestamp(), clock_timestamp(), $2, $3)
            ON CONFLICT (id) DO UPDATE
            SET heard_at = excluded.heard_at, exit_code = excluded.exit_code, source = excluded.source
            WHERE h.heard_at IS NULL OR h.heard_at <= excluded.heard_at
               OR h.heard_at > clock_timestamp() + interval '1 minute'
            """;

    private final OperationsStore store;

    HeartbeatTable(OperationsStore store) {
        this.store = store;
    }

    @Override
    public CompletionStage<Heartbeat> of(CheckId id) {
        return read(id).compose(known -> known.map(Future::succeededFuture).orElseGet(() -> declare(id)))
                .toCompletionStage();
    }

    private Future<Optional<Heartbeat>> read(CheckId id) {
        return store.query(READ, Tuple.of(id.toString()))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(heartbeat(rows.iterator().next())));
    }

    private Future<Heartbeat> declare(CheckId id) {
        return store.query(DECLARE, Tuple.of(id.toString()))
                .compose(done -> read(id))
                .map(Optional::orElseThrow);
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
        return store.query(HEAR, Tuple.of(id.toString(), exit, source)).mapEmpty();
    }
}
