package dev.koda.checks.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Effects;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a stand-in for Koda's control plane with its routes and bodies. */
class KodaKeysCheckTest {
    private static final String TOKEN = "cp-t0ken-0123456789";

    private final Loopback loopback = new Loopback();
    private final ConcurrentSkipListSet<String> requests = new ConcurrentSkipListSet<>();
    private final Map<String, String> verifications = new LinkedHashMap<>();
    private String geminiMode = "api_key";
    private int status = 200;

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void verifiesWhatIsConfiguredAndNothingElse() {
        verifications.put("claude", verified());
        verifications.put("codex", verified());

        var result = EngineRun.named(report(), "provider.key");

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        assertThat(result.message()).isEqualTo("accept their keys: claude, codex");
        assertThat(requests)
                .containsExactly(
                        "GET /api/control-plane/onboarding/status",
                        "POST /api/control-plane/providers/claude/connection/verify",
                        "POST /api/control-plane/providers/codex/connection/verify");
    }

    @ParameterizedTest(name = "{0} is {2} {3}")
    @CsvSource({
        "'HTTP 401: s3cret of the provider', false, FAIL, key_rejected",
        "'HTTP 403: x', false, FAIL, key_rejected",
        "'HTTP 400: API_KEY_INVALID', false, FAIL, key_rejected",
        "'HTTP 402: pay', false, FAIL, quota",
        "'HTTP 429: slow down', false, WARN, rate_limited",
        "'HTTP 503: s3cret', false, WARN, provider_unreachable",
        "'<urlopen error s3cret>', false, WARN, provider_unreachable",
        "'s3cret has expired', true, FAIL, key_rejected"
    })
    void judgesWhatKodaSaw(String error, boolean isExpired, Status expected, String reason) {
        verifications.put("claude", verified());
        verifications.put("groq", unverified(error, isExpired));

        var result = EngineRun.named(report(), "provider.key");

        assertThat(result.status()).isEqualTo(expected);
        assertThat(result.reason()).isEqualTo(new Reason(reason));
        assertThat(result.message()).contains("groq").doesNotContain("claude", "s3cret");
    }

    @Test
    void sendsNoPromptToGeminiWhereItIsUsedBySubscription() {
        geminiMode = "subscription_login";
        verifications.put("gemini", verified());

        assertThat(EngineRun.named(report(), "provider.key").status()).isEqualTo(Status.PASS);
        assertThat(requests).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void verifiesGeminiWhereItHasAKey() {
        verifications.put("gemini", unverified("HTTP 401: x", true));

        assertThat(EngineRun.named(report(), "provider.key").reason()).isEqualTo(new Reason("key_rejected"));
    }

    @Test
    void skipsWhereNothingIsConfigured() {
        assertThat(report().skipped()).anyMatch(skipped -> skipped.id().name().equals("provider.key"));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"403, http_status", "429, rate_limited", "500, http_status", "204, http_status"})
    void warnsWhenTheControlPlaneDoesNotVerify(int answer, String reason) {
        status = answer;
        verifications.put("claude", verified());

        var result = EngineRun.named(report(), "provider.key");

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason(reason));
        assertThat(result.message() + result.outcome().hint()).doesNotContain(TOKEN);
    }

    @Test
    void warnsWhenTheProvidersAreNotListed() {
        var elsewhere =
                loopback.http(request -> request.response().setStatusCode(404).end());
        var report = EngineRun.report(
                List.of(reachable(Outcome.pass("up")), ProviderChecks.inKoda(elsewhere, TOKEN, loopback.http())));

        assertThat(EngineRun.named(report, "provider.key").reason()).isEqualTo(new Reason("unexpected_answer"));
    }

    /** Koda locks out an address that shows a wrong token five times in a minute. */
    @Test
    void asksNothingWhenTheTokenIsRejected() {
        verifications.put("claude", verified());
        var report = report(reachable(Outcome.fail("does not accept our token").reason("token_rejected")));

        assertThat(EngineRun.named(report, "provider.key").reason()).isEqualTo(Reason.NOT_RUN);
        assertThat(requests).isEmpty();
    }

    @Test
    void writesSinceKodaNotesDownWhatItSaw() {
        assertThat(ProviderChecks.inKoda(loopback.refused(), TOKEN, loopback.http())
                        .effects())
                .isEqualTo(Effects.WRITES);
    }

    private static String verified() {
        return "{\"connection\":{},\"verification\":{\"verified\":true,\"last_error\":\"\",\"auth_expired\":false}}";
    }

    private static String unverified(String error, boolean isExpired) {
        return "{\"connection\":{},\"verification\":{\"verified\":false,\"last_error\":\"" + error
                + "\",\"auth_expired\":" + isExpired + "}}";
    }

    private Report report() {
        return report(reachable(Outcome.pass("up")));
    }

    private Report report(CheckSpec reachable) {
        // After the whole request has come: who hangs up before loses the answer too.
        var base = loopback.http(request -> request.end().onSuccess(end -> answer(request)));
        return EngineRun.report(List.of(reachable, ProviderChecks.inKoda(base, TOKEN, loopback.http())));
    }

    private static CheckSpec reachable(Outcome outcome) {
        return CheckSpec.of("control-plane.reachable")
                .in(Suite.DOCTOR)
                .run(context -> CompletableFuture.completedFuture(outcome));
    }

    private void answer(HttpServerRequest request) {
        requests.add(request.method() + " " + request.path());
        var path = request.path().replace("/api/control-plane/", "");
        if (path.equals("onboarding/status")) {
            request.response().end(overview());
        } else if (!("Bearer " + TOKEN).equals(request.getHeader("Authorization"))) {
            request.response().setStatusCode(401).end();
        } else if (path.endsWith("/verify")) {
            request.response().setStatusCode(status).end(verifications.get(path.split("/", -1)[1]));
        } else {
            request.response().end("{\"provider_id\":\"gemini\",\"auth_mode\":\"" + geminiMode + "\"}");
        }
    }

    private String overview() {
        var configured = verifications.keySet().stream()
                .map(id ->
                        "{\"provider_id\":\"" + id + "\",\"supported_auth_modes\":[\"api_key\"],\"configured\":true}")
                .collect(Collectors.joining(","));
        return "{\"control_plane\":{\"ready\":true},\"providers\":[{\"provider_id\":\"xai\",\"configured\":false},"
                + "{\"provider_id\":\"kokoro\",\"configured\":true}" + (configured.isEmpty() ? "" : "," + configured)
                + "],\"agents\":[]}";
    }
}
