package dev.koda.checks.provider;

import dev.koda.checks.CommandLine;
import dev.koda.checks.network.HttpRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The providers that Koda verifies, each with a GET that needs the key and costs nothing: the one that Koda asks, from
 * its own providers' verification (release 1.0.18).
 */
public enum Provider {
    CLAUDE("https://api.anthropic.com", "/v1/models", "x-api-key"),
    CODEX("https://api.openai.com/v1", "/models", Header.AUTHORIZATION),
    GEMINI("https://generativelanguage.googleapis.com/v1beta", "/models", "x-goog-api-key"),
    ELEVENLABS("https://api.elevenlabs.io/v1", "/models", "xi-api-key"),
    OLLAMA("https://ollama.com", "/api/tags", Header.AUTHORIZATION),
    PERPLEXITY("https://api.perplexity.ai", "/", Header.AUTHORIZATION),
    MISTRAL("https://api.mistral.ai/v1", "/models", Header.AUTHORIZATION),
    QWEN("https://dashscope-intl.aliyuncs.com/compatible-mode/v1", "/models", Header.AUTHORIZATION),
    KIMI("https://api.moonshot.ai/v1", "/models", Header.AUTHORIZATION),
    GROQ("https://api.groq.com/openai/v1", "/models", Header.AUTHORIZATION),
    DEEPSEEK("https://api.deepseek.com/v1", "/models", Header.AUTHORIZATION),
    XAI("https://api.x.ai/v1", "/models", Header.AUTHORIZATION),
    OPENROUTER("https://openrouter.ai/api/v1", "/key", Header.AUTHORIZATION);

    private static final String ANTHROPIC_VERSION = "2023-06-01";
    /** A token of a Claude subscription and no key of the API: it is sent in another header. */
    private static final String ANTHROPIC_OAUTH = "sk-ant-oat";

    private final URI base;
    private final String path;
    private final String header;

    Provider(String base, String path, String header) {
        this.base = URI.create(base);
        this.path = path;
        this.header = header;
    }

    /** Koda's word for it, such as {@code claude}; also the instance of its check. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The provider of that word; empty for one that cannot be verified. */
    public static Optional<Provider> of(String id) {
        return Stream.of(values()).filter(provider -> provider.id().equals(id)).findFirst();
    }

    /** Where its API is, with the version where the path has one. */
    public URI base() {
        return base;
    }

    URI url(URI below) {
        var text = below.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }

    HttpRequest request(String key) {
        return new HttpRequest("GET", headers(key), null);
    }

    /** The same request for a shell that has the key in the variable of this name; null if the address may hold a secret. */
    @Nullable
    CommandLine command(URI below, String keyName, String key) {
        var url = url(below);
        if (url.getRawQuery() != null || url.getRawUserInfo() != null) {
            return null;
        }
        var line = CommandLine.of("curl", "-sSi", "--max-time", "5");
        for (var header : headers(key).entrySet()) {
            var begin = header.getKey() + ": ";
            line = header.getValue().endsWith(key)
                    ? line.word("-H")
                            .variable(
                                    begin
                                            + header.getValue()
                                                    .substring(
                                                            0, header.getValue().length() - key.length()),
                                    keyName)
                    : line.word("-H", begin + header.getValue());
        }
        return line.word(url.toString());
    }

    /** True for JSON; the root of Perplexity may be any page. The body may have been cut, so its beginning has to do. */
    boolean isAnswer(String body) {
        var text = body.stripLeading();
        return this == PERPLEXITY || text.startsWith("{") || text.startsWith("[");
    }

    private Map<String, String> headers(String key) {
        var headers = new LinkedHashMap<String, String>();
        boolean isBearer = header.equals(Header.AUTHORIZATION) || (this == CLAUDE && key.startsWith(ANTHROPIC_OAUTH));
        headers.put(isBearer ? Header.AUTHORIZATION : header, isBearer ? "Bearer " + key : key);
        if (this == CLAUDE) {
            headers.put("anthropic-version", ANTHROPIC_VERSION);
        }
        return headers;
    }

    /** Named here because constants of an enum cannot use its own fields. */
    private static final class Header {
        static final String AUTHORIZATION = "Authorization";
    }
}
