package dev.koda.dashboard.verification;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Suite;
import dev.koda.checks.network.HttpFetch;
import dev.koda.checks.provider.KodaVerifications;
import dev.koda.checks.testing.VirtualTime;
import dev.koda.dashboard.connections.KodaConnections;
import dev.koda.dashboard.connections.KodaTables;
import dev.koda.dashboard.store.Eventually;
import dev.koda.dashboard.store.OperationsDatabase;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.http.HttpClientAgent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is verified is what a real Koda schema says is connected, and follows it. */
class WatchlistTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String STARTS = "2026-01-01T00:00:00Z";

    private final VirtualTime time = new VirtualTime();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private OperationsDatabase database;
    private OperationsStore koda;
    private TestServer server;
    private int polls;

    @BeforeEach
    void open() {
        database = OperationsDatabase.migrated();
        koda = database.store();
        server = new TestServer(database, time, "node-1", 2, "sk-1", KodaConnections.in(koda, KodaTables.SCHEMA));
    }

    @AfterEach
    void close() {
        server.close();
        koda.close();
        database.close();
    }

    @Test
    void withoutTheTablesTheSettingsSayWhatIsVerified() {
        server.history.begin();

        Eventually.holds(LIMIT, () -> active().equals("provider.key[0],provider.key[1]"));
    }

    @Test
    void withThemTheyDoAndWhatChangesInKodaIsFollowed() {
        var tables = KodaTables.in(database);
        tables.provider("claude", "api_key", true, "", STARTS);
        tables.connection("core:git", true);
        server.history.begin();
        Eventually.holds(LIMIT, () -> active().equals("koda.connection[core:git],provider.key[claude]"));

        tables.provider("groq", "api_key", false, "HTTP 401: no", "");
        tables.change("DELETE FROM knowledge_v2.cp_connection_defaults");
        Eventually.holds(LIMIT, () -> passes() && active().equals("provider.key[claude],provider.key[groq]"));

        Eventually.holds(LIMIT, () -> passes() && state("provider.key[claude]").equals("0"));
        Eventually.holds(LIMIT, () -> passes() && state("provider.key[groq]").equals("2 key_rejected"));
        assertThat(database.ask("SELECT origin || ' ' || name FROM koda_ops.subject WHERE id = 'provider.key[groq]'"))
                .isEqualTo("koda groq");
    }

    @Test
    void withoutTheTablesAgainTheSettingsSayItAgain() {
        var tables = KodaTables.in(database);
        tables.provider("claude", "api_key", true, "", STARTS);
        server.history.begin();
        Eventually.holds(LIMIT, () -> active().equals("provider.key[claude]"));

        tables.change("DROP SCHEMA knowledge_v2 CASCADE");

        Eventually.holds(LIMIT, () -> passes() && active().equals("provider.key[0],provider.key[1]"));
    }

    @Test
    void whatWasConnectedStaysKnownWhileKodaDoesNotAnswer() {
        KodaTables.in(database).provider("claude", "api_key", true, "", STARTS);
        server.history.begin();
        Eventually.holds(LIMIT, () -> active().equals("provider.key[claude]"));

        koda.close();
        for (int i = 0; i < 100; i++) {
            passes();
        }

        assertThat(active()).isEqualTo("provider.key[claude]");
    }

    @Test
    void aControlPlaneThatCanBeAskedIsToldToVerify() {
        KodaTables.in(database).provider("claude", "api_key", false, "", "");
        server.declared.verifiedBy(controlPlane());
        server.history.begin();

        Eventually.holds(
                LIMIT, () -> passesSlowly() && state("provider.key[claude]").equals("0"));
        assertThat(asked).contains("/api/control-plane/providers/claude/connection/verify");
    }

    /** Koda locks out an address that shows a wrong token five times in a minute. */
    @Test
    void aControlPlaneThatRefusesIsNotAskedForEachConnection() {
        KodaTables.in(database).provider("claude", "api_key", false, "", "");
        server.engine.register(CheckSpec.of("control-plane.reachable")
                .in(Suite.DOCTOR)
                .run(context -> CompletableFuture.completedFuture(Outcome.fail("refuses our token"))));
        server.declared.verifiedBy(controlPlane());
        server.engine.schedule();
        server.history.begin();

        Eventually.holds(LIMIT, () -> passes() && state("provider.key[claude]").equals("3 provider_unreachable"));
        assertThat(asked).isEmpty();
    }

    private KodaVerifications controlPlane() {
        var vertx = database.vertx();
        var port = await(vertx.createHttpServer()
                        .requestHandler(request -> request.end().onSuccess(whole -> {
                            asked.add(request.path());
                            request.response().end("{\"verification\":{\"verified\":true}}");
                        }))
                        .listen(0, "127.0.0.1"))
                .actualPort();
        HttpClientAgent client = vertx.createHttpClient(HttpFetch.clientOptions());
        return KodaVerifications.of(
                URI.create("http://127.0.0.1:" + port), "token-4711", HttpFetch.of(() -> client, time));
    }

    /** Some time for the schedule and for a look at the tables; a lease is held for ten seconds. */
    private boolean passes() {
        time.advance(Duration.ofSeconds(2));
        return true;
    }

    /** What answers in real time has twelve seconds of the other, which go by as fast as a machine that is busy allows. */
    private boolean passesSlowly() {
        if (polls++ % 50 == 0) {
            time.advance(Duration.ofSeconds(2));
        }
        return true;
    }

    private String active() {
        return database.ask(
                "SELECT string_agg(id, ',' ORDER BY id) FROM koda_ops.subject WHERE class = 'integration' AND is_active");
    }

    private String state(String id) {
        return database.ask("SELECT coalesce(status || coalesce(' ' || reason, ''), '') FROM koda_ops.subject"
                + " WHERE id = '" + id + "' UNION ALL SELECT '' LIMIT 1");
    }
}
