package dev.koda.server;

import dev.koda.checks.Reason;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.notify.Notifications;
import dev.koda.checks.runtime.EventLoopLag;
import dev.koda.checks.runtime.Loops;
import dev.koda.checks.runtime.RuntimeGate;
import dev.koda.checks.stack.InProcess;
import dev.koda.checks.vertx.VertxTime;
import dev.koda.dashboard.Operations;
import dev.koda.dashboard.OperationsOptions;
import dev.koda.dashboard.Watched;
import dev.koda.dashboard.sessions.SessionOptions;
import dev.koda.server.collectors.StateCollectors;
import dev.koda.server.logging.CheckLog;
import dev.koda.server.logging.NoticeLog;
import dev.koda.server.metrics.ServerMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server: starts the engine, answers probes from its snapshot, serves metrics, documentation and the operations API,
 * and ends in order. One verticle, one event loop.
 *
 * <p>Give it a Vert.x of its own: checks that hang on theirs, and a worker pool that they have filled, then cost a probe
 * nothing.
 */
public final class KodaServer extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(KodaServer.class);

    /** What is left of {@code exitWithin} to close clients and files when the last request has been cut. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /** The first probes come before what is only remembered. */
    private static final Duration STORE_LATER = Duration.ofSeconds(1);

    private final ServerOptions options;
    private final TimeSource time;
    private final ServerChecks checks;
    private final RuntimeGate gate = RuntimeGate.closed();
    private final Loops loops;
    private final AtomicBoolean isDraining = new AtomicBoolean();
    private final Promise<Void> drained = Promise.promise();
    private volatile @Nullable Running running;

    /** What exists between start and stop. */
    private record Running(
            CheckEngine engine,
            Operations operations,
            Notifications notifications,
            ServerMetrics metrics,
            EventLoopLag lag,
            HttpServer http) {
        void release() {
            notifications.close();
            operations.close();
            engine.close();
            lag.close();
            metrics.close();
        }
    }

    private KodaServer(ServerOptions options, TimeSource time, ServerChecks checks) {
        this.options = Objects.requireNonNull(options, "options");
        this.time = Objects.requireNonNull(time, "time");
        this.checks = Objects.requireNonNull(checks, "checks");
        loops = Loops.of(time);
    }

    /**
     * A server that is not deployed yet.
     *
     * @param time for the engine and the meters; the event loop's own timers are Vert.x's
     * @param checks what to check
     */
    public static KodaServer of(ServerOptions options, TimeSource time, ServerChecks checks) {
        return new KodaServer(options, time, checks);
    }

    /**
     * Listens, and then starts the checks.
     *
     * @return fails with a {@link BootException} if the address cannot be bound, and leaves nothing behind then
     * @throws IllegalArgumentException if the checks that are declared do not fit together, or none is in the suite
     *     readiness; nothing is left behind then
     */
    @Override
    public Future<?> start() {
        var metrics = ServerMetrics.of(options.service(), time, options.showsPlatform());
        var lag = EventLoopLag.start(VertxTime.of(vertx));
        metrics.observe(lag);
        var watched = Watched.nothing(time);
        var notifications = Notifications.none(time);
        var engine = declared(metrics, lag, watched, notifications);
        var now = new Running(
                engine,
                operations(engine, watched, metrics, notifications),
                notifications,
                metrics,
                lag,
                vertx.createHttpServer(HttpLimits.options(options)));
        try {
            open(now);
        } catch (RuntimeException e) {
            now.release();
            throw e;
        }
        running = now;
        return now.http()
                .listen()
                .onSuccess(listening -> opened(now))
                .recover(failure -> BindFailure.explain(vertx, options, failure))
                .onFailure(failure -> now.release());
    }

    private CheckEngine declared(
            ServerMetrics metrics, EventLoopLag lag, Watched watched, Notifications notifications) {
        var builder = CheckEngine.builder()
                .time(time)
                .service(options.service())
                .listener(metrics.checks())
                .listener(new CheckLog())
                .listener(watched.doctor());
        try {
            gate.open();
            checks.declare(
                    builder,
                    new InProcess(
                            gate,
                            loops,
                            lag,
                            watched.heartbeats(),
                            watched.integrations(),
                            notifications,
                            watched.refused()));
            return builder.build();
        } catch (RuntimeException e) {
            lag.close();
            metrics.close();
            throw e;
        }
    }

    private Operations operations(
            CheckEngine engine, Watched watched, ServerMetrics metrics, Notifications notifications) {
        var login = options.login();
        var access = new SessionOptions(options.tokens(), login.secret(), options.proxies()::senderOf, login.origins())
                .rates(options.rates());
        var duties = new ArrayList<>(
                StateCollectors.of(vertx, options.state(), metrics.catalog().state(), time));
        if (notifications.size() > 0) {
            duties.add(new NoticeDuty(notifications));
        }
        var surface = OperationsOptions.of(access, time)
                .cursors(options.cursors())
                .state(options.state())
                .watched(watched)
                .figures(metrics.catalog().state())
                .duties(duties);
        return Operations.of(vertx, engine, surface);
    }

    private void open(Running now) {
        if (now.engine().checks(Suite.READINESS).isEmpty()) {
            throw new IllegalArgumentException("no check is in the suite readiness, which the server's probe answers"
                    + " from; declare one, such as those of RuntimeChecks.inProcess");
        }
        now.metrics().checks().show(now.engine(), Suite.LIVENESS, Suite.READINESS, Suite.DOCTOR);
        var router = new Routes(options, now.operations(), now.metrics()).router(vertx);
        new Entrance(
                        Probes.of(now.engine(), options),
                        router,
                        now.metrics().http(),
                        Connections.of(vertx, time),
                        now.operations().refusals(),
                        new DateHeader(time))
                .open(now.http());
    }

    /** The checks begin when they can reach us too: the doctor asks our own readiness. */
    private void opened(Running now) {
        if (now.operations().hasStore()) {
            now.notifications().share();
        }
        now.notifications().start(now.engine(), options.service(), new NoticeLog());
        now.engine().schedule();
        if (now.operations().hasStore()) {
            vertx.setTimer(STORE_LATER.toMillis(), passed -> beginStore(now));
        } else {
            now.operations().begin();
        }
        LOG.atInfo()
                .addKeyValue("event", "server.listening")
                .addKeyValue("host", options.host())
                .addKeyValue("port", port())
                .addKeyValue("proxies", options.proxies().toString())
                .addKeyValue("metrics", new MetricsAccess(options.tokens()).toString())
                .log("listening on {}:{}; metrics for {}", options.host(), port(), new MetricsAccess(options.tokens()));
    }

    private void beginStore(Running now) {
        if (now.equals(running) && !isDraining.get()) {
            now.operations().begin();
        }
    }

    /** Stops at once: requests that are being answered are cut. {@link #drain()} first to end in order. */
    @Override
    public Future<?> stop() {
        var now = running;
        if (now == null) {
            return Future.succeededFuture();
        }
        running = null;
        return now.http().close().eventually(now.operations()::stop).eventually(() -> {
            now.release();
            return Future.succeededFuture();
        });
    }

    /**
     * Ends in order: readiness says 503 from this moment on, everything is served for the drain delay, then no connection
     * is taken any more and what is being answered is finished. May be called from any thread and twice.
     *
     * @return completes when the last request has ended, or {@code exitWithin} less a second after the call
     */
    public Future<Void> drain() {
        var now = running;
        if (now == null) {
            return Future.succeededFuture();
        }
        if (isDraining.compareAndSet(false, true)) {
            now.engine().drain();
            now.operations().noteDrain();
            gate.refuse(Reason.DRAINING.code());
            LOG.atInfo().addKeyValue("event", "server.draining").log("draining: readiness fails from now on");
            time.schedule(options.drainDelay(), () -> finish(now));
        }
        return drained.future();
    }

    /** Streams have no end of their own, and another server can take over what this one has begun. */
    private void finish(Running now) {
        var left = options.exitWithin().minus(options.drainDelay()).minus(MARGIN);
        context.runOnContext(ignored -> now.operations().drain());
        now.http().shutdown(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS).onComplete(drained);
    }

    /** The engine; only between start and stop. */
    public CheckEngine engine() {
        return now().engine();
    }

    /**
     * What {@code /metrics} shows: an application registers its own meters here; only between start and stop. A collector
     * that throws is left out of the scrape, logged and counted. It is asked on a worker thread and must not wait.
     */
    public PrometheusRegistry registry() {
        return now().metrics().registry();
    }

    /** Whether the server takes work: open from the start, unless {@link ServerChecks#declare} refuses. */
    public RuntimeGate gate() {
        return gate;
    }

    /** Where background loops of the process register. */
    public Loops loops() {
        return loops;
    }

    /** The port it listens on; only between start and stop. */
    public int port() {
        return now().http().actualPort();
    }

    private Running now() {
        var now = running;
        if (now == null) {
            throw new IllegalStateException("the server does not run");
        }
        return now;
    }
}
