package dev.koda.dashboard;

import static dev.koda.dashboard.store.OperationsDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Redactor;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.settings.Secret;
import dev.koda.checks.testing.VirtualTime;
import dev.koda.dashboard.http.BearerTokens;
import dev.koda.dashboard.http.Operation;
import dev.koda.dashboard.http.PlainHttp;
import dev.koda.dashboard.http.Sender;
import dev.koda.dashboard.sessions.SessionOptions;
import dev.koda.dashboard.store.Eventually;
import dev.koda.dashboard.store.OperationsDatabase;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whom every operation of the surface lets in. A new operation needs a row here: what to ask, and the status for each
 * caller. The statuses of callers who come in are those of a request that asks for nothing that is there.
 */
class AccessMatrixTest {
    /** In the columns of viewer, operator and admin both a bearer token and a session are tried. */
    private static final String TABLE = """
            operation       | request                              | anonymous viewer operator admin break-glass revoked expired forged
            getOpenApi      | GET /openapi.json                    |    401      200     200    200      200        401     401     401
            runDoctor       | GET /doctor?cached=true              |    401      200     200    200      200        401     401     401
            listAuditEvents | GET /audit/events                    |    401      200     200    200      200        401     401     401
            getAuditEvent   | GET /audit/events/none               |    401      404     404    404      404        401     401     401
            listAuditStorms | GET /audit/storms                    |    401      200     200    200      200        401     401     401
            streamAudit     | GET /audit/stream                    |    401      200     200    200      200        401     401     401
            verifyAudit     | POST /audit/verify                   |    401      403     200    200      200        401     401     401
            exportAudit     | GET /audit/export                    |    401      403     403    200      200        401     401     401
            listOperators   | GET /operators                       |    401      403     403    200      200        401     401     401
            addOperator     | POST /operators {}                   |    401      403     403    400      400        401     401     401
            revokeOperator  | DELETE /operators/nobody             |    401      403     403    404      404        401     401     401
            getSession      | GET /session                         |    401      200     200    200      200        401     401     401
            logIn           | POST /session {}                     |    400      400     400    400      400        400     400     400
            logOut          | DELETE /session                      |    401      204     204    204      204        401     401     401
            revokeSession   | DELETE /sessions/none                |    401      403     403    404      404        401     401     401
            makeLoginLink   | POST /login-links {"name":"nobody"}  |    401      403     403    403      404        401     401     401
            getSummary      | GET /summary                         |    401      200     200    200      200        401     401     401
            listIntegrations | GET /integrations                   |    401      200     200    200      200        401     401     401
            getIntegrationHistory | GET /integrations/none/history |    401      404     404    404      404        401     401     401
            listVerifications | GET /integrations/none/verifications |  401      404     404    404      404        401     401     401
            verifyIntegration | POST /integrations/none/verify     |    401      403     404    404      404        401     401     401
            listIncidents   | GET /incidents                       |    401      200     200    200      200        401     401     401
            listAnnotations | GET /annotations                     |    401      200     200    200      200        401     401     401
            addAnnotation   | POST /annotations {}                 |    401      403     400    400      400        401     401     401
            getDoctorHistory | GET /doctor/history                 |    401      200     200    200      200        401     401     401
            beat            | POST /heartbeats/none.here           |    401      401     401    401      401        401     401     401
            beatWithExit    | POST /heartbeats/none.here/1         |    401      401     401    401      401        401     401     401
            """;

    private static final List<String> ROLES = List.of("viewer", "operator", "admin");
    private static final String BREAK_GLASS = "break-glass-token-4711-0815";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final VirtualTime time = new VirtualTime();
    private final HttpClient client = PlainHttp.client();
    private final AtomicInteger requests = new AtomicInteger();
    private final CheckEngine engine = CheckEngine.builder()
            .check(CheckSpec.of("disk.space")
                    .in(Suite.DOCTOR)
                    .run(context -> CompletableFuture.completedFuture(Outcome.pass("80 percent free"))))
            .build();
    private OperationsDatabase database;
    private Context loop;
    private Operations operations;
    private String base = "";

    /** One line of the table. */
    private record Row(String operation, String method, String path, String body, Map<String, Integer> statuses) {}

    @BeforeEach
    void serve() {
        database = OperationsDatabase.migrated();
        var vertx = database.vertx();
        loop = vertx.getOrCreateContext();
        // Each request from another address, so that no lockout blurs the picture.
        var access = new SessionOptions(
                BearerTokens.ofList(BREAK_GLASS),
                Secret.of("a-session-secret-that-nobody-can-guess-1"),
                request -> new Sender("address-" + requests.incrementAndGet(), false, true, null),
                Set.of());
        var state = StateOptions.of(database.options(), directory, "node-1", Redactor.byShape());
        var options = OperationsOptions.of(access, time).state(state);
        operations = await(onLoop(() -> Operations.of(vertx, engine, options)));
        base = "http://127.0.0.1:" + await(onLoop(this::listen).compose(port -> port)) + "/api/operations";
        Eventually.holds(LIMIT, () -> ask("GET", "/operators", "", bearer("koda_op_x")) == 401);
    }

