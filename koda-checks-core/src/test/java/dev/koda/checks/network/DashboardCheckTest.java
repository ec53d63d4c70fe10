package dev.koda.checks.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardCheckTest {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void passesWhenThePageOpens() {
        var result = run(request -> request.response().end("<html>"));

        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.message()).startsWith("opens in ");
    }

    @Test
    void followsToItsOwnLogin() {
        var result = run(request -> {
            if (request.path().equals("/login")) {
                request.response().end("<form>");
            } else {
                redirect(request, "/login");
            }
        });

        assertThat(result.status()).isEqualTo(Status.PASS);
    }

    @Test
    void failsWhenItsOwnLoginIsBroken() {
        var result = run(request -> {
            if (request.path().equals("/login")) {
                request.response().setStatusCode(500).end();
            } else {
                redirect(request, "/login");
            }
        });

        assertThat(result.reason()).isEqualTo(new Reason("http_status"));
        assertThat(result.message()).contains("answers 500, expected 200 to 299 or a redirect to a login");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/sign-in?next=/", "/realms/koda/auth/x", "/oauth2/authorize", "/SSO"})
    void passesWhenItSendsToTheLoginOfAnother(String path) {
        var out = loopback.refused();

        assertThat(run(request -> redirect(request, out + path)).message()).startsWith("sends to its login in ");
    }

    @Test
    void followsToAnotherOriginThatIsNoLogin() {
        var out = loopback.refused();

        assertThat(run(request -> redirect(request, out + "/author")).reason())
                .isEqualTo(new Reason("connection_refused"));
    }

    @Test
    void seesALoop() {
        assertThat(run(request -> redirect(request, "/")).reason()).isEqualTo(new Reason("too_many_redirects"));
    }

    @Test
    void warnsWhenItIsSlow() {
        var url = loopback.http(request -> request.response().end());

        var result = EngineRun.result(NetworkChecks.dashboard(url, Duration.ofMillis(-1), loopback.http()));

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("slow"));
    }

    @Test
    void failsAfterFiveSecondsOfSilence() {
        var result = EngineRun.result(
                NetworkChecks.dashboard(loopback.tcp(silent -> {}), NetworkChecks.DASHBOARD_SLOW, loopback.http()));

        assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(result.took()).isBetween(Duration.ofMillis(4800), Duration.ofMillis(5100));
    }

    private static void redirect(HttpServerRequest request, String to) {
        request.response().setStatusCode(302).putHeader("Location", to).end();
    }

    private CheckResult run(Consumer<HttpServerRequest> answer) {
        URI url = loopback.http(answer);
        return EngineRun.result(NetworkChecks.dashboard(url, Duration.ofSeconds(5), loopback.http()));
    }
}
