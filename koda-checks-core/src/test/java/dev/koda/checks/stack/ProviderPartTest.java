package dev.koda.checks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.settings.ProviderSettings;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import dev.koda.checks.testing.VirtualTime;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderPartTest {
    private static final String ID = "provider.key";

    @TempDir
    Path directory;

    private Composition composition(Map<String, String> environment) {
        var time = new VirtualTime();
        var composition = new Composition(UnaryOperator.identity());
        var settings = Settings.load(SettingsSources.of(directory, environment));
        new ProviderPart(settings, StackClients.of("host", "test", time)).addTo(composition);
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
