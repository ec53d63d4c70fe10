package dev.koda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Redactor;
import dev.koda.checks.Service;
import dev.koda.checks.TimeSource;
import dev.koda.checks.runtime.RuntimeChecks;
import dev.koda.dashboard.StateOptions;
import dev.koda.dashboard.http.BearerTokens;
import dev.koda.dashboard.store.StoreOptions;
import dev.koda.server.KodaServer;
import dev.koda.server.ServerOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Looks after the operators of a whole server on a real store, as an administrator does. */
@Timeout(120)
class OperatorsCommandsTest {
    private static final String TOKEN = "kt-correct-horse-battery";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private EmbeddedPostgres postgres;
    private String server = "";

    @BeforeEach
    void serve() throws Exception {
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .start();
        var state = StateOptions.of(
                StoreOptions.of("127.0.0.1", postgres.getPort(), "postgres", "postgres", () -> ""),
                directory.resolve("operations"),
                "node-1",
                Redactor.byShape());
        var koda = KodaServer.of(
                ServerOptions.loopback(0, new Service("koda", "1.2.3", "test"))
                        .tokens(BearerTokens.ofList(TOKEN))
                        .state(state),
                TimeSource.system(),
                (engine, inProcess) ->
                        engine.checks(RuntimeChecks.inProcess(inProcess.gate(), inProcess.loops(), inProcess.lag())));
        vertx.deployVerticle(koda).toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        server = "http://127.0.0.1:" + koda.port();
        while (look(TOKEN, "/operators") != 200) {
            LockSupport.parkNanos(20_000_000);
        }
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        postgres.close();
    }

    private CommandRun koda(String... arguments) {
        return CommandRun.in(directory)
                .environment("CONTROL_PLANE_API_TOKEN", TOKEN)
                .environment("KODA_OPERATIONS_URL", server)
                .koda(arguments);
    }

    private int look(String token, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server + "/api/operations" + path))
                .header("Authorization", "Bearer " + token)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void anOperatorIsAddedListedAndRevoked() throws Exception {
        var added = koda("operators", "add", "alice@example.com", "--role", "viewer");
        var token = added.output().strip();

        assertThat(added.code()).isEqualTo(0);
        assertThat(added.output()).matches("koda_op_[A-Za-z0-9_-]{43}\n");
        assertThat(added.errors()).contains("alice@example.com").doesNotContain(token);
        assertThat(look(token, "/session")).isEqualTo(200);
        assertThat(koda("operators", "list").output())
                .matches("alice@example.com +viewer +added 20\\d\\d-\\S+Z by break-glass\n");
        assertThat(new JsonObject(koda("operators", "list", "--json").output()).getJsonArray("items"))
                .hasSize(1);

        var revoked = koda("operators", "revoke", "alice@example.com");

        assertThat(revoked.code()).isEqualTo(0);
        assertThat(look(token, "/session")).isEqualTo(401);
        assertThat(koda("operators", "list").output()).contains("revoked");
    }

    @Test
    void whatTheServerRefusesIsSaid() {
        koda("operators", "add", "alice", "--role", "viewer");

        assertThat(koda("operators", "add", "alice", "--role", "viewer").why())
                .startsWith("koda operators add: exit 2: ")
                .contains("409", "there is an operator alice");
        assertThat(koda("operators", "revoke", "bob").why()).contains("404");
        assertThat(koda("operators", "add", "bob", "--role", "root").why())
                .isEqualTo("koda operators add: exit 2: --role is one of viewer, operator, admin");
        assertThat(koda("login-link", "bob").why()).contains("404");
    }

    @Test
    void aLinkLogsABrowserIn() throws Exception {
        koda("operators", "add", "alice", "--role", "admin");

        var link = koda("login-link", "alice");

        assertThat(link.code()).isEqualTo(0);
        assertThat(link.output()).startsWith(server + "/operations#login=");
        var code = link.output().strip().replaceFirst(".*#login=", "");
        var login = HttpRequest.newBuilder(URI.create(server + "/api/operations/session"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"link\":\"" + code + "\"}"))
                .build();
        var first = client.send(login, HttpResponse.BodyHandlers.ofString());
        var second = client.send(login, HttpResponse.BodyHandlers.ofString());

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.body()).contains("\"name\":\"alice\"", "\"role\":\"admin\"");
        assertThat(second.statusCode()).isEqualTo(401);
    }
}
