package dev.koda.checks.secrets;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Fails if a secret can be guessed, warns if it is weaker than it should be. */
final class StrengthCheck implements Check {
    private final boolean isProduction;
    private final List<SecretsOptions.Value> values;

    StrengthCheck(SecretsOptions options) {
        isProduction = options.isProduction();
        values = options.values().stream()
                .filter(value -> value.kind() != SecretsOptions.Kind.FOREIGN)
                .toList();
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return CompletableFuture.completedFuture(outcome());
    }

    private Outcome outcome() {
        if (values.isEmpty()) {
            return Outcome.skipped("no secret is set");
        }
        var real = values.stream()
                .filter(value -> !Placeholders.isPlaceholder(value.value()))
                .toList();
        if (real.isEmpty()) {
            return Outcome.skipped("every secret is a placeholder");
        }
        var answers = new ArrayList<Outcome>();
        real.forEach(value -> judge(value, isProduction).ifPresent(answers::add));
        return Outcome.combined(
                answers,
                Outcome.pass("all " + real.size() + " secrets are worth at least " + Strength.STRONG_BITS + " bits"));
    }

    /** What is wrong with one that is no placeholder; empty if nothing is. */
    static Optional<Outcome> judge(SecretsOptions.Value value, boolean isProduction) {
        var strength = Strength.of(value.value());
        var weakness = strength.weakness();
        if (weakness.isPresent()) {
            return Optional.of(Outcome.fail(value.name() + " " + weakness.get())
                    .reason("weak_secret")
                    .hint(Strength.HOW_TO_MAKE));
        }
        var shortness =
                value.kind() == SecretsOptions.Kind.KEY ? Strength.shortness(value.value()) : Optional.<String>empty();
        if (shortness.isPresent()) {
            var message = value.name() + " " + shortness.get();
            return Optional.of((isProduction ? Outcome.fail(message) : Outcome.warn(message))
                    .reason("short_key")
                    .hint(Strength.HOW_TO_MAKE));
        }
        if (strength.bits() < Strength.STRONG_BITS) {
            return Optional.of(Outcome.warn(value.name() + " is worth about " + strength.bits() + " bits, "
                            + Strength.STRONG_BITS + " are expected")
                    .reason("weak_secret")
                    .hint(Strength.HOW_TO_MAKE));
        }
        return Optional.empty();
    }
}
