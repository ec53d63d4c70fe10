package dev.koda.checks.secrets;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Fails if a secret is a value that everybody knows or that a template left behind. */
final class PlaceholderCheck implements Check {
    private final List<SecretsOptions.Value> values;

    PlaceholderCheck(List<SecretsOptions.Value> values) {
        this.values = values;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return CompletableFuture.completedFuture(outcome());
    }

    private Outcome outcome() {
        if (values.isEmpty()) {
            return Outcome.skipped("no secret is set");
        }
        var names = values.stream()
                .filter(value -> Placeholders.isPlaceholder(value.value()))
                .map(SecretsOptions.Value::name)
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return Outcome.pass("none of " + values.size() + " secrets is a placeholder");
        }
        return Outcome.fail(String.join(", ", names)
                        + (names.size() == 1 ? " is a placeholder" : " are placeholders")
                        + ", not a secret")
                .reason("placeholder")
                .observed("placeholders", names.size(), "secrets")
                .hint(Strength.HOW_TO_MAKE + "; what Postgres or the object storage knows already is changed there too,"
                        + " as with ALTER ROLE");
    }
}
