package dev.koda.checks.secrets;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Fails in production, and warns elsewhere, if an entrance has no secret before it. */
final class PresentCheck implements Check {
    private final SecretsOptions options;

    PresentCheck(SecretsOptions options) {
        this.options = options;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return CompletableFuture.completedFuture(outcome());
    }

    private Outcome outcome() {
        var entries = options.entries();
        if (entries.isEmpty()) {
            return Outcome.skipped("nothing is configured that a secret must protect");
        }
        var missing = entries.stream().filter(entry -> !entry.isPresent()).toList();
        if (missing.isEmpty()) {
            return Outcome.pass("all " + entries.size() + " secrets that protect an entrance are set");
        }
        var names = missing.stream().map(SecretsOptions.Entry::name).collect(Collectors.joining(", "));
        var status = options.isProduction() ? Status.FAIL : Status.WARN;
        return Outcome.of(status, names + (missing.size() == 1 ? " is" : " are") + " not set")
                .reason("missing_secret")
                .observed("missing", missing.size(), "secrets")
                .hint(Strength.HOW_TO_MAKE);
    }
}
