package dev.koda.checks.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.testing.CheckContract;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadinessCheckTest extends CheckContract {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Override
    protected List<CheckSpec> specs() {
        return List.of(spec(503, "{\"reasons\":[\"b0dy s3cret\",\"postgres_unavailable\"]}"));
    }

    @Override
    protected CheckId id() {
        return CheckId.of("runtime.readiness");
    }

    @Override
    protected List<String> secrets() {
        return List.of("b0dy s3cret");
    }

    @Test
    void passesWhenItIsReady() {
        assertThat(run(200, "{\"status\":\"pass\",\"ready\":true}").status()).isEqualTo(Status.PASS);
    }

    @Test
    void quotesTheReasons() {
        var result =
                run(503, "{\"status\":\"fail\",\"ready\":false,\"reasons\":[\"postgres_unavailable\",\"draining\"]}");

        assertThat(result.reason()).isEqualTo(new Reason("not_ready"));
        assertThat(result.message()).isEqualTo("not ready: postgres_unavailable, draining");
    }

    @Test
    void quotesOnlyWordsAndOnlyAFew() {
        var words = "\"<script>\",\"a\\u001b[31m\",\"a1\",\"a2\",\"a3\",\"a4\",\"a5\",\"a6\",\"a7\"";

        assertThat(run(503, "{\"reasons\":[" + words + "]}").message())
                .isEqualTo("not ready: a1, a2, a3, a4, a5 and 2 more");
        assertThat(run(503, "<html>").message()).isEqualTo("not ready: it gives no reason");
    }

    @Test
    void believesABodyThatDeniesReadinessWhateverItsStatus() {
        assertThat(run(200, "{\"ready\":false,\"reasons\":[\"git_unavailable\"]}")
                        .message())
                .isEqualTo("not ready: git_unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>welcome</html>", "{}", "{\"ready\":\"yes\"}", "{\"status\":\"pass\"}"})
    void takesNoPageOfSomebodyElseForReadiness(String body) {
        var result = run(200, body);

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).isEqualTo(new Reason("unexpected_answer"));
    }

    @Test
    void failsForAnyOtherStatus() {
        assertThat(run(404, "").reason()).isEqualTo(new Reason("http_status"));
        assertThat(run(302, "").reason()).isEqualTo(new Reason("http_status"));
    }

    @Test
    void seesARefusedConnection() {
        var spec = RuntimeChecks.readiness(loopback.refused(), loopback.http());

        assertThat(EngineRun.result(spec).reason()).isEqualTo(new Reason("connection_refused"));
    }

    private CheckResult run(int status, String body) {
        return EngineRun.result(spec(status, body));
    }

    private CheckSpec spec(int status, String body) {
        var url = loopback.http(
                request -> request.response().setStatusCode(status).end(body));
        return RuntimeChecks.readiness(url.resolve("/api/runtime/readiness"), loopback.http());
    }
}
