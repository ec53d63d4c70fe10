package dev.koda.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.report.ReportJson;
import dev.koda.dashboard.http.BearerTokens;
import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.Operation;
import dev.koda.dashboard.http.OperationRoutes;
import dev.koda.dashboard.http.PlainHttp;
import dev.koda.dashboard.http.Problem;
import dev.koda.dashboard.http.Role;
import dev.koda.dashboard.http.Sender;
import dev.koda.dashboard.sessions.SessionOptions;
import dev.koda.dashboard.store.OperationsDatabase;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsTest {
    private static final String TOKEN = "first-token-4711";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = PlainHttp.client();
    private final AtomicInteger runs = new AtomicInteger();
    private final CheckEngine engine = CheckEngine.builder()
            .check(CheckSpec.of("disk.space").in(Suite.DOCTOR).run(context -> {
                runs.incrementAndGet();
                return CompletableFuture.completedFuture(Outcome.pass("80 percent free"));
            }))
            .check(CheckSpec.of("postgres.tcp")
                    .in(Suite.DOCTOR)
                    .run(context -> CompletableFuture.completedFuture(Outcome.fail("connection refused"))))
            .check(CheckSpec.of("postgres.hang")
                    .in(Suite.DOCTOR)
                    .timeout(Duration.ofMinutes(1))
                    .run(context -> new CompletableFuture<>()))
            .build();
    private String base = "";

    @BeforeEach
    void serve() throws Exception {
        var options = OperationsOptions.of(
                        access(BearerTokens.ofList(TOKEN + ",second-token-0815")), TimeSource.system())
                .deadline(Duration.ofMillis(300));
        serve(options);
    }

    private static SessionOptions access(BearerTokens tokens) {
        return SessionOptions.of(tokens, request -> Sender.remote("203.0.113.7", true));
    }

    private void serve(OperationsOptions options) throws InterruptedException, ExecutionException, TimeoutException {
        serve(options, engine);
    }

    private void serve(OperationsOptions options, CheckEngine checks)
            throws InterruptedException, ExecutionException, TimeoutException {
        var router = Router.router(vertx);
        router.route(Operations.PATH)
                .subRouter(Operations.of(vertx, checks, options).router(vertx));
        var server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1");
        base = "http://127.0.0.1:"
                + server.toCompletionStage()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)
                        .actualPort()
                + "/api/operations";
    }

    @AfterEach
    void stop() throws Exception {
        engine.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private HttpResponse<String> ask(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(10));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> askWithToken(String path) throws IOException, InterruptedException {
        return ask(path, "Authorization", "Bearer " + TOKEN);
    }

    @Test
    void answers200WithTheReportWhateverItSays() throws Exception {
        var answer = askWithToken("/doctor?only=disk.*,postgres.tcp");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        var report = new JsonObject(answer.body());
        assertThat(report.getString("schema")).isEqualTo(ReportJson.SCHEMA);
        assertThat(report.getString("status")).isEqualTo("fail");
        assertThat(report.getJsonArray("checks")).hasSize(2);
    }

    @Test
    void answersAtTheDeadlineWithAPartialReport() throws Exception {
        var answer = askWithToken("/doctor");

        assertThat(answer.statusCode()).isEqualTo(200);
        var late = new JsonObject(answer.body()).getJsonArray("checks").getJsonObject(2);
        assertThat(late.getString("id")).isEqualTo("postgres.hang");
        assertThat(late.getString("reason")).isEqualTo("timeout");
    }

    @Test
    void aCheckThatBlocksWhereItBeginsHoldsNobodyElse() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        engine.register(CheckSpec.of("hang.begin").in(Suite.DOCTOR).run(context -> {
            begun.countDown();
            return CompletableFuture.completedFuture(
                    release.await(20, TimeUnit.SECONDS) ? Outcome.pass("released") : Outcome.fail("held"));
        }));
        var request = HttpRequest.newBuilder(URI.create(base + "/doctor?only=hang.begin"))
                .header("Authorization", "Bearer " + TOKEN);
        var blocked = client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(askWithToken("/doctor?cached=true").statusCode()).isEqualTo(200);
        assertThat(blocked).isNotDone();
        release.countDown();

        assertThat(blocked.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void reusesResultsYoungerThanTheirTtl() throws Exception {
        askWithToken("/doctor?only=disk.space");
        askWithToken("/doctor?only=disk.space");

        assertThat(runs).hasValue(1);
    }

    @Test
    void cachedAnswersTheSnapshotAndRunsNothing() throws Exception {
        var answer = askWithToken("/doctor?cached=true");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"reason\":\"pending\"");
        assertThat(runs).hasValue(0);
    }

    @Test
    void aServerWithoutChecksOfTheDoctorSaysSo() throws Exception {
        try (var empty = CheckEngine.builder().build()) {
            serve(OperationsOptions.of(access(BearerTokens.ofList(TOKEN)), TimeSource.system()), empty);

            assertProblem(askWithToken("/doctor?cached=true"), 404);
            assertProblem(askWithToken("/doctor"), 404);
            assertThat(askWithToken("/doctor").body()).contains("no_checks");
        }
    }

    @Test
    void strictIsNoErrorWhileThereIsNoHardening() throws Exception {
        assertThat(askWithToken("/doctor?strict=true&only=disk.*").statusCode()).isEqualTo(200);
    }

    @Test
    void strictAddsTheHardeningChecks() throws Exception {
        engine.register(CheckSpec.of("hardening.exposed")
                .in(Suite.HARDENING)
                .run(context -> CompletableFuture.completedFuture(Outcome.pass("nothing shows"))));

        var answer = askWithToken("/doctor?strict=true&skip=postgres.hang");

        assertThat(answer.body()).contains("hardening.exposed").contains("\"suite\":\"doctor\"");
        assertThat(askWithToken("/doctor?skip=postgres.hang").body()).doesNotContain("hardening.exposed");
    }

    @Test
    void stableHasNoTimes() throws Exception {
        var answer = askWithToken("/doctor?stable=true&only=disk.*");

        assertThat(answer.body()).contains("# percent free").doesNotContain("generated_at");
    }

    @Test
    void givesHealthJsonToWhoAsksForIt() throws Exception {
        var answer =
                ask("/doctor?only=disk.*", "Authorization", "Bearer " + TOKEN, "Accept", "application/health+json");

        assertThat(answer.headers().firstValue("content-type")).contains("application/health+json");
        assertThat(new JsonObject(answer.body()).getString("status")).isEqualTo("pass");
    }

    @Test
    void refusesAMediaTypeThatNobodyMakes() throws Exception {
        var answer = ask("/doctor", "Authorization", "Bearer " + TOKEN, "Accept", "text/html");

        assertProblem(answer, 406);
        assertThat(runs).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "only=nothing.*",
                "skip=*",
                "cached=yes",
                "cached=true&only=disk.*",
                "cached=true&strict=true",
                "strct=true"
            })
    void refusesAQuestionThatCannotBeMeant(String query) throws Exception {
        assertProblem(askWithToken("/doctor?" + query), 400);
    }

    @ParameterizedTest
    @CsvSource({"'',''", "Authorization,Bearer wrong", "Authorization,Basic Zmlyc3QtdG9rZW4tNDcxMQ=="})
    void refusesWhoShowsNoToken(String name, String value) throws Exception {
        var answer = name.isEmpty() ? ask("/doctor") : ask("/doctor", name, value);

        assertProblem(answer, 401);
        assertThat(answer.headers().firstValue("www-authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
        assertThat(runs).hasValue(0);
    }

    @Test
    void acceptsEveryTokenOfARotation() throws Exception {
        assertThat(ask("/doctor?cached=true", "Authorization", "Bearer second-token-0815")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void asksForTheTokenBeforeItSaysWhatThereIs() throws Exception {
        assertProblem(ask("/secret-plan"), 401);
        assertProblem(askWithToken("/secret-plan"), 404);
    }

    @Test
    void limitsFailedAttemptsAndNeverTheRightToken() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertProblem(ask("/doctor", "Authorization", "Bearer wrong"), 401);
        }

        var refused = ask("/doctor", "Authorization", "Bearer wrong");

        assertProblem(refused, 429);
        assertThat(refused.headers().firstValue("retry-after").orElseThrow()).matches("60|59");
        assertThat(askWithToken("/doctor?cached=true").statusCode()).isEqualTo(200);
    }

    @Test
    void withoutATokenConfiguredNobodyComesIn() throws Exception {
        serve(OperationsOptions.of(access(BearerTokens.none()), TimeSource.system()));

        assertProblem(ask("/doctor", "Authorization", "Bearer "), 401);
        assertProblem(askWithToken("/doctor"), 401);
    }

    @Test
    void takesGetAndHeadOnly() throws Exception {
        var post = client.send(
                HttpRequest.newBuilder(URI.create(base + "/doctor"))
                        .header("Authorization", "Bearer " + TOKEN)
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        var head = client.send(
                HttpRequest.newBuilder(URI.create(base + "/doctor?cached=true"))
                        .header("Authorization", "Bearer " + TOKEN)
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertProblem(post, 405);
        assertThat(post.headers().firstValue("allow")).contains("GET, HEAD");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    private static void assertProblem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains(Problem.MEDIA_TYPE);
        var problem = new JsonObject(answer.body());
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("detail")).isNotBlank();
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("first-token");
    }

    @Test
    void whatFailsForWantOfAStoreIsAnswered503() throws Exception {
        var store = OperationsStore.absent();
        var operation =
                Operation.read("ask", "/ask", context -> store.query("SELECT 1").onFailure(context::fail));
        var routes = OperationRoutes.of(
                List.of(operation),
                (context, asked) -> Future.succeededFuture(new Caller("a", Role.VIEWER, Caller.Means.TOKEN, null)));
        var server =
                vertx.createHttpServer().requestHandler(routes.router(vertx)).listen(0, "127.0.0.1");
        base = "http://127.0.0.1:" + OperationsDatabase.await(server).actualPort();

        var answer = ask("/ask");

        assertProblem(answer, 503);
        assertThat(new JsonObject(answer.body()).getString("reason")).isEqualTo("operations_store_unavailable");
        assertThat(answer.headers().firstValue("retry-after")).contains("5");
    }
}
