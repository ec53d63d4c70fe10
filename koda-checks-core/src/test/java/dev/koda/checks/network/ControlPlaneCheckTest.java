package dev.koda.checks.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlPlaneCheckTest {
    private static final String TOKEN = "cp-token-0123456789";

    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void passesOnItsHealthAloneWithoutAToken() {
        assertThat(run(200, "{\"status\":\"healthy\"}", 401, null).message()).startsWith("answers in ");
    }

    @Test
    void passesWhenTheTokenIsAccepted() {
        assertThat(run(200, "{\"status\":\"pass\"}", 200, TOKEN).message()).endsWith("and accepts our token");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void failsWhenTheTokenIsRejected(int status) {
        var result = run(200, "{}", status, TOKEN);

        assertThat(result.reason()).isEqualTo(new Reason("token_rejected"));
        assertThat(result.message() + result.outcome().hint()).doesNotContain(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 404, 405})
    void claimsNothingAboutATokenThatWasNotTried(int status) {
        var result = run(200, "{}", status, TOKEN);

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("http_status"));
        assertThat(result.message()).contains(" " + status + ", expected 200").contains("is not known");
    }

    @Test
    void warnsWhenItCallsItselfDegraded() {
        var result = run(200, "{\"status\":\"degraded\",\"workers\":[]}", 200, TOKEN);

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("degraded"));
    }

    @Test
    void failsForARejectedTokenAlsoWhenItIsDegraded() {
        assertThat(run(200, "{\"status\":\"degraded\"}", 401, TOKEN).reason()).isEqualTo(new Reason("token_rejected"));
    }

    @ParameterizedTest(name = "health {0} and ping {1} is {2}")
    @CsvSource({
        "429, 200, WARN, rate_limited",
        "200, 429, WARN, rate_limited",
        "500, 200, FAIL, http_status",
        "204, 200, FAIL, http_status",
        "200, 502, FAIL, http_status"
    })
    void judgesOtherStatuses(int health, int ping, Status status, String reason) {
        var result = run(health, "", ping, TOKEN);

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.reason()).isEqualTo(new Reason(reason));
    }

    @Test
    void seesARefusedConnection() {
        assertThat(run(ControlPlaneOptions.of(loopback.refused()).token(TOKEN)).reason())
                .isEqualTo(new Reason("connection_refused"));
    }

    @Test
    void putsItsPathsAfterTheBase() {
        var options =
                ControlPlaneOptions.of(URI.create("https://koda.example/base/")).pingPath("/ping");

        assertThat(options.healthUrl()).hasToString("https://koda.example/base/health");
        assertThat(options.pingUrl()).hasToString("https://koda.example/base/ping");
    }

    @Test
    void neverPrintsItsToken() {
        assertThat(ControlPlaneOptions.of(URI.create("http://u:pw@127.0.0.1:8090"))
                        .token(TOKEN)
                        .toString())
                .doesNotContain(TOKEN, "pw");
    }

    private CheckResult run(int healthStatus, String health, int pingStatus, @Nullable String token) {
        var base = loopback.http(request -> {
            if (request.path().equals("/health")) {
                request.response().setStatusCode(healthStatus).end(health);
            } else {
                ping(request, pingStatus);
            }
        });
        var options = ControlPlaneOptions.of(base);
        return run(token == null ? options : options.token(token));
    }

    private static void ping(HttpServerRequest request, int status) {
        boolean isSent = ("Bearer " + TOKEN).equals(request.getHeader("Authorization"));
        request.response().setStatusCode(isSent ? status : 400).end();
    }

    private CheckResult run(ControlPlaneOptions options) {
        return EngineRun.result(NetworkChecks.controlPlane(options, loopback.http()));
    }
}
