package dev.koda.checks.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExposedCheckTest {
    private static final String METRICS = "# HELP up x\n# TYPE up gauge\nup 1\n";
    private static final String REPORT = "{\"schema\":\"koda.report/v1\"}";

    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    private URI server(int metrics, String metricsBody, int doctor, String doctorBody) {
        return loopback.http(request -> {
            boolean isMetrics = request.path().equals("/base/metrics");
            boolean isDoctor = request.path().equals("/base/api/operations/doctor");
            request.response()
                    .setStatusCode(isMetrics ? metrics : isDoctor ? doctor : 500)
                    .end(isMetrics ? metricsBody : doctorBody);
        });
    }

    private CheckResult run(URI url) {
        return EngineRun.result(HardeningChecks.exposed(url, loopback.http()));
    }

    @Test
    void failsWhenMetricsAreShown() {
        var result = run(server(200, METRICS, 401, "").resolve("/base/"));

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).isEqualTo(new Reason("exposed"));
        assertThat(result.message())
                .contains("/base/metrics answers 200 without credentials")
                .doesNotContain("doctor");
    }

    @Test
    void failsWhenTheOperationsAreShown() {
        var result = run(server(404, "", 200, REPORT).resolve("/base"));

        assertThat(result.reason()).isEqualTo(new Reason("exposed"));
        assertThat(result.message()).contains("/base/api/operations/doctor").doesNotContain("metrics");
    }

    @ParameterizedTest(name = "{0} and {1} is well")
    @CsvSource({"401, 401", "403, 404", "302, 302", "200, 200"})
    void passesWhenTheyAreRefusedOrAnotherPageAnswers(int metrics, int doctor) {
        var page = "<html>one page for every path</html>";

        assertThat(run(server(metrics, page, doctor, page).resolve("/base")).status())
                .isEqualTo(Status.PASS);
    }

    /** To https, or to the same with a slash: whoever asks by browser or collector follows. */
    @Test
    void followsARedirectOnTheSameHostAndNoOther() {
        var elsewhere = loopback.http(request -> request.response().end(METRICS));
        var other = elsewhere.toString().replace("127.0.0.1", "localhost");
        var url = loopback.http(request -> {
            var path = request.path();
            var to = path.equals("/metrics") ? elsewhere + "/x" : other + "/x";
            request.response().setStatusCode(302).putHeader("Location", to).end();
        });

        var result = run(url);

        assertThat(result.reason()).isEqualTo(new Reason("exposed"));
        assertThat(result.message()).contains(url + "/metrics answers 200").doesNotContain("doctor");
    }

    /** The dashboard may lie below a path while the proxy passes on the whole host. */
    @Test
    void looksAtTheRootOfTheHostToo() {
        var url = loopback.http(request -> {
            boolean isRoot = request.path().equals("/metrics");
            request.response().setStatusCode(isRoot ? 200 : 404).end(isRoot ? METRICS : "");
        });

        assertThat(run(url.resolve("/base/")).message()).contains(url + "/metrics answers 200");
    }

    @Test
    void comesAsAStrangerWithoutTheCredentialsOfTheUrl() {
        var seen = new AtomicReference<String>("");
        var url = loopback.http(request -> {
            var sent = request.getHeader("Authorization");
            seen.accumulateAndGet(sent == null ? "-" : sent, String::concat);
            request.response().setStatusCode(401).end();
        });

        assertThat(run(URI.create(url.toString().replace("://", "://user:pw@"))).status())
                .isEqualTo(Status.PASS);
        assertThat(seen.get()).isEqualTo("--");
    }

    @Test
    void warnsWhenNothingAnswers() {
        var result = run(loopback.refused());

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("unreachable"));
    }
}
