package dev.koda.checks.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Reason;
import dev.koda.checks.Scope;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.EngineRun;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketCheckTest {
    @RegisterExtension
    static final Storage STORAGE = new Storage();

    private static Vertx vertx = Vertx.vertx();

    @BeforeAll
    static void openVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void closeVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void passesWhenTheBucketAnswers() {
        var result = run(STORAGE.connection());

        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.message()).isEqualTo("bucket koda-objects at " + STORAGE.endpoint() + " answers");
    }

    @Test
    void namesABucketThatDoesNotExist() {
        var result = run(STORAGE.connection("other-bucket"));

        assertThat(result.reason()).isEqualTo(new Reason("no_such_bucket"));
        assertThat(result.message())
                .isEqualTo("asking for bucket other-bucket at " + STORAGE.endpoint() + " failed: it does not exist");
    }

    @Test
    void isDeniedWithAWrongSecret() {
        var connection =
                new S3Connection(STORAGE.endpoint(), "us-east-1", Storage.BUCKET, Storage.ACCESS_KEY, "wrong-secret");

        assertThat(run(connection).reason()).isEqualTo(new Reason("access_denied"));
    }

    @Test
    void isDeniedWithAnUnknownAccessKey() {
        var connection =
                new S3Connection(STORAGE.endpoint(), "us-east-1", Storage.BUCKET, "nobody", Storage.SECRET_KEY);

        assertThat(run(connection).reason()).isEqualTo(new Reason("access_denied"));
    }

    @Test
    void seesARefusedConnection() throws Exception {
        int freePort;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            freePort = socket.getLocalPort();
        }

        assertThat(run(at(freePort)).reason()).isEqualTo(new Reason("connection_refused"));
    }

    @Test
    void seesAHostNameThatDoesNotResolve() {
        var connection = new S3Connection(
                URI.create("http://storage.invalid:9000"), "us-east-1", Storage.BUCKET, "key", "secret");

        assertThat(run(connection).reason()).isEqualTo(new Reason("dns_not_found"));
    }

    @Test
    void givesItsOwnReasonWhenNothingAnswersInTime() throws Exception {
        try (var blackHole = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var result = run(at(blackHole.getLocalPort()));

            assertThat(result.message()).endsWith("failed: no answer in time");
            assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(result.took()).isLessThan(Duration.ofMillis(2500));
        }
    }

    @Test
    void seesAConnectionThatEndsWithoutAnAnswer() throws Exception {
        assertThat(runAgainst(request -> request.connection().close()).reason())
                .isEqualTo(new Reason("connection_closed"));
    }

    @Test
    void closesWithoutWaiting() throws Exception {
        var store = STORAGE.store();
        EngineRun.result(bucket(store, ObjectStoreOptions.of("host", "cli")));
        var started = Instant.now();

        store.close();

        assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(1));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "301, request_failed",
        "400, request_failed",
        "401, access_denied",
        "403, access_denied",
        "404, no_such_bucket",
        "405, request_failed",
        "500, server_error",
        "501, not_implemented",
        "503, server_error"
    })
    void givesEachStatusItsReason(int status, String reason) throws Exception {
        var result =
                runAgainst(request -> request.response().setStatusCode(status).end());

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).isEqualTo(new Reason(reason));
    }

    @ParameterizedTest(name = "{0} of {1} is {2}")
    @CsvSource({
        "301, eu-central-1, wrong_region",
        "307, eu-central-1, wrong_region",
        "400, eu-central-1, wrong_region",
        "400, us-east-1, request_failed",
    })
    void blamesTheRegionWhereTheAnswerNamesAnother(int status, String region, String reason) throws Exception {
        var result = runAgainst(request -> request.response()
                .setStatusCode(status)
                .putHeader("x-amz-bucket-region", region)
                .end());

        assertThat(result.reason()).isEqualTo(new Reason(reason));
    }

    @Test
    void blamesTheClockAndNotTheKeysWhenTheDatesAreFarApart() throws Exception {
        var anHourAgo = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().minus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC));

        var result = runAgainst(request -> request.response()
                .setStatusCode(403)
                .putHeader("Date", anHourAgo)
                .end());

        assertThat(result.reason()).isEqualTo(new Reason("clock_skew"));
    }

    @Test
    void asksOnlyOnce() throws Exception {
        var asked = new AtomicInteger();

        runAgainst(request -> {
            asked.incrementAndGet();
            request.response().setStatusCode(503).end();
        });

        assertThat(asked).hasValue(1);
    }

    @Test
    void isSharedAndFailsOpenUnlessItIsRequired() {
        var store = STORAGE.store();
        var spec = bucket(store, ObjectStoreOptions.of("host", "server"));

        assertThat(spec.suites()).containsExactlyInAnyOrder(Suite.READINESS, Suite.DOCTOR);
        assertThat(spec.scope()).isEqualTo(Scope.SHARED);
        assertThat(spec.failClosed()).isFalse();
        assertThat(spec.every()).isEqualTo(Duration.ofSeconds(10));
        assertThat(spec.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(spec.failureThreshold()).isEqualTo(2);
        assertThat(spec.unavailable()).isEqualTo("object_store_unavailable");
        assertThat(bucket(store, ObjectStoreOptions.of("host", "server").required())
                        .failClosed())
                .isTrue();
    }

    @Test
    void printsNeitherKeyOfAConnection() {
        assertThat(STORAGE.connection().toString()).doesNotContain(Storage.ACCESS_KEY, Storage.SECRET_KEY);
    }

    @Test
    void failsAfterItWasClosed() {
        var store = STORAGE.store();
        store.close();

        assertThat(EngineRun.result(bucket(store, ObjectStoreOptions.of("host", "cli")))
                        .reason())
                .isEqualTo(new Reason("connection_closed"));
    }

    private static S3Connection at(int port) {
        return new S3Connection(URI.create("http://127.0.0.1:" + port), "us-east-1", Storage.BUCKET, "key", "secret");
    }

    private static CheckResult runAgainst(Consumer<HttpServerRequest> answer) throws Exception {
        var server = vertx.createHttpServer()
                .requestHandler(answer::accept)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        try {
            return run(at(server.actualPort()));
        } finally {
            server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private static CheckResult run(S3Connection connection) {
        try (var store = Storage.store(connection)) {
            return EngineRun.result(bucket(store, ObjectStoreOptions.of("host", "cli")));
        }
    }

    private static CheckSpec bucket(ObjectStore store, ObjectStoreOptions options) {
        return ObjectStoreChecks.of(store, options, TimeSource.system()).get(0);
    }
}
