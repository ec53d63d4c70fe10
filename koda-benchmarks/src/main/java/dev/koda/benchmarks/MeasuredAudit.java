package dev.koda.benchmarks;

import static dev.koda.benchmarks.HistorySpeed.await;

import dev.koda.checks.Redactor;
import dev.koda.checks.TimeSource;
import dev.koda.dashboard.audit.Audit;
import dev.koda.dashboard.audit.AuditEvent;
import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.audit.AuditOptions;
import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.Cursors;
import dev.koda.dashboard.http.Gate;
import dev.koda.dashboard.http.OperationRoutes;
import dev.koda.dashboard.http.Role;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.Migrator;
import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.store.StoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/** The audit part of a server, as a server has it, with its streams over HTTP, and events that know when they began. */
final class MeasuredAudit implements AutoCloseable {
    private static final int MOST = 1_000_000;
    private static final long STEP_NANOS = 10_000_000;

    private final Vertx vertx = Vertx.vertx();
    private final OperationsStore store;
    private final Audit audit;
    private final HttpServer http;
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicLongArray recorded = new AtomicLongArray(MOST);
    private int next;

    /** One that seals from now on. */
    MeasuredAudit(StoreOptions options, Path directory) {
        store = OperationsStore.of(vertx, options);
        await(Migrator.of(store, "benchmark").migrate());
        audit = Audit.stored(
                vertx,
                TimeSource.system(),
                store,
                new AuditOptions(
                        directory,
                        "node-1",
                        Redactor.byShape(),
                        Cursors.ofThisProcess(),
                        Duration.ofDays(90),
                        null,
                        null));
        Gate gate = (context, operation) -> Future.succeededFuture(new Caller(
                "benchmark", Role.ADMIN, Caller.Means.SESSION, Integer.toString(sessions.getAndIncrement() / 5)));
        http = await(serve(gate));
        audit.begin("benchmark", Leases.in(store));
    }

    /** On one event loop, as the streams demand. */
    private Future<HttpServer> serve(Gate gate) {
        var context = vertx.getOrCreateContext();
        Promise<HttpServer> promise = Promise.promise();
        context.runOnContext(now -> vertx.createHttpServer()
                .requestHandler(OperationRoutes.of(audit.operations(gate), gate).router(vertx))
                .listen(0, "127.0.0.1")
                .onComplete(promise));
        return promise.future();
    }

    int port() {
        return http.actualPort();
    }

    OperationsStore store() {
        return store;
    }

    /** When the event of this number was recorded, by {@link System#nanoTime}. */
    long recordedNanos(long number) {
        return recorded.get((int) number);
    }

    /** Records one; completes when it is stored. */
    Future<Void> record() {
        int number = next++;
        recorded.set(number, System.nanoTime());
        return audit.trail()
                .record(AuditEvent.of(AuditEventType.OPERATOR_LOGIN_FAILED)
                        .by("user-" + number % 100)
                        .from("203.0.113.7")
                        .because("bad_token")
                        .with("n", number));
    }

    /** Records so many a second, in steps of 10 ms, for as long; gives how many that were. */
    int record(int eachSecond, Duration length) {
        long begun = System.nanoTime();
        int count = 0;
        while (System.nanoTime() - begun < length.toNanos()) {
            long due = (System.nanoTime() - begun) * eachSecond / 1_000_000_000;
            for (; count < due; count++) {
                record();
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        return count;
    }

    @Override
    public void close() {
        await(audit.drain());
        await(audit.stop());
        store.close();
        await(vertx.close());
    }
}
