package dev.koda.checks.secrets;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Has one secret a value that can be one? */
final class NamedSecretCheck implements Check {
    private final String name;
    private final SecretsOptions.@Nullable Value value;
    private final boolean isProduction;

    NamedSecretCheck(String name, SecretsOptions.@Nullable Value value, boolean isProduction) {
        this.name = name;
        this.value = value;
        this.isProduction = isProduction;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return CompletableFuture.completedFuture(outcome());
    }

    private Outcome outcome() {
        if (value == null) {
            return Outcome.fail(name + " is not set").reason("missing_secret").hint("set " + name);
        }
        if (Placeholders.isPlaceholder(value.value())) {
            return Outcome.fail(name + " is a placeholder")
                    .reason("placeholder")
                    .hint("put the real value into " + name);
        }
        var weak = value.kind() == SecretsOptions.Kind.FOREIGN
                ? List.<Outcome>of()
                : StrengthCheck.judge(value, isProduction).stream().toList();
        return Outcome.combined(weak, Outcome.pass(name + " is set"));
    }
}