    private Future<Integer> listen() {
        var vertx = database.vertx();
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

    @AfterEach
    void stop() {
        await(operations.stop());
        engine.close();
        database.close();
    }

    @Test
    void everyOperationHasARow() {
        var rows = rows().stream().map(Row::operation).collect(Collectors.toSet());
        var served = operations.operations().stream().map(Operation::id).collect(Collectors.toSet());

        assertThat(rows).as("operations in the table of this test").isEqualTo(served);
    }

    @Test
    void everyCallerGetsWhatTheTableSays() {
        var tokens = new LinkedHashMap<String, String>();
        ROLES.forEach(role -> tokens.put(role, add("the-" + role, role)));
        tokens.put("revoked", add("former", "admin"));
        var expired = logIn("the-admin", tokens.getOrDefault("admin", ""));
        letPass(Duration.ofMinutes(31));
        assertThat(ask("DELETE", "/operators/former", "", bearer(BREAK_GLASS))).isEqualTo(204);

        var wrong = new ArrayList<String>();
        for (var row : rows()) {
            check(row, "anonymous", new String[0], wrong);
            check(row, "break-glass", bearer(BREAK_GLASS), wrong);
            check(row, "revoked", bearer(tokens.getOrDefault("revoked", "")), wrong);
            check(row, "expired", expired, wrong);
            check(row, "forged", new String[] {"Cookie", "koda_operations_session=" + "x".repeat(200)}, wrong);
            for (var role : ROLES) {
                check(row, role, bearer(tokens.getOrDefault(role, "")), wrong);
                check(row, role, logIn("the-" + role, tokens.getOrDefault(role, "")), wrong);
            }
        }

        assertThat(wrong).isEmpty();
    }

    private void check(Row row, String caller, String[] headers, List<String> wrong) {
        int status = ask(row.method(), row.path(), row.body(), headers);
        int expected = row.statuses().getOrDefault(caller, 0);
        if (status != expected) {
            wrong.add("%s for %s by %s: %d, not %d"
                    .formatted(
                            row.operation(), caller, headers.length == 0 ? "nothing" : headers[0], status, expected));
        }
    }

    private static List<Row> rows() {
        var lines = TABLE.lines().toList();
        var callers = columns(lines.get(0))[2].split(" +", -1);
        return lines.stream().skip(1).map(line -> row(columns(line), callers)).toList();
    }

    private static Row row(String[] columns, String[] callers) {
        var request = columns[1].split(" ", 3);
        var statuses = new LinkedHashMap<String, Integer>();
        var numbers = columns[2].split(" +", -1);
        for (int i = 0; i < callers.length; i++) {
            statuses.put(callers[i], Integer.parseInt(numbers[i]));
        }
        return new Row(columns[0], request[0], request[1], request.length > 2 ? request[2] : "", statuses);
    }

    private static String[] columns(String line) {
        var columns = line.split("\\|", -1);
        for (int i = 0; i < columns.length; i++) {
            columns[i] = columns[i].strip();
        }
        return columns;
    }

    /** On the event loop, and until the operators are known again as they are. */
    private void letPass(Duration length) {
        for (var part : List.of(length, Duration.ofSeconds(10))) {
            await(onLoop(() -> {
                time.advance(part);
                return part;
            }));
        }
        Eventually.holds(LIMIT, () -> ask("POST", "/audit/verify", "", bearer(BREAK_GLASS)) == 200);
    }

    private String add(String name, String role) {
        var answer = send(
                "POST", "/operators", "{\"name\":\"" + name + "\",\"role\":\"" + role + "\"}", bearer(BREAK_GLASS));
        return body(answer).getString("token");
    }

    /** The headers of a new session, the one that proves that our page asks among them. */
    private String[] logIn(String name, String token) {
        var answer = send("POST", "/session", "{\"name\":\"" + name + "\",\"token\":\"" + token + "\"}");
        var cookie = answer.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
        return new String[] {"Cookie", cookie, "X-Koda-Csrf", body(answer).getString("csrf")};
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private static JsonObject body(HttpResponse<InputStream> answer) {
        try (var body = answer.body()) {
            return new JsonObject(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError("no body", e);
        }
    }

    private int ask(String method, String path, String body, String... headers) {
        var answer = send(method, path, body, headers);
        try {
            answer.body().close();
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        }
        return answer.statusCode();
    }

    private HttpResponse<InputStream> send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("no answer", e);
        }
    }
}
