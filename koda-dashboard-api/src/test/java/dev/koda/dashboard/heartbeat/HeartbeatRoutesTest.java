package dev.koda.dashboard.heartbeat;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Query;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.heartbeat.HeartbeatToken;
import dev.koda.checks.heartbeat.Heartbeats;
import dev.koda.checks.settings.Secret;
import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.http.OperationRoutes;
import dev.koda.dashboard.http.PlainHttp;
import dev.koda.dashboard.http.Refusal;
import dev.koda.dashboard.http.Sender;
import dev.koda.dashboard.limits.ClientRates;
import dev.koda.dashboard.limits.RateLimits;
import dev.koda.dashboard.sessions.RecordedTrail;
import dev.koda.dashboard.store.OperationsDatabase;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over HTTP, with a real store, and the checks of two servers that share it. */
class HeartbeatRoutesTest {
    private static final String SECRET = "a-session-secret-that-nobody-can-guess-1";
    private static final CheckId ID = CheckId.of("backup.nightly-copy");

    private final HttpClient client = PlainHttp.client();
    private final RecordedTrail trail = new RecordedTrail();
    private OperationsDatabase database;
    private Server first;
    private Server second;

    /** One of the servers: its checks, and where it listens. */
    private final class Server implements AutoCloseable {
        private final OperationsStore store = database.store();
        private final Heartbeats heartbeats = Heartbeats.none();
        private final CheckEngine engine = CheckEngine.builder()
                .check(CheckSpec.of(ID.name())
                        .in(Suite.DOCTOR)
                        .run(heartbeats.expect(ID, Duration.ofHours(24), Duration.ofHours(2), TimeSource.system())))
                .build();
        private final String base;

        Server(@Nullable Secret secret) {
            var routes = HeartbeatRoutes.of(
                    heartbeats,
                    store,
                    secret,
                    request -> Sender.remote("203.0.113.7", true),
                    ClientRates.of(new RateLimits(1, 20), trail, TimeSource.system()));
            var router = OperationRoutes.of(
                            routes.operations(),
                            (context, operation) -> Future.failedFuture(Refusal.of(401, "nobody comes in here")))
                    .router(database.vertx());
            base = "http://127.0.0.1:"
                    + await(database.vertx()
                                    .createHttpServer()
                                    .requestHandler(router)
                                    .listen(0, "127.0.0.1"))
                            .actualPort();
        }

        String state() throws ExecutionException, InterruptedException, TimeoutException {
            var report = engine.run(Query.of(Suite.DOCTOR).anew())
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            var result = report.checks().get(0);
            return result.rawStatus() + " " + result.message();
        }

        @Override
        public void close() {
            engine.close();
            store.close();
        }
    }

    @BeforeEach
    void serve() {
        database = OperationsDatabase.migrated();
        first = new Server(Secret.of(SECRET));
        second = new Server(Secret.of(SECRET));
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
        database.close();
    }

    @Test
    void whatOneServerHearsAllOfThemKnow() throws Exception {
        assertThat(second.state()).startsWith("WARN not heard yet");

        assertThat(beat(first, "", token(ID)).statusCode()).isEqualTo(204);
        assertThat(second.state()).startsWith("PASS last heard");

        assertThat(beat(second, "/3", token(ID)).statusCode()).isEqualTo(204);
        assertThat(first.state()).contains("FAIL the run that ended").contains("failed with exit code 3");

        assertThat(beat(first, "/0", token(ID)).statusCode()).isEqualTo(204);
        assertThat(second.state()).startsWith("PASS last heard");
    }

    @Test
    void anOverdueOneFailsAndTheNextEndsThat() throws Exception {
        beat(first, "", token(ID));
        database.execute("UPDATE koda_ops.heartbeat SET heard_at = heard_at - interval '27 hours'");

        assertThat(first.state()).startsWith("FAIL last heard 27 h ago");
        beat(second, "", token(ID));
        assertThat(first.state()).startsWith("PASS");
    }

    @Test
    void aTimeThatLiesAheadHoldsNoBeatOff() throws Exception {
        beat(first, "", token(ID));
        database.execute("UPDATE koda_ops.heartbeat SET heard_at = heard_at + interval '1 hour'");

        beat(first, "/3", token(ID));

        assertThat(first.state()).contains("failed with exit code 3");
        assertThat(database.ask("SELECT heard_at <= clock_timestamp() FROM koda_ops.heartbeat"))
                .isEqualTo("t");
    }

    @Test
    void theTokenOfAnotherOpensNothing() throws Exception {
        assertProblem(beat(first, "", token(CheckId.of("backup.other"))), 401, null);
        assertProblem(beat(first, "", ""), 401, null);
        assertProblem(send(first.base + "/heartbeats/backup.other", token(CheckId.of("backup.other"))), 401, null);
        assertProblem(beat(first, "", HeartbeatToken.of("another secret", ID)), 401, null);
        assertThat(database.ask("SELECT count(*) FROM koda_ops.heartbeat WHERE heard_at IS NOT NULL"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/256", "/-1", "/ok", "/1e2", "/%F0%9F%98%80"})
    void anExitCodeThatIsNoneIsRefused(String exit) throws Exception {
        assertProblem(beat(first, exit, token(ID)), 400, null);
    }

    /** In real time, in which a token comes back every second. */
    @Test
    void strangersAreHeldOffAndTheHeartbeatIsHeardAllTheSame() throws Exception {
        int status = 401;
        for (int i = 0; i < 100 && status == 401; i++) {
            status = beat(first, "", "wrong").statusCode();
        }

        assertThat(status).isEqualTo(429);
        assertThat(beat(first, "", token(ID)).statusCode()).isEqualTo(204);
        assertThat(trail.events(AuditEventType.RATE_LIMITED)).isNotEmpty();
    }

    @Test
    void withoutASecretNothingIsHeard() throws Exception {
        try (var server = new Server(null)) {
            assertProblem(beat(server, "", token(ID)), 503, "heartbeats_not_configured");
        }
    }

    private static String token(CheckId id) {
        return HeartbeatToken.of(SECRET, id);
    }

    private HttpResponse<String> beat(Server server, String exit, String token) throws Exception {
        return send(server.base + "/heartbeats/" + ID + exit, token);
    }

    private HttpResponse<String> send(String url, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.noBody());
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void assertProblem(HttpResponse<String> answer, int status, @Nullable String reason) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        var told = new JsonObject(answer.body()).getString("reason");
        assertThat(told).matches(reason == null ? "[a-z][a-z0-9_]*" : reason);
        assertThat(answer.body()).doesNotContain("koda_hb_");
    }
}
