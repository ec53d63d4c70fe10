package dev.koda.checks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Query;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.settings.ProviderSettings;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import dev.koda.checks.testing.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderPartTest {
    private static final String ID = "provider.key";

    @TempDir
    Path directory;

    private Composition composition(Map<String, String> environment) {
        return composition(environment, StackClients.of("host", "test", new VirtualTime()));
    }

    private Composition composition(Map<String, String> environment, StackClients clients) {
        var composition = new Composition(UnaryOperator.identity());
        var settings = Settings.load(SettingsSources.of(directory, environment));
        new ProviderPart(settings, clients, Integrations.none()).addTo(composition);
        return composition;
    }

    private List<String> ids(Map<String, String> environment) {
        return composition(environment).specs().stream()
                .map(CheckSpec::id)
                .map(CheckId::toString)
                .toList();
    }

    private String why(Map<String, String> environment) {
        return composition(environment).skips().get(0).why();
    }

    @Test
    void withoutAKeyNothingIsAsked() {
        assertThat(why(Map.of())).isEqualTo("no key of a provider is set, such as ANTHROPIC_API_KEY");
        assertThat(why(Map.of("ANTHROPIC_API_KEY", " "))).startsWith("no key of a provider is set");
    }

    @Test
    void theEmbeddedStackUsesNoProviderWhateverIsExported() {
        assertThat(why(Map.of("KODA_STACK", "embedded", "OPENAI_API_KEY", "sk-1")))
                .isEqualTo("the embedded stack uses no provider");
    }

    @Test
    void eachKeyThatIsSetIsTriedUnderEitherOfItsNames() {
        assertThat(ids(Map.of("OPENAI_API_KEY", "sk-1", "CLAUDE_API_KEY", "sk-2", "QWEN_API_KEY", "sk-3")))
                .containsExactly("provider.key[claude]", "provider.key[codex]", "provider.key[qwen]");
    }

    @Test
    void everyProviderHasItsSettings() {
        var all = new HashMap<String, String>();
        ProviderSettings.all().forEach(one -> all.put(one.keys().get(0).name(), "sk-" + one.provider()));

        assertThat(ids(all)).hasSize(13).doesNotHaveDuplicates();
    }

    /** As a gateway in front of them wants it: every key at the address of the settings, in the header of its provider. */
    @Test
    void everyProviderIsAskedAtTheAddressThatIsSet() throws Exception {
        try (var loopback = new Loopback();
                var clients = StackClients.of("host", "test", TimeSource.system())) {
            var seen = new ConcurrentSkipListSet<String>();
            var gateway = loopback.http(request -> {
                request.headers().entries().stream()
                        .filter(header -> header.getValue().contains("sk-"))
                        .forEach(header -> seen.add(request.path() + " "
                                + header.getKey().toLowerCase(Locale.ROOT) + ": " + header.getValue()));
                request.response().end("{}");
            });
            var environment = new HashMap<>(Map.of("KODA_STACK", "none"));
            var expected = new TreeSet<String>();
            for (var one : ProviderSettings.all()) {
                var name = one.provider();
                environment.put(one.keys().get(0).name(), "sk-" + name);
                environment.put(one.bases().get(0).name(), gateway + "/" + name);
                expected.add("/" + name + path(name) + " " + header(name) + "sk-" + name);
            }

            var report = EngineRun.report(composition(environment, clients).specs());

            assertThat(report.checks()).hasSize(13).allMatch(result -> result.status() == Status.PASS);
            assertThat(seen).containsExactlyElementsOf(expected);
        }
    }

    private static String path(String provider) {
        return switch (provider) {
            case "claude" -> "/v1/models";
            case "ollama" -> "/api/tags";
            case "perplexity" -> "/";
            case "openrouter" -> "/key";
            default -> "/models";
        };
    }

    private static String header(String provider) {
        return switch (provider) {
            case "claude" -> "x-api-key: ";
            case "gemini" -> "x-goog-api-key: ";
            case "elevenlabs" -> "xi-api-key: ";
            default -> "authorization: Bearer ";
        };
    }

    @Test
    void anAnswerIsReusedForAQuarterOfAnHour() throws Exception {
        var time = new VirtualTime();
        var count = new AtomicInteger();
        try (var loopback = new Loopback();
                var clients = StackClients.of("host", "test", TimeSource.system())) {
            var base = loopback.http(request -> {
                count.incrementAndGet();
                request.response().end("{}");
            });
            var environment = Map.of("GROQ_API_KEY", "sk-groq", "GROQ_API_BASE_URL", base.toString());
            try (var engine = CheckEngine.builder()
                    .time(time)
                    .checks(composition(environment, clients).specs())
                    .build()) {
                ask(engine);
                time.advance(Duration.ofSeconds(899));
                ask(engine);
                assertThat(count).hasValue(1);
                // For half a minute more it is shown while the next one is on its way.
                time.advance(Duration.ofSeconds(32));
                ask(engine);
                assertThat(count).hasValue(2);
            }
        }
    }

    private static void ask(CheckEngine engine) throws Exception {
        var report = engine.run(Query.of(Suite.DOCTOR)).toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(report.status()).isEqualTo(Status.PASS);
    }

    @Test
    void aLocalOllamaIsAskedWithoutAKey() {
        assertThat(ids(Map.of("OLLAMA_BASE_URL", "http://127.0.0.1:11434"))).containsExactly("provider.key[ollama]");
    }

    /** Else the key would go to another server than the one that was meant. */
    @Test
    void aMalformedAddressIsNotReplacedByTheDefault() {
        var environment = Map.of("GROQ_API_KEY", "sk-1", "GROQ_API_BASE_URL", "gateway");

        assertThat(ids(environment)).isEmpty();
        assertThat(why(environment)).isEqualTo("GROQ_API_BASE_URL is not as expected, see config.values");
    }

    @Test
    void kodaIsAskedWhereItsControlPlaneCanBe() {
        var koda = Map.of("KODA_STACK", "koda", "CONTROL_PLANE_API_TOKEN", "t-0123456789", "OPENAI_API_KEY", "sk-1");

        assertThat(ids(koda)).containsExactly(ID);
        assertThat(ids(Map.of("KODA_STACK", "koda", "OPENAI_API_KEY", "sk-1"))).containsExactly("provider.key[codex]");
    }
}
