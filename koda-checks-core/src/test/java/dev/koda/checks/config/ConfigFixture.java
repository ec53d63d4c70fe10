package dev.koda.checks.config;

import dev.koda.checks.config.ConfigOptions.ConfiguredPath;
import dev.koda.checks.config.ConfigOptions.Conflict;
import dev.koda.checks.config.ConfigOptions.Oddity;
import dev.koda.checks.config.ConfigOptions.Production;
import dev.koda.checks.config.ConfigOptions.Required;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Options in which one thing is wrong. */
final class ConfigFixture {
    private ConfigFixture() {}

    /** The one secret that an option of these checks may hold: userinfo of the public URL. */
    static final String PLANTED = "pl4nted-userinfo";

    static ConfigOptions clean() {
        return new ConfigOptions(
                List.of("/srv/.env"),
                List.of(),
                List.of(new Required("KNOWLEDGE_V2_S3_BUCKET", true, null, null)),
                List.of(),
                List.of(),
                new Production(
                        true,
                        "production",
                        List.of(),
                        null,
                        URI.create("https://koda:" + PLANTED + "@koda.example.com")));
    }

    static ConfigOptions files(List<String> files, Oddity... oddities) {
        var clean = clean();
        return new ConfigOptions(
                files, List.of(oddities), clean.required(), clean.conflicts(), clean.paths(), clean.production());
    }

    static ConfigOptions required(Required... required) {
        var clean = clean();
        return new ConfigOptions(clean.files(), List.of(), List.of(required), List.of(), List.of(), clean.production());
    }

    static ConfigOptions conflicts(Conflict... conflicts) {
        var clean = clean();
        return new ConfigOptions(
                clean.files(), List.of(), clean.required(), List.of(conflicts), List.of(), clean.production());
    }

    static ConfigOptions production(
            boolean isProduction, List<ConfigOptions.Switch> forbidden, @Nullable String publicUrl) {
        var url = publicUrl == null ? null : URI.create(publicUrl);
        var name = isProduction ? "production" : "staging";
        return new ConfigOptions(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Production(isProduction, name, forbidden, null, url));
    }

    static ConfigOptions unreadable(String which) {
        var clean = clean();
        return new ConfigOptions(
                clean.files(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Production(true, "production", List.of(), which, null));
    }

    static ConfigOptions paths(boolean isProduction, ConfiguredPath... paths) {
        return new ConfigOptions(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(paths),
                new Production(isProduction, isProduction ? "production" : "development", List.of(), null, null));
    }
}
