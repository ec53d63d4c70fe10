package dev.koda.checks.settings;

import static dev.koda.checks.settings.Setting.anyone;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys of a model provider and where its API is, under the names that its own tools read and under Koda's word for it;
 * the first that is set counts.
 *
 * @param provider Koda's word, such as {@code claude}
 * @param keys {@code ANTHROPIC_API_KEY}, {@code CLAUDE_API_KEY}
 * @param bases {@code ANTHROPIC_API_BASE_URL} and so on: another address, with the version where the default has one
 */
public record ProviderSettings(String provider, List<Setting<Secret>> keys, List<Setting<URI>> bases) {
    /** Where a local Ollama listens; it wants no key. */
    public static final Setting<URI> OLLAMA_BASE_URL = anyone("OLLAMA_BASE_URL", SettingType.URL);

    private static final List<ProviderSettings> ALL = List.of(
            of("claude", "ANTHROPIC", "CLAUDE"),
            of("codex", "OPENAI", "CODEX"),
            of("gemini", "GEMINI"),
            of("elevenlabs", "ELEVENLABS"),
            of("ollama", "OLLAMA"),
            of("perplexity", "PERPLEXITY"),
            of("mistral", "MISTRAL"),
            of("qwen", "DASHSCOPE", "QWEN"),
            of("kimi", "MOONSHOT", "KIMI"),
            of("groq", "GROQ"),
            of("deepseek", "DEEPSEEK"),
            of("xai", "XAI"),
            of("openrouter", "OPENROUTER"));

    private static ProviderSettings of(String provider, String... prefixes) {
        return new ProviderSettings(
                provider,
                Stream.of(prefixes)
                        .map(prefix -> anyone(prefix + "_API_KEY", SettingType.SECRET))
                        .toList(),
                Stream.of(prefixes)
                        .map(prefix -> anyone(prefix + "_API_BASE_URL", SettingType.URL))
                        .toList());
    }

    /** One for each provider that is verified. */
    public static List<ProviderSettings> all() {
        return ALL;
    }

    static List<Setting<?>> settings() {
        return Stream.concat(
                        ALL.stream().flatMap(one -> Stream.<Setting<?>>concat(one.keys.stream(), one.bases.stream())),
                        Stream.of(OLLAMA_BASE_URL))
                .toList();
    }
}
