package dev.koda.benchmarks;

import static dev.koda.benchmarks.HistorySpeed.await;

import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.store.StoreOptions;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * How fast an event is with those who watch, also while others hold transactions open, what many watchers cost, and how
 * many events a second are sealed. On a Postgres of its own that writes to the disk. Prints Markdown.
 */
public final class AuditSpeed {
    private static final int BATCH = 500;
    private static final Duration FOREIGN = Duration.ofSeconds(30);

    private final EmbeddedPostgres postgres;
    private final MeasuredAudit audit;
    private final Duration length;

    private AuditSpeed(EmbeddedPostgres postgres, MeasuredAudit audit, Duration length) {
        this.postgres = postgres;
        this.audit = audit;
        this.length = length;
    }

    /**
     * Measures.
     *
     * @param arguments how many seconds each load lasts, 0 for none of them, and how many events are sealed
     */
    public static void main(String[] arguments) throws Exception {
        var length = Duration.ofSeconds(Long.parseLong(arguments[0]));
        int events = Integer.parseInt(arguments[1]);
        var directory = Files.createTempDirectory("audit-speed-");
        try (var postgres = postgres(directory);
                var audit = new MeasuredAudit(
                        StoreOptions.of("127.0.0.1", postgres.getPort(), "postgres", "postgres", () -> ""),
                        directory.resolve("operations"))) {
            var speed = new AuditSpeed(postgres, audit, length);
            if (!length.isZero()) {
                speed.latency();
                speed.crowd();
            }
            speed.ingest(events);
        }
    }

