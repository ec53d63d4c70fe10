package dev.koda.checks.config;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Fails if a setting is missing that the stack cannot work without; names all of them at once. */
final class RequiredCheck implements Check {
    private final List<ConfigOptions.Required> required;
    private final String file;

    RequiredCheck(ConfigOptions options) {
        required = options.required();
        file = options.files().stream().findFirst().orElse("the .env file");
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return CompletableFuture.completedFuture(outcome());
    }

    private Outcome outcome() {
        if (required.isEmpty()) {
            return Outcome.skipped("no stack of Koda's is configured, so nothing is required");
        }
        var missing = required.stream().filter(setting -> !setting.isPresent()).toList();
        if (missing.isEmpty()) {
            return Outcome.pass("all " + required.size() + " required settings are there");
        }
        var names = missing.stream().map(ConfigOptions.Required::name).collect(Collectors.joining(", "));
        return Outcome.fail((missing.size() == 1 ? "a required setting is" : missing.size() + " required settings are")
                        + " missing: " + names)
                .reason("missing_key")
                .observed("missing", missing.size(), "settings")
                .hint(hint(missing));
    }

    private String hint(List<ConfigOptions.Required> missing) {
        var names = missing.stream().map(RequiredCheck::howToSet).distinct().collect(Collectors.joining(", "));
        var typos = missing.stream()
                .map(ConfigOptions.Required::lookalike)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(", "));
        return "set " + names + " in " + file + (typos.isEmpty() ? "" : "; a typo? " + typos);
    }

    private static String howToSet(ConfigOptions.Required setting) {
        var other = setting.howToSet();
        return other == null ? setting.name() : other;
    }
}
