package dev.koda.checks.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a stand-in for Koda's control plane. */
class KodaVerificationsTest {
    private static final String TOKEN = "cp-t0ken-0123456789";
    private static final CheckId GIT = new CheckId("koda.connection", "core:git");

    private final Loopback loopback = new Loopback();
    private final AtomicReference<@Nullable String> asked = new AtomicReference<>();
    private int status = 200;
    private String verification = "{\"verified\":true,\"last_error\":\"\",\"auth_expired\":false}";

    private final URI base = loopback.http(request -> request.end().onSuccess(end -> {
        boolean isKnown = ("Bearer " + TOKEN).equals(request.getHeader("Authorization"));
        asked.set(request.method() + " " + request.uri());
        request.response()
                .setStatusCode(isKnown ? status : 401)
                .end("{\"connection\":{},\"verification\":" + verification + "}");
    }));

    private final KodaVerifications verifications = KodaVerifications.of(base, TOKEN, loopback.http());

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void aProviderIsVerifiedByItsOwnRoute() {
        var result = run(verifications.provider("claude").orElseThrow());

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        assertThat(result.id()).hasToString("provider.key[claude]");
        assertThat(asked).hasValue("POST /api/control-plane/providers/claude/connection/verify");
        assertThat(verifications.provider("whispercpp")).isEmpty();
    }

    @Test
    void aConnectionIsVerifiedWhetherItIsOfAllAgentsOrOfOne() {
        assertThat(run(verifications.connection(GIT, null, "core:git")).message())
                .isEqualTo("Koda finds that core:git works");
        assertThat(asked).hasValue("POST /api/control-plane/connections/defaults/core%3Agit/verify");

        run(verifications.connection(GIT, "agent/1", "core:git"));
        assertThat(asked).hasValue("POST /api/control-plane/agents/agent%2F1/connections/core%3Agit/verify");
    }

    @ParameterizedTest
    @CsvSource({
        "200, '{\"verified\":false,\"last_error\":\"s3cret\"}', FAIL, verification_failed",
        "200, '{\"verified\":false,\"last_error\":\"s3cret\",\"auth_expired\":true}', FAIL, key_rejected",
        "200, '{\"other\":1}', WARN, unexpected_answer",
        "500, '{\"verified\":true}', WARN, unexpected_answer",
        "429, '{\"verified\":true}', WARN, unexpected_answer"
    })
    void whatKodaFindsIsJudgedAndWhatItQuotesNotShown(int answer, String body, Status expected, String reason) {
        status = answer;
        verification = body;

        var result = run(verifications.connection(GIT, null, "core:git"));

        assertThat(result.status()).isEqualTo(expected);
        assertThat(result.reason()).isEqualTo(new Reason(reason));
        assertThat(result.message() + result.outcome().hint()).doesNotContain("s3cret", TOKEN);
    }

    @Test
    void withoutAControlPlaneNothingIsKnown() {
        var gone = KodaVerifications.of(loopback.refused(), TOKEN, loopback.http());

        assertThat(run(gone.connection(GIT, null, "core:git")).reason()).isEqualTo(new Reason("provider_unreachable"));
        assertThat(gone.toString()).doesNotContain(TOKEN);
    }

    private static CheckResult run(CheckSpec spec) {
        return EngineRun.result(spec);
    }
}