    private static EmbeddedPostgres postgres(Path directory) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("postgres"))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    private void latency() throws IOException, SQLException {
        System.out.println("| from the record to who watches | events | p50 | p99 | longest |\n|---|---|---|---|---|");
        try (var crowd = new StreamCrowd(audit.port(), audit::recordedNanos)) {
            crowd.enter(1);
            load(crowd, 1, 1_000, Duration.ofSeconds(10));
            print("1,000 events/s", load(crowd, 1, 1_000, length));
            try (var foreign = foreign()) {
                print("the same with a foreign transaction open for 30 s", load(crowd, 1, 1_000, FOREIGN));
                foreign.rollback();
            }
        }
    }

    /** What keeps old rows alive, and holds a row of the inbox and locks on both tables. */
    private Connection foreign() throws SQLException {
        var connection = postgres.getPostgresDatabase().getConnection();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT count(*) FROM koda_ops.audit_log");
            statement.execute("SELECT count(*) FROM koda_ops.audit_inbox");
            statement.execute("INSERT INTO koda_ops.audit_inbox (id, body) VALUES ('" + UUID.randomUUID() + "', '{}')");
        }
        return connection;
    }

    private long[] load(StreamCrowd crowd, int readers, int eachSecond, Duration time) {
        pause(Duration.ofSeconds(1));
        crowd.take();
        long due = (long) audit.record(eachSecond, time) * readers;
        long begun = System.nanoTime();
        while (crowd.count() < due
                && System.nanoTime() - begun < Duration.ofSeconds(60).toNanos()) {
            pause(Duration.ofMillis(20));
        }
        var nanos = crowd.take();
        if (nanos.length != due) {
            throw new IllegalStateException(due + " events were due, and " + nanos.length + " came");
        }
        return nanos;
    }

    private void crowd() throws IOException {
        System.out.println("\n| 200 events/s | events | p50 | p99 | longest |\n|---|---|---|---|---|");
        long before = used();
        try (var crowd = new StreamCrowd(audit.port(), audit::recordedNanos)) {
            crowd.enter(150);
            print("150 who watch", load(crowd, 150, 200, length));
            crowd.enterStalled(50);
            print("150 who watch, and 50 who do not read", load(crowd, 150, 200, length));
            System.out.printf(Locale.ROOT, "%nHeap of 200 streams: %.1f MiB%n", (used() - before) / 1048576.0);
        }
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
            pause(Duration.ofMillis(200));
        }
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private void ingest(int events) {
        System.out.println("\n| into the store | events/s |\n|---|---|");
        var store = audit.store();
        await(store.query("CREATE TABLE bench_inbox (LIKE koda_ops.audit_inbox INCLUDING ALL)"));
        await(store.query("CREATE TABLE bench_log (LIKE koda_ops.audit_log INCLUDING ALL)"));
        sealed(1);
        var body = await(store.query("SELECT body FROM koda_ops.audit_log ORDER BY seq DESC LIMIT 1"))
                .iterator()
                .next()
                .getString("body");
        for (int round = 0; round < 3; round++) {
            print(
                    "one by one, 6 at a time, a table like the inbox",
                    events / 10,
                    times(events / 10, 6, i -> one(store, body)));
            print("batches of 500, a table like the inbox", events, times(events / BATCH, 1, i -> batch(store, body)));
            print(
                    "batches of 500, a table like the log",
                    events,
                    times(events / BATCH, 1, i -> logBatch(store, body, i)));
            print("recorded and sealed", events, sealed(events));
            await(store.query("TRUNCATE bench_inbox, bench_log"));
        }
    }

    private static Future<?> one(OperationsStore store, String body) {
        return store.query("INSERT INTO bench_inbox (id, body) VALUES ($1, $2)", Tuple.of(UUID.randomUUID(), body));
    }

    private static Future<?> batch(OperationsStore store, String body) {
        var ids = new UUID[BATCH];
        var bodies = new String[BATCH];
        for (int i = 0; i < BATCH; i++) {
            ids[i] = UUID.randomUUID();
            bodies[i] = body;
        }
        return store.query(
                "INSERT INTO bench_inbox (id, body) SELECT id, body FROM unnest($1::uuid[], $2::text[]) AS a (id, body)",
                Tuple.tuple().addValue(ids).addValue(bodies));
    }

    private static Future<?> logBatch(OperationsStore store, String body, int number) {
        var ids = new UUID[BATCH];
        var seqs = new Long[BATCH];
        var bodies = new String[BATCH];
        for (int i = 0; i < BATCH; i++) {
            ids[i] = UUID.randomUUID();
            seqs[i] = (long) number * BATCH + i;
            bodies[i] = body;
        }
        return store.query(
                "INSERT INTO bench_log (seq, id, occurred_at, type, severity, actor, source, target, body,"
                        + " previous, hash) SELECT seq, id, now(), 'security.operator_login_failed', 2, 'user-7', '203.0.113.7',"
                        + " NULL, body, decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex')"
                        + " FROM unnest($1::bigint[], $2::uuid[], $3::text[]) AS a (seq, id, body)",
                Tuple.of(seqs, ids, bodies));
    }

    /** Runs so many, a few at a time; gives the nanoseconds that took. */
    private static long times(int count, int atOnce, IntFunction<Future<?>> work) {
        long begun = System.nanoTime();
        for (int i = 0; i < count; i += atOnce) {
            var some = new ArrayList<Future<?>>();
            for (int j = i; j < Math.min(count, i + atOnce); j++) {
                some.add(work.apply(j));
            }
            await(Future.all(some));
        }
        return System.nanoTime() - begun;
    }

    private long sealed(int events) {
        long head = head();
        long begun = System.nanoTime();
        for (int i = 0; i < events; i++) {
            audit.record();
        }
        while (head() < head + events) {
            pause(Duration.ofMillis(10));
        }
        return System.nanoTime() - begun;
    }

    private long head() {
        return await(audit.store().query("SELECT seq FROM koda_ops.audit_head"))
                .iterator()
                .next()
                .getLong("seq");
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    private static void print(String name, long[] sorted) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.0f ms | %.0f ms | %.0f ms |%n",
                name,
                sorted.length,
                quantile(sorted, 0.5),
                quantile(sorted, 0.99),
                quantile(sorted, 1));
    }

    private static double quantile(long[] sorted, double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1] / 1e6;
    }

    private static void print(String name, int events, long nanos) {
        System.out.printf(Locale.ROOT, "| %s | %.0f |%n", name, events * 1e9 / nanos);
    }
}
