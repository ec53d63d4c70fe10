package dev.koda.dashboard;

import static dev.koda.dashboard.store.OperationsDatabase.await;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Redactor;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.heartbeat.Heartbeats;
import dev.koda.checks.network.RefusedAddresses;
import dev.koda.checks.settings.Secret;
import dev.koda.checks.stack.Integration;
import dev.koda.checks.stack.Integrations;
import dev.koda.checks.testing.VirtualTime;
import dev.koda.dashboard.http.BearerTokens;
import dev.koda.dashboard.http.Operation;
import dev.koda.dashboard.http.PlainHttp;
import dev.koda.dashboard.http.Sender;
import dev.koda.dashboard.sessions.SessionOptions;
import dev.koda.dashboard.store.OperationsDatabase;
import dev.koda.dashboard.verification.DoctorFeed;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The whole surface over HTTP, on a real store and in a time of its own: with a check of the doctor, an integration whose
 * check says what is wanted, and a heartbeat.
 */
final class ServedOperations implements AutoCloseable {
    static final String TOKEN = "break-glass-token-4711-0815";
    static final String SECRET = "a-session-secret-that-nobody-can-guess-1";
    static final CheckId HEARTBEAT = CheckId.of("backup.nightly-copy");
    static final CheckId INTEGRATION = new CheckId("provider.key", "openai");

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final OperationsDatabase database;
    private final VirtualTime time = new VirtualTime();
    private final HttpClient client = PlainHttp.client();
    private final Context loop;
    private final CheckEngine engine;
    private final Operations operations;
    private final URI base;
    private List<Operation> all = List.of();
    private boolean isReplaced;

    /** What the surface tells of itself. */
    final RecordedFigures figures = new RecordedFigures();

    /** What the check of the integration says. */
    volatile Outcome outcome;

    ServedOperations(Path directory) {
        this(
                OperationsDatabase.migrated(),
                directory,
                Duration.ZERO,
                "sk-credential-of-the-integration",
                Outcome.pass("accepts the key").observed("status", 200, "status"));
    }

    /** The next start of this server, some minutes later and with another credential of the integration. */
    ServedOperations restarted(Path directory, String credential, Outcome outcome) {
        isReplaced = true;
        close();
        return new ServedOperations(database, directory, Duration.ofMinutes(5), credential, outcome);
    }

    private ServedOperations(
            OperationsDatabase database, Path directory, Duration ahead, String credential, Outcome outcome) {
        this.database = database;
        this.outcome = outcome;
        loop = database.vertx().getOrCreateContext();
        // What is kept is judged by the clock of the database.
        time.jumpWallClock(Duration.between(time.now(), Instant.now()).plus(ahead));
        var heartbeats = Heartbeats.none();
        var feed = DoctorFeed.of(time);
        engine = CheckEngine.builder()
                .time(time)
                .listener(feed)
                .check(CheckSpec.of("disk.space")
                        .in(Suite.DOCTOR)
                        .run(context -> CompletableFuture.completedFuture(
                                Outcome.warn("8 percent free").observed("free", 8, "percent"))))
                .check(CheckSpec.of(HEARTBEAT.name())
                        .in(Suite.DOCTOR)
                        .run(heartbeats.expect(HEARTBEAT, Duration.ofHours(24), Duration.ofHours(2), time)))
                .check(CheckSpec.of(INTEGRATION.name())
                        .instance("openai")
                        .in(Suite.DOCTOR)
                        .run(context -> CompletableFuture.completedFuture(this.outcome)))
                .build();
        var integrations = Integrations.none();
        integrations.add(new Integration(
                INTEGRATION,
                "provider",
                "openai",
                "settings",
                Duration.ofHours(1),
                Secret.of(credential),
                "provider openai"));
        var access =
                new SessionOptions(BearerTokens.ofList(TOKEN), Secret.of(SECRET), request -> Sender.local(), Set.of());
        var state = StateOptions.of(database.options(), directory, "node-1", Redactor.byShape())
                .fingerprintKey(Secret.of("fingerprint-key"));
        var options = OperationsOptions.of(access, time)
                .state(state)
                .watched(new Watched(integrations, heartbeats, feed, RefusedAddresses.none()))
                .figures(figures);
        operations = await(onLoop(() -> Operations.of(database.vertx(), engine, options)));
        base = URI.create("http://127.0.0.1:" + await(onLoop(this::listen).compose(port -> port)) + "/api/operations");
    }

    private Future<Integer> listen() {
        var vertx = database.vertx();
        // Before the router, because streams of the last list alone are ended by a drain.
        all = operations.operations();
        var root = Router.router(vertx);
        root.route(Operations.PATH).subRouter(operations.router(vertx));
        operations.begin();
        return vertx.createHttpServer()
                .requestHandler(root)
                .listen(0, "127.0.0.1")
                .map(server -> server.actualPort());
    }

    private <T> Future<T> onLoop(Supplier<T> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(now -> done.complete(work.get()));
        return done.future();
    }

    /** All that is served. */
    List<Operation> operations() {
        return all;
    }

    /** On the event loop, step by step, so that what is begun in one is there in the next. */
    void letPass(Duration length) {
        for (long second = 0; second < length.toSeconds(); second++) {
            step(Duration.ofSeconds(1));
        }
    }

    private void step(Duration length) {
        await(onLoop(() -> {
            time.advance(length);
            return length;
        }));
    }

    /** The answer to a request, whose body is JSON unless a header says otherwise. */
    <T> HttpResponse<T> ask(
            String method, String path, String body, HttpResponse.BodyHandler<T> handler, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        var answer = client.sendAsync(request.build(), handler);
        while (!answer.isDone()) {
            // Checks are begun on the executor of the time.
            step(Duration.ZERO);
            LockSupport.parkNanos(2_000_000);
        }
        return answer.join();
    }

    /** The surface takes its leave; requests are still answered. */
    void drain() {
        await(onLoop(operations::drain).compose(done -> done));
    }

    @Override
    public void close() {
        await(operations.stop());
        engine.close();
        if (!isReplaced) {
            database.close();
        }
    }
}
