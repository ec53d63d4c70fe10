package dev.koda.dashboard.store;

import dev.koda.dashboard.store.StoreException.Kind;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema up to this software's version. Several processes may do so at once: the first step makes the leases,
 * every later one is applied under the lease of the migrations, in a transaction of its own.
 */
public final class Migrator {
    private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);

    private static final String IS_THERE = "SELECT to_regclass('koda_ops.schema_migration') IS NOT NULL AS there";
    private static final String APPLIED = "SELECT version, digest FROM koda_ops.schema_migration";
    private static final String NOTE =
            "INSERT INTO koda_ops.schema_migration (version, name, digest) VALUES ($1, $2, $3)";
    private static final String LEASE = "migrations";
    private static final Duration HELD = Duration.ofSeconds(30);

    private final OperationsStore store;
    private final Leases leases;
    private final String holder;
    private final List<Migration> migrations;

    Migrator(OperationsStore store, String holder, List<Migration> migrations) {
        this.store = store;
        this.holder = holder;
        this.migrations = List.copyOf(migrations);
        leases = Leases.in(store);
    }

    /**
     * The migrations of this software.
     *
     * @param holder the name of this process among those that share the store
     */
    public static Migrator of(OperationsStore store, String holder) {
        return new Migrator(store, holder, Migrations.all());
    }

    /**
     * Applies what is missing.
     *
     * @return fails with a {@link StoreException}: {@code FENCED} if another process migrates just now, and whoever
     *     waits may try again; {@code FORBIDDEN} if the role may not; {@code REFUSED} if an applied step is not ours
     */
    public Future<Void> migrate() {
        return store.query(IS_THERE)
                .compose(rows -> rows.iterator().next().getBoolean("there") ? Future.succeededFuture() : begin())
                .compose(ignored -> applied())
                .compose(this::applyMissing);
    }

    private Future<Map<Integer, String>> applied() {
        return store.query(APPLIED).map(rows -> {
            var applied = new HashMap<Integer, String>();
            rows.forEach(row -> applied.put(row.getInteger("version"), row.getString("digest")));
            return applied;
        });
    }

    /** The schema and its first step. Whoever comes second finds them made, in the end. */
    private Future<Void> begin() {
        var first = migrations.get(0);
        return store.transaction(connection -> connection
                        .query("CREATE SCHEMA IF NOT EXISTS koda_ops")
                        .execute()
                        .compose(ignored -> apply(connection, first)))
                .recover(failure -> isSecond(failure) ? Future.succeededFuture() : Future.failedFuture(failure));
    }

    /** duplicate_schema, duplicate_table, and the unique keys of the catalogue under a race. */
    private static boolean isSecond(Throwable failure) {
        return failure instanceof StoreException refused
                && (refused.kind() == Kind.DUPLICATE
                        || "42P06".equals(refused.sqlState())
                        || "42P07".equals(refused.sqlState()));
    }

    private Future<Void> applyMissing(Map<Integer, String> applied) {
        for (var migration : migrations) {
            var digest = applied.get(migration.version());
            if (digest != null && !digest.equals(migration.digest())) {
                return Future.failedFuture(new StoreException(
                        Kind.REFUSED,
                        "the step " + migration + " of the operations store is not the one of this software",
                        null,
                        null));
            }
        }
        return missing(applied).isEmpty() ? Future.succeededFuture() : applyUnderLease();
    }

    private List<Migration> missing(Map<Integer, String> applied) {
        return migrations.stream()
                .filter(migration -> !applied.containsKey(migration.version()))
                .toList();
    }

    /** What is missing is looked at again: whoever had the lease before may have applied it since. */
    private Future<Void> applyUnderLease() {
        return leases.take(LEASE, holder, HELD).compose(taken -> {
            if (taken.isEmpty()) {
                return Future.failedFuture(StoreException.fenced(LEASE));
            }
            var lease = taken.get();
            return applied()
                    .compose(applied -> applyAll(missing(applied), lease))
                    .eventually(() -> leases.release(lease));
        });
    }

    private Future<Void> applyAll(List<Migration> missing, Lease lease) {
        Future<Void> all = Future.succeededFuture();
        for (var migration : missing) {
            all = all.compose(ignored -> store.transaction(
                    connection -> leases.fence(connection, lease).compose(held -> apply(connection, migration))));
        }
        return all;
    }

    private static Future<Void> apply(SqlConnection connection, Migration migration) {
        return connection
                .query(migration.sql())
                .execute()
                .compose(ignored -> connection
                        .preparedQuery(NOTE)
                        .execute(Tuple.of(migration.version(), migration.name(), migration.digest())))
                .onSuccess(done -> LOG.atInfo()
                        .addKeyValue("event", "store.migrated")
                        .addKeyValue("step", migration.toString())
                        .log("operations store: applied {}", migration))
                .mapEmpty();
    }
}
