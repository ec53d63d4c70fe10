package dev.koda.checks.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyCheckTest {
    private static final String KEY = "sk-pl4nted-0123456789";
    private static final String NAME = "MISTRAL_API_KEY";

    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    /** The list of the addresses and headers that Koda itself uses. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "CLAUDE, https://api.anthropic.com/v1/models, x-api-key, ''",
        "CODEX, https://api.openai.com/v1/models, Authorization, 'Bearer '",
        "GEMINI, https://generativelanguage.googleapis.com/v1beta/models, x-goog-api-key, ''",
        "ELEVENLABS, https://api.elevenlabs.io/v1/models, xi-api-key, ''",
        "OLLAMA, https://ollama.com/api/tags, Authorization, 'Bearer '",
        "PERPLEXITY, https://api.perplexity.ai/, Authorization, 'Bearer '",
        "MISTRAL, https://api.mistral.ai/v1/models, Authorization, 'Bearer '",
        "QWEN, https://dashscope-intl.aliyuncs.com/compatible-mode/v1/models, Authorization, 'Bearer '",
        "KIMI, https://api.moonshot.ai/v1/models, Authorization, 'Bearer '",
        "GROQ, https://api.groq.com/openai/v1/models, Authorization, 'Bearer '",
        "DEEPSEEK, https://api.deepseek.com/v1/models, Authorization, 'Bearer '",
        "XAI, https://api.x.ai/v1/models, Authorization, 'Bearer '",
        "OPENROUTER, https://openrouter.ai/api/v1/key, Authorization, 'Bearer '"
    })
    void asksEachProviderAsKodaDoes(Provider provider, URI url, String header, String before) {
        assertThat(provider.url(provider.base())).isEqualTo(url);
        var seen = new AtomicReference<HttpServerRequest>();
        var server = loopback.http(request -> {
            seen.set(request);
            boolean isRight = request.method().name().equals("GET")
                    && request.path().equals(url.getPath())
                    && (before + KEY).equals(request.getHeader(header));
            request.response().setStatusCode(isRight ? 200 : 418).end("{\"data\":[]}");
        });
        var base = server.resolve(provider.base().getPath());

        var result = run(ProviderOptions.of(provider, NAME, KEY).base(base));

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        assertThat(result.id()).hasToString("provider.key[" + provider.id() + "]");
        var request = Objects.requireNonNull(seen.get());
        assertThat(request.headers().entries())
                .as("the key is sent once")
                .filteredOn(entry -> entry.getValue().contains(KEY))
                .hasSize(1);
        assertThat(request.getHeader("anthropic-version")).isEqualTo(provider == Provider.CLAUDE ? "2023-06-01" : null);
    }

    @Test
    void sendsATokenOfAClaudeSubscriptionAsABearerToken() {
        assertThat(Provider.CLAUDE.request("sk-ant-oat01-x").headers())
                .isEqualTo(Map.of("Authorization", "Bearer sk-ant-oat01-x", "anthropic-version", "2023-06-01"));
    }

    @ParameterizedTest(name = "{0} {1} is {2} {3}")
    @CsvSource({
        "401, '', FAIL, key_rejected",
        "403, '', FAIL, key_rejected",
        "400, '{\"error\":{\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}', FAIL, key_rejected",
        "400, '{\"error\":\"Incorrect API key provided\"}', FAIL, key_rejected",
        "400, '{\"error\":\"bad version\"}', WARN, http_status",
        "402, '', FAIL, quota",
        "429, '{\"error\":{\"code\":\"insufficient_quota\"}}', FAIL, quota",
        "429, '', WARN, rate_limited",
        "500, '', WARN, provider_unreachable",
        "503, '', WARN, provider_unreachable",
        "404, '', WARN, http_status",
        "302, '', WARN, http_status",
        "200, '<html>sign in to this network</html>', WARN, unexpected_answer",
        "200, '', WARN, unexpected_answer"
    })
    void judgesTheAnswerAndQuotesNothingOfIt(int status, String body, Status expected, String reason) {
        var base = loopback.http(
                request -> request.response().setStatusCode(status).end(body));

        var result = run(ProviderOptions.of(Provider.MISTRAL, NAME, KEY).base(base));

        assertThat(result.status()).isEqualTo(expected);
        assertThat(result.reason()).isEqualTo(new Reason(reason));
        assertThat(result.outcome().hint()).isNotNull();
        assertThat(result.message() + result.outcome().hint()).doesNotContain(KEY, "API key", "sign in");
    }

    @Test
    void onlyWarnsWhenTheNetworkIsInTheWay() {
        var result = run(ProviderOptions.of(Provider.GROQ, NAME, KEY).base(loopback.refused()));

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("provider_unreachable"));
        assertThat(result.message()).contains("refuses the connection").contains("is not known");
    }

    @ParameterizedTest
    @CsvSource({"'with blank'", "'line\nbreak'", "'schlüssel'", "''"})
    void sendsNoKeyThatAHeaderCannotCarry(String key) {
        var result = run(ProviderOptions.of(Provider.GROQ, NAME, key)
                .base(loopback.http(request -> request.response().end("{}"))));

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).isEqualTo(new Reason("key_rejected"));
        assertThat(result.message()).startsWith(NAME + " is not one word");
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void looksFourTimesAnHourAndNoOftenerWhenItFails(Provider provider) {
        var spec = ProviderChecks.key(ProviderOptions.of(provider, NAME, KEY), loopback.http());

        assertThat(spec.every()).isEqualTo(Duration.ofMinutes(15));
        assertThat(spec.everyWhenFailing()).isEqualTo(Duration.ofMinutes(15));
        assertThat(spec.ttl()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void asksALocalOllamaWithoutAKey() {
        var base = loopback.http(request -> {
            boolean isRight = request.path().equals("/api/tags") && request.getHeader("Authorization") == null;
            request.response().setStatusCode(isRight ? 200 : 500).end("{\"models\":[]}");
        });

        assertThat(EngineRun.result(ProviderChecks.local(Provider.OLLAMA, base, loopback.http()))
                        .status())
                .isEqualTo(Status.PASS);
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource({"404, {}, http_status", "200, <html>, unexpected_answer"})
    void warnsWhenAnotherServerAnswersForALocalOllama(int status, String body, String reason) {
        var base = loopback.http(
                request -> request.response().setStatusCode(status).end(body));

        var result = EngineRun.result(ProviderChecks.local(Provider.OLLAMA, base, loopback.http()));

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason(reason));
    }

    @Test
    void warnsWhenALocalOllamaIsNotRunning() {
        var result = EngineRun.result(ProviderChecks.local(Provider.OLLAMA, loopback.refused(), loopback.http()));

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("provider_unreachable"));
    }

    @Test
    void neverPrintsItsKey() {
        assertThat(ProviderOptions.of(Provider.GROQ, NAME, KEY).toString()).doesNotContain(KEY);
        assertThat(Provider.GROQ.request(KEY).toString()).doesNotContain(KEY);
    }

    private CheckResult run(ProviderOptions options) {
        return EngineRun.result(ProviderChecks.key(options, loopback.http()));
    }
}
